"""Segments in figures: how many customers each has among those that somebody sees, and what they ordered in a year."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, FloatField, OuterRef, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.directory.models import Organisation
from rapport.intelligence.models import Expectation

from .kept.keeping import KEPT_FOR, figures_for
from .kept.question import Asked, Kept, Question, kept_question

_FIGURES = ("revenue", "orders", "silence")


@dataclass(frozen=True)
class Segment:
    """One segment: its customers, what all of them ordered in a year, and on average: days with an order, since the
    last one.
    """

    key: str
    customers: int
    revenue: float
    orders: float
    silence: float


def _work_out(asked: Asked) -> Kept[tuple[Segment, ...]]:
    as_of = now()
    told = Expectation.objects.filter(outlook="segments", record_id=OuterRef("pk"), withheld="")
    found = Organisation.objects.visible_to(asked.actor).exclude(segment="").order_by()
    for name in _FIGURES:
        figure = Cast(KeyTextTransform(name, "detail"), FloatField())
        found = found.annotate(**{f"told_{name}": Subquery(told.annotate(figure=figure).values("figure")[:1])})
    summed = {"total": Sum("told_revenue"), "often": Avg("told_orders"), "silent": Avg("told_silence")}
    rows: Any = found.values("segment").annotate(customers=Count("pk"), **summed)
    segments = [
        Segment(row["segment"], row["customers"], row["total"] or 0.0, row["often"] or 0.0, row["silent"] or 0.0)
        for row in rows
    ]
    return Kept(tuple(sorted(segments, key=lambda one: -one.revenue)), as_of)


_SEGMENTS: Question[tuple[Segment, ...]] = kept_question(Question("segments", tuple[Segment, ...], _work_out))


def kept_segments(
    actor: Actor, *, version: int, oldest: timedelta = KEPT_FOR, at_once: bool = False
) -> Kept[tuple[Segment, ...]]:
    """All segments, the one that ordered most first, as they were at most so long ago; by the version learned last."""
    return figures_for(_SEGMENTS, actor, besides=str(version), oldest=oldest, at_once=at_once)
