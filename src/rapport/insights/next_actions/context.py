"""What is known of a suggestion when it is shown, as numbers: what is logged, and what orders are learned from."""

from math import log10

from rapport.core.clock import today

from .suggestion import Suggestion

_MOST = 100_000


def context_of(one: Suggestion) -> dict[str, float]:
    """What is known of it."""
    return {
        "value": round(float(one.worth.value), 2),
        "per_hour": round(float(one.worth.per_hour), 2),
        "chance": round(one.worth.chance, 4),
        "minutes": one.worth.minutes,
        "days_late": (today() - one.day).days,
    }


def weight_of(one: Suggestion) -> float:
    """How much it counts that something moved: from 0 to 1, by the size of what is at stake (100,000 counts 1)."""
    return min(1.0, log10(1 + max(float(one.worth.money), 0.0)) / log10(1 + _MOST))
