"""What in the pipeline asks for attention: standing still, closing soon, next steps due."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q

from rapport.core.actors import Actor
from rapport.core.clock import now, today
from rapport.core.record_sets import RecordQuerySet

from ..models import Opportunity, Status


def stalled_opportunities(
    actor: Actor, *, days: int = 30, since: datetime | None = None
) -> RecordQuerySet[Opportunity]:
    """Open ones in their stage for so many days, or since then, that have no next step ahead; longest first."""
    since = since or now() - timedelta(days=days)
    nothing_planned = Q(next_step_on=None) | Q(next_step_on__lt=today())
    return _open(actor).filter(nothing_planned, stage_since__lt=since).order_by("stage_since", "id")


def closing_until(actor: Actor, day: date) -> RecordQuerySet[Opportunity]:
    """Open ones whose expected close is on this day or before, overdue ones included; the earliest first."""
    return _open(actor).filter(expected_close__lte=day).order_by("expected_close", "id")


def next_steps_due(actor: Actor, *, until: date | None = None) -> RecordQuerySet[Opportunity]:
    """Open ones whose next step is due until a day (today by default); the earliest first."""
    due = _open(actor).filter(next_step_on__lte=until or today())
    return due.order_by(F("next_step_on").asc(nulls_last=True), "id")


def _open(actor: Actor) -> RecordQuerySet[Opportunity]:
    rows = Opportunity.objects.visible_to(actor).filter(status=Status.OPEN)
    return rows.select_related("organisation", "stage", "owner")
