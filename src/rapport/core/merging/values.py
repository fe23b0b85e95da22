"""Which values a merged record has: its own, what it lacked, what was chosen from the other, and all list entries."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ..attributes import is_attribute
from ..records import Record
from ..snapshots import Values, is_empty, values_of

_APART = frozenset({"id", "created_at", "attributes"})
_LOOSE = re.compile(r"[\s().\-/]+")
Groups = Sequence[Sequence[str]]


def united(stays: Values, goes: Values, *, take: Collection[str] = (), groups: Groups = ()) -> Values:
    """The column values of two records as one: what is to be set on the one that stays.

    Columns in `take` come from the one that goes; those of a group stand and fall with the first of them, as an amount
    does with its currency.
    """
    changes: Values = {}
    grouped = {name for group in groups for name in group}
    alone = [[name] for name in {**stays, **goes} if name not in _APART and name not in grouped]
    for group in (*groups, *alone):
        changes |= _united_group(group, stays, goes, take=take)
    return {name: value for name, value in changes.items() if value != stays.get(name)}


def _united_group(group: Sequence[str], stays: Values, goes: Values, *, take: Collection[str]) -> Values:
    lead = group[0]
    mine, other = stays.get(lead), goes.get(lead)
    if isinstance(mine or other, list):
        return {lead: united_lists(other or [], mine or []) if lead in take else united_lists(mine or [], other or [])}
    if lead in take and not is_empty(other):
        return {name: goes.get(name) for name in group}
    if is_empty(mine):
        return {name: goes.get(name) for name in group if not is_empty(goes.get(name))}
    if mine == other:
        return {name: goes.get(name) for name in group[1:] if is_empty(stays.get(name))}
    return {}


def united_lists(first: Iterable[Any], then: Iterable[Any]) -> list[Any]:
    """The entries of both lists, each once, whatever kind it is said to be and however it is spaced."""
    found: list[Any] = []
    known: set[str] = set()
    for entry in (*first, *then):
        key = _key(entry)
        if key not in known:
            known.add(key)
            found.append(entry)
    return found


def _key(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return _LOOSE.sub("", str(entry)).casefold()
    told = [f"{name}={value}" for name, value in sorted(entry.items()) if name != "kind" and value]
    return _LOOSE.sub("", "|".join(told)).casefold()


def columns_taken(model: type[Record], names: Iterable[str]) -> set[str]:
    """The columns of fields given by name; raises `KeyError` with the name of one that there is not."""
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    columns |= {field.name: field.attname for field in model._meta.private_fields if hasattr(field, "attname")}
    return {columns[name] for name in names}


def set_values(record: Record, values: Mapping[str, Any]) -> None:
    """Give a record in memory these column values, those of own fields among its attributes."""
    own = {name: value for name, value in values.items() if is_attribute(name)}
    for name, value in values.items():
        if name not in own:
            setattr(record, name, value)
    if own:
        kept = {**record.attributes, **own}
        record.attributes = {name: value for name, value in kept.items() if value is not None}


def current_values(record: Record) -> Values:
    """All recorded values of a record, to compare."""
    return values_of(record)
