"""Effects that were measured in the team's own history (see `insights.works`), for sources that claim one."""

from django.utils.translation import gettext_lazy as _

from ..works.publishing import Outcome, Verdict
from ..works.reviewing import comparisons_of, newest_review
from .suggestion import Effect, Told


def effect_of(pattern: str, *, otherwise: Effect) -> Effect:
    """What following a way of working adds to the chance, where that was published; else the assumed effect."""
    review = newest_review()
    for one in comparisons_of(review) if review else ():
        is_told = one.pattern == pattern and one.outcome == Outcome.WON and one.verdict == Verdict.PUBLISHED
        if is_told and one.effect and one.effect.size > 0 and one.effect.share_without > 0:
            size = one.effect.size / one.effect.share_without
            words = {"points": round(100 * one.effect.size), "n": one.n}
            told = Told(_("measured: %(points)s points more were won of those alike, n = %(n)s (What works)"), words)
            return Effect(min(size, 1.0), told, is_measured=True)
    return otherwise
