"""How opportunities went through the stages: the stays of one, and how long stages take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Avg, Count, F

from rapport.core.actors import Actor
from rapport.core.clock import now

from ..models import Opportunity, Pipeline, Stage, StageVisit


@dataclass(frozen=True)
class Stay:
    """How long an opportunity stood in a stage; `left_at` is None while it stands there."""

    stage: Stage
    entered_at: datetime
    left_at: datetime | None

    @property
    def days(self) -> int:
        """Whole days, up to now for the present stay."""
        return ((self.left_at or now()) - self.entered_at).days


@dataclass(frozen=True)
class StageTime:
    """How long opportunities stayed in a stage on average before they left it, and how many did."""

    stage_id: UUID
    average: timedelta
    visits: int


def stays_of(opportunity: Opportunity) -> list[Stay]:
    """The stages an opportunity stood in, oldest first, the present one last."""
    visits = StageVisit.objects.filter(opportunity=opportunity).select_related("stage").order_by("entered_at", "id")
    stays = [Stay(visit.stage, visit.entered_at, visit.left_at) for visit in visits]
    if opportunity.stage and opportunity.stage_since:
        stays.append(Stay(opportunity.stage, opportunity.stage_since, None))
    return stays


def time_in_stages(actor: Actor, pipeline: Pipeline) -> dict[UUID, StageTime]:
    """By stage id: how long completed stays took, of the opportunities the actor sees."""
    visits = StageVisit.objects.visible_to(actor).filter(stage__pipeline=pipeline).order_by()
    length = F("left_at") - F("entered_at")
    rows = visits.values("stage_id").annotate(average=Avg(length), visits=Count("pk"))
    return {row["stage_id"]: StageTime(row["stage_id"], row["average"], row["visits"]) for row in rows}
