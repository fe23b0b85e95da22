"""What an undo would put back, and what it leaves alone since it was changed meanwhile."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_noop

from ..attributes import is_attribute, purged_among
from ..bulk import stored_rows
from ..events import Change, Event, Operation
from ..snapshots import Values, decode, is_empty
from .conflicts import Conflict

if TYPE_CHECKING:
    from ..records import Record


@dataclass
class Plan:
    """The rows to put back, by record type, and what is left alone."""

    restore: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    reset: dict[str, dict[UUID, Values]] = field(default_factory=lambda: defaultdict(dict))
    remove: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    conflicts: list[Conflict] = field(default_factory=list)


def plan_of(event: Event) -> Plan:
    """What taking back each change of the event comes to, the newest first."""
    plan = Plan()
    by_type: dict[str, list[Change]] = defaultdict(list)
    for change in event.changes.order_by("-id"):
        by_type[change.record_type].append(change)
    for record_type, changes in by_type.items():
        _plan_type(plan, model_of(record_type), changes)
    return plan


def model_of(record_type: str) -> "type[Record]":
    """The model behind a record type's name."""
    from ..records import RECORD_TYPES  # records import verbs, which this module shares

    return RECORD_TYPES[record_type]


def _plan_type(plan: Plan, model: "type[Record]", changes: list[Change]) -> None:
    current = stored_rows(model, [change.record_id for change in changes])
    for change in changes:
        row = current.get(change.record_id)
        if change.operation == Operation.CREATE:
            _plan_removal(plan, model, change, row)
        elif change.operation == Operation.REMOVE:
            _plan_restoring(plan, model, change, row)
        else:
            _plan_reset(plan, model, change, row)


def _plan_removal(plan: Plan, model: "type[Record]", change: Change, row: Values | None) -> None:
    if row is None:
        return
    after = decode(model, change.after or {})
    changed = [name for name in row if name in after or not is_empty(row[name])]
    changed = _fields_changed_since(row, {name: after.get(name) for name in changed})
    if changed:
        reason = gettext_noop("changed since; the record was kept")
        plan.conflicts += [_conflict(change, name, reason) for name in changed]
    else:
        plan.remove[change.record_type].append(change.record_id)


def _plan_restoring(plan: Plan, model: "type[Record]", change: Change, row: Values | None) -> None:
    if row is None:
        plan.restore[change.record_type].append(decode(model, change.before or {}))
        plan.conflicts += _stays_gone(change)
    else:
        plan.conflicts.append(_conflict(change, "", gettext_noop("exists again")))


def _plan_reset(plan: Plan, model: "type[Record]", change: Change, row: Values | None) -> None:
    if row is None:
        plan.conflicts.append(_conflict(change, "", gettext_noop("deleted since")))
        return
    before, after = decode(model, change.before or {}), decode(model, change.after or {})
    changed = _fields_changed_since(row, after)
    plan.conflicts += [_conflict(change, name, gettext_noop("changed since; its value was kept")) for name in changed]
    plan.conflicts += _stays_gone(change)
    kept = {name: value for name, value in before.items() if name not in changed}
    if kept:
        plan.reset[change.record_type][change.record_id] = kept


def _stays_gone(change: Change) -> list[Conflict]:
    """What was deleted for good does not come back with the rest."""
    held = [name for name, value in (change.before or {}).items() if not is_empty(value)]
    reason = gettext_noop("“%(field)s” was deleted for good; its value stays gone")
    return [_conflict(change, "", reason, label=label) for label in purged_among(change.record_type, held)]


def _fields_changed_since(row: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name, value in after.items() if (name in row or is_attribute(name)) and row.get(name) != value]


def _conflict(change: Change, name: str, reason: str, *, label: str = "") -> Conflict:
    return Conflict(change.record_type, change.record_id, name, reason, label)
