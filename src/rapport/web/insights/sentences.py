"""What was found about a pattern, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rapport.insights.works.comparing import Effect
from rapport.insights.works.pattern import Pattern, all_patterns
from rapport.insights.works.publishing import Comparison, Outcome, Verdict
from rapport.web.ui import formats


@dataclass(frozen=True)
class Told:
    """A comparison as a page shows it. `bars` are (label, value) with `most` as the longest."""

    found: Comparison
    pattern: Pattern
    answer: str
    sentence: str
    reason: str
    bars: tuple[tuple[str, float, str], ...]
    most: float


def told(found: Comparison, goal: str) -> Told:
    """A comparison in words; `goal` names the stage whose reaching was timed, empty for "the last stage"."""
    pattern = all_patterns()[found.pattern]
    goal = goal or _("the last stage")
    bars = _bars(found.outcome, found.effect) if found.effect else ()
    return Told(
        found=found,
        pattern=pattern,
        answer=_answer(found.outcome, found.effect, goal) if found.effect else _asked(found.outcome, goal),
        sentence=_sentence(found, pattern, goal) if found.effect else "",
        reason=_reason(found),
        bars=bars,
        most=1.0 if found.outcome == Outcome.WON else max((value for _label, value, _text in bars), default=1.0),
    )


def _asked(outcome: Outcome, goal: str) -> str:
    if outcome == Outcome.WON:
        return _("won more often?")
    return _("%(goal)s reached faster?") % {"goal": goal}


def _answer(outcome: Outcome, effect: Effect, goal: str) -> str:
    if outcome == Outcome.WON:
        points = formats.number(abs(effect.size) * 100, decimals=0)
        text = _("won %(points)s points more often") if effect.size >= 0 else _("won %(points)s points less often")
        return text % {"points": points}
    return _("%(goal)s is reached %(times)s times as fast") % {
        "goal": goal,
        "times": formats.number(effect.size, decimals=1),
    }


def _sentence(found: Comparison, pattern: Pattern, goal: str) -> str:
    effect = found.effect
    assert effect is not None
    words = {
        "told": pattern.told,
        "with": formats.percent(effect.share_with),
        "without": formats.percent(effect.share_without),
        "goal": goal,
        "times": formats.number(effect.size, decimals=1),
    }
    if found.outcome == Outcome.WON:
        return _("Where %(told)s, %(with)s were won; of alike ones without it, %(without)s.") % words
    return _("Where %(told)s, %(goal)s was reached %(times)s times as fast as in alike ones without it.") % words


def _bars(outcome: Outcome, effect: Effect) -> tuple[tuple[str, float, str], ...]:
    if outcome == Outcome.WON:
        shares = (effect.share_with, effect.share_without)
        texts = tuple(formats.percent(share) for share in shares)
    else:
        shares = (effect.size, 1.0)
        texts = tuple(f"{formats.number(share, decimals=1)}×" for share in shares)
    return (_("With it"), shares[0], texts[0]), (_("Without it"), shares[1], texts[1])


def interval_of(found: Comparison) -> str:
    """The 95 % interval in the unit of the outcome."""
    if found.effect is None:
        return "–"
    if found.outcome == Outcome.WON:
        low, high = (formats.number(round(100 * value) + 0) for value in (found.effect.low, found.effect.high))
        return _("%(low)s to %(high)s points") % {"low": low, "high": high}
    low, high = (formats.number(value, decimals=2) for value in (found.effect.low, found.effect.high))
    return pgettext("times as fast", "%(low)s to %(high)s times") % {"low": low, "high": high}


def _reason(found: Comparison) -> str:
    return {
        Verdict.PUBLISHED: _("told"),
        Verdict.TOO_FEW: _("too few cases: %(with)d with it, %(without)d without")
        % {"with": found.with_it, "without": found.without},
        Verdict.NOT_ALIKE: _("the two sides were too different to compare"),
        Verdict.MAY_BE_CHANCE: _("may be chance, with so many questions asked"),
        Verdict.TOO_SMALL: _("no chance, but too small to matter"),
        Verdict.NOT_STEADY: _("the older and the newer half of the history disagree"),
    }[found.verdict]
