"""How suggestions fare by source, of everybody together: shown, done, moved on, and what showing them changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FloatField, Q, Sum, Value

from rapport.core.clock import now

from ..models import NextActionReview, Reply, ShownAction
from .following import HORIZON
from .source import Source, all_sources

LEAST_PEOPLE, LEAST_SHOWN = 3, 60
_WIDTH = 1.96


@dataclass(frozen=True)
class Change:
    """How much more often a matter moved on because it was shown first, with its 95 % interval (0.05: five points)."""

    size: float
    low: float
    high: float


@dataclass(frozen=True)
class Faring:
    """One source: how often it was shown, refused, done, and moved on; none of it where few people were shown it.

    `change` is there where chance decided often enough.
    """

    source: Source
    shown: int
    refused: float | None = None
    done: float | None = None
    moved: float | None = None
    change: Change | None = None


def newest_reviews(limit: int = 5) -> Sequence[NextActionReview]:
    """The last looks at whether another order is better."""
    return list(NextActionReview.objects.order_by("-at")[:limit])


def faring() -> list[Faring]:
    """All sources, those shown most first; only suggestions whose time is over."""
    rows: Any = ShownAction.objects.filter(at__lt=now() - HORIZON).order_by().values("source")
    helped = Q(done_at__isnull=False, moved_at__gte=F("done_at"))
    inverse = Value(1.0, output_field=FloatField()) / F("propensity")
    chosen = Q(propensity__lt=1.0)
    weighed = {"all": (inverse, Q()), "helped": (inverse, helped), "squares": (inverse * inverse, Q())}
    sums = {
        f"{side}_{name}": Sum(weight, filter=chosen & Q(is_up=side == "up") & condition, output_field=FloatField())
        for side in ("up", "down")
        for name, (weight, condition) in weighed.items()
    }
    counted = rows.annotate(
        shown=Count("id"),
        people=Count("user_id", distinct=True),
        refused=Count("id", filter=Q(reply=Reply.REFUSED)),
        done=Count("id", filter=Q(done_at__isnull=False)),
        moved=Count("id", filter=helped),
        **sums,
    )
    by_name = {row["source"]: row for row in counted}
    found = [_faring(source, by_name.get(name, {})) for name, source in all_sources().items()]
    return sorted(found, key=lambda one: -one.shown)


def _faring(source: Source, row: dict[str, Any]) -> Faring:
    shown = row.get("shown", 0)
    if shown < LEAST_SHOWN or row["people"] < LEAST_PEOPLE:
        return Faring(source, shown)
    refused, done, moved = (row[name] / shown for name in ("refused", "done", "moved"))
    return Faring(source, shown, refused, done, moved, _change(row))


def _change(row: dict[str, Any]) -> Change | None:
    """The difference of shares weighted by inverse propensity (Hájek); None where one side hardly came about."""
    shares, error = [], 0.0
    for side in ("up", "down"):
        total, squares = row[f"{side}_all"] or 0.0, row[f"{side}_squares"] or 0.0
        if not squares or total**2 / squares < LEAST_SHOWN / 2:
            return None
        share = (row[f"{side}_helped"] or 0.0) / total
        shares.append(share)
        error += share * (1 - share) * squares / total**2
    size, width = shares[0] - shares[1], _WIDTH * error**0.5
    return Change(size, size - width, size + width)
