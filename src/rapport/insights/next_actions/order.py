"""The order in force: the stated one, or a learned one that was proved better."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import NextActionReview
from .context import context_of, weight_of
from .ranking import STATED, UP, WAITING, by_value
from .suggestion import Suggestion


@dataclass(frozen=True)
class Ranked:
    """Suggestions in the order in force, its name, and the place of each by the stated one, from 1."""

    suggestions: Sequence[Suggestion]
    name: str
    stated: dict[str, int]


def in_order(found: Sequence[Suggestion]) -> Ranked:
    """The suggestions of a person, each record once, in the order in force."""
    ordered = by_value(found)
    stated = {one.key: place for place, one in enumerate(ordered, 1)}
    taken = order_in_force() if len(ordered) > UP else None
    if taken is None:
        return Ranked(ordered, STATED, stated)
    first = ordered[: UP + WAITING]
    return Ranked([*_by_gain(first, taken), *ordered[UP + WAITING :]], f"learned/{taken.pk}", stated)


def order_in_force() -> NextActionReview | None:
    """The review whose order ranks; None while the stated formula does."""
    newest = NextActionReview.objects.filter(is_decided=True).order_by("-at").first()
    return newest if newest and newest.is_taken else None


def _by_gain(first: Sequence[Suggestion], taken: NextActionReview) -> list[Suggestion]:
    """The first ones anew: up those for which standing up adds most, both groups as the formula has them."""
    from .learning.reward import Reward

    reward = Reward(**taken.reward)
    gains = reward.gain([one.source for one in first], [context_of(one) for one in first])
    worth = {one.key: gain * weight_of(one) for one, gain in zip(first, gains, strict=True)}
    up = {one.key for one in sorted(first, key=lambda one: -worth[one.key])[:UP]}
    return sorted(first, key=lambda one: one.key not in up)
