"""Placing new opportunities: what is not said of pipeline, stage and dates follows from the rest."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today
from rapport.core.problems import Problem

from ..pipeline import Pipeline
from ..stage import Stage, StageKind
from .facts import Status

Row = dict[str, Any]


def place(rows: Sequence[Row]) -> None:
    """Fill in pipeline, stage, `stage_since` and closing day of new rows, in place, with two queries at most.

    Open and parked ones enter the first stage, won ones the stage of following up; for a lost one nobody knows.
    """
    stages = {stage.pk: stage for stage in Stage.objects.all()}
    default = _default_pipeline() if any(not row["stage_id"] and not row["pipeline_id"] for row in rows) else None
    for row in rows:
        if row["stage_id"]:
            row["pipeline_id"] = stages[row["stage_id"]].pipeline_id
        else:
            row["pipeline_id"] = row["pipeline_id"] or default
            row["stage_id"] = _first(stages.values(), row["pipeline_id"], row["status"])
        _date(row)


def _default_pipeline() -> UUID:
    found = Pipeline.objects.order_by("-is_default", "position", "id").values_list("pk", flat=True).first()
    if found is None:
        raise Problem(_("There is no pipeline yet. Ask an administrator to add one in the settings."))
    return found


def _first(stages: "Sequence[Stage] | Any", pipeline_id: UUID, status: str) -> UUID | None:
    if status == Status.LOST:
        return None
    kind = StageKind.FOLLOW_UP if status == Status.WON else StageKind.SELLING
    fitting = [stage for stage in stages if stage.pipeline_id == pipeline_id and stage.kind == kind]
    return fitting[0].pk if fitting else None


def _date(row: Row) -> None:
    """`stage_since` and the closing day, as far as other days tell them."""
    if row["status"] in (Status.WON, Status.LOST):
        row["closed_on"] = row["closed_on"] or today()
    begun = row["closed_on"] if row["status"] == Status.WON else row["opened_on"]
    if row["stage_since"] is None and row["stage_id"]:
        row["stage_since"] = now() if begun in (None, today()) else datetime.combine(begun, time(), UTC)
