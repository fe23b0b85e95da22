"""Moving many opportunities at once: what another stage brings with it, as `move_to` does for one."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from uuid import UUID

from rapport.core.bulk import create_many
from rapport.core.clock import now
from rapport.core.snapshots import Values

from ..stage import Stage


def follow_stages(stored: Mapping[UUID, Values], changes: Mapping[UUID, Values]) -> None:
    """Set pipeline and `stage_since` where the stage changes, and write the visits to the stages that were left."""
    from ..stage_visit import StageVisit  # visits refer to opportunities

    moved = {key: change for key, change in changes.items() if _moves(stored.get(key), change)}
    if not moved:
        return
    wanted = {change["stage_id"] for change in moved.values()}
    pipelines = dict(Stage.objects.filter(pk__in=wanted).values_list("pk", "pipeline_id"))
    moment = now()
    for change in moved.values():
        change["pipeline_id"] = pipelines[change["stage_id"]]
        change.setdefault("stage_since", moment)
    left = [_visit(key, stored[key], change["stage_since"]) for key, change in moved.items() if stored[key]["stage_id"]]
    create_many(StageVisit, left)


def _moves(before: Values | None, change: Values) -> bool:
    stage = change.get("stage_id")
    return before is not None and stage is not None and stage != before["stage_id"]


def _visit(key: UUID, before: Values, left_at: datetime) -> Values:
    entered = before["stage_since"] or datetime.combine(before["opened_on"], time(), UTC)
    return {
        "opportunity_id": key,
        "stage_id": before["stage_id"],
        "entered_at": entered,
        "left_at": max(entered, left_at),
    }
