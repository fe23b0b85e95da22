"""Roll-ups kept right: at the end of each verb, for all that it created, changed, moved and removed at once.

The records rolled up to are locked before their values are worked out, so that of two verbs at the same time the
later one counts what both did.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from rapport.core.attributes import COLUMN, DERIVED, is_attribute, spread
from rapport.core.derived import Derived, keep_derived, worked_out
from rapport.core.projections import remember
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import recorded_fields
from rapport.core.work import RowChange, Work

from .force import in_force
from .results import kept
from .rolling import RollUp

Wanted = dict[str, dict[UUID, set[str]]]


def settle(work: Work) -> None:
    """Bring the roll-ups that the rows of a verb are part of up to date, and what follows from those."""
    force = in_force()
    if not force.by_child:
        return
    wanted: Wanted = defaultdict(lambda: defaultdict(set))
    for key, row in work.rows.items():
        _want_for(row, wanted)
        if work.undoes is not None and row.before is None and row.after is not None:
            wanted[row.record.record_type][key].update(force.roll_ups(row.record.record_type))
    while wanted:
        record_type = min(wanted)
        refresh(record_type, wanted.pop(record_type), wanted)


def _want_for(row: RowChange, wanted: Wanted) -> None:
    for roll_up in in_force().by_child.get(row.record.record_type, ()):
        if row.before is None or row.after is None or _is_touched(roll_up, row.before, row.after):
            for values in (row.before, row.after):
                _want(roll_up, values, wanted)


def _is_touched(roll_up: RollUp, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(before.get(name) != after.get(name) for name in roll_up.watched)


def _want(roll_up: RollUp, child: Mapping[str, Any] | None, wanted: Wanted) -> None:
    parent = (child or {}).get(roll_up.link)
    if parent:
        wanted[roll_up.parent][parent if isinstance(parent, UUID) else UUID(str(parent))].add(roll_up.key)


def refresh(record_type: str, keys: Mapping[UUID, Iterable[str]], wanted: Wanted) -> int:
    """Work out roll-ups of these records again, given by record, and what follows; `wanted` gets what that touches.

    Returns how many records have other values now.
    """
    model, changed = RECORD_TYPES[record_type], {}
    rows = dict(_locked(model, keys))
    values = _rolled_up(record_type, {key: set(keys[key]) for key in rows})
    for key, (row, known) in rows.items():
        found = worked_out(model, row, {**(known or {}), **values.get(key, {})})
        if (found or {}) != (known or {}):
            changed[key] = (row, known or {}, found)
    keep_derived(model, {key: found for key, (_row, _known, found) in changed.items()})
    _tell_search(model, changed)
    for row, known, found in changed.values():
        _pass_on(record_type, row, _differing(known, found or {}), wanted)
    return len(changed)


def _locked(model: type[Record], keys: Iterable[UUID]) -> Iterator[tuple[UUID, tuple[dict[str, Any], Derived | None]]]:
    rows = model._base_manager.filter(pk__among=list(keys)).order_by("pk").select_for_update(no_key=True)
    for row in rows.values(*_columns_read(model), DERIVED):
        known = row.pop(DERIVED)
        yield row["id"], (spread(row), known)


def _columns_read(model: type[Record]) -> list[str]:
    """What derived values follow from, and where they lead; all columns where the search is to be told."""
    derivations, roll_ups = in_force().of(model.record_type), in_force().by_child.get(model.record_type, ())
    bases = frozenset[str]().union(*(one.bases for one in derivations))
    read = {"id", *bases, *(one.link for one in roll_ups), *([COLUMN] if any(map(is_attribute, bases)) else [])}
    names = [field.attname for field in recorded_fields(model)]
    return names if _searched(model) else [name for name in names if name in read]


def _searched(model: type[Record]) -> set[str]:
    """The derived fields by whose texts records are found."""
    return {one.key for one in in_force().of(model.record_type) if one.field.domain.kind in ("text", "choice")}


def _rolled_up(record_type: str, keys: Mapping[UUID, set[str]]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for name, derivation in in_force().roll_ups(record_type).items():
        parents = [key for key, wanted in keys.items() if name in wanted]
        if parents and derivation.roll_up:
            for key, value in derivation.roll_up.values(parents).items():
                found[key][name] = kept(derivation.field.domain, value)
    return found


def _tell_search(model: type[Record], changed: Mapping[UUID, tuple[dict[str, Any], Derived, Derived | None]]) -> None:
    """Records are found by the texts among their derived values."""
    texts = _searched(model)
    told = [
        (key, {**row, **(found or {})})
        for key, (row, known, found) in changed.items()
        if texts & _differing(known, found or {})
    ]
    if told:
        remember(model, told)


def _differing(known: Mapping[str, Any], found: Mapping[str, Any]) -> set[str]:
    return {name for name in {*known, *found} if known.get(name) != found.get(name)}


def _pass_on(record_type: str, row: Mapping[str, Any], names: set[str], wanted: Wanted) -> None:
    for roll_up in in_force().by_child.get(record_type, ()):
        if names & roll_up.watched_derived:
            _want(roll_up, row, wanted)
