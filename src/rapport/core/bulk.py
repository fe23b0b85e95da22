"""Set-based writes inside a verb: many rows, few statements, every row in the history.

Each function must be called within a verb and adds to its one event.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from .attributes import COLUMN, DERIVED, gathered, is_attribute, spread
from .clock import now
from .copying import copy_rows
from .derived import Derived, has_derived, worked_out
from .identifiers import uuid7
from .projections import forget, remember
from .references import remove_what_was_worked_out
from .snapshots import Values, recorded_fields, to_json, written_fields
from .work import current_work

if TYPE_CHECKING:
    from .records import Record


def create_many(model: "type[Record]", rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """Create records from rows of column values (`owner_id`, not `owner`), already checked; returns their ids."""
    complete = _with_defaults(model, rows)
    model.complete_rows(complete)
    return _write_new(model, complete)


def restore_many(model: "type[Record]", rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """Create records again exactly as they were: nothing is filled in that they did not have."""
    return _write_new(model, _with_defaults(model, rows))


def _with_defaults(model: "type[Record]", rows: Iterable[Mapping[str, Any]]) -> list[Values]:
    fields = [field for field in written_fields(model) if field.attname not in ("id", "created_at", "updated_at")]
    made = {field.attname: field.default for field in fields if field.has_default() and callable(field.default)}
    fixed = {field.attname: field.get_default() for field in fields if field.attname not in made}
    moment = now()
    return [_completed(row, fixed, made, moment) for row in rows]


def _write_new(model: "type[Record]", complete: Sequence[Values]) -> list[UUID]:
    work = current_work()
    derives, hidden = has_derived(model), model.unrecorded_fields | {"updated_at", DERIVED}
    for values in complete:
        recorded = spread(values)
        for name in hidden:
            recorded.pop(name, None)
        if derives:
            values[DERIVED] = worked_out(model, recorded, None)
        work.note(model, values["id"], None, recorded)
    _copy(model, complete)
    written = ((values["id"], {**values, **values[COLUMN], **(values[DERIVED] or {})}) for values in complete)
    remember(model, written, new=True)
    return [values["id"] for values in complete]


def change_many(model: "type[Record]", changes: Mapping[UUID, Mapping[str, Any]]) -> int:
    """Set column values of many records; rows that are gone are passed over. Returns how many rows changed."""
    work = current_work()
    before = stored_rows(model, list(changes))
    after = {key: {**row, **changes[key]} for key, row in before.items() if _differs(row, changes[key])}
    columns = sorted({COLUMN if is_attribute(name) else name for key in after for name in changes[key]})
    derived = _derived_anew(model, after)
    written = {
        key: {COLUMN: {}, **gathered(values)} | ({DERIVED: derived[key]} if derived else {})
        for key, values in after.items()
    }
    _update(model, written, [*columns, DERIVED] if derived else columns)
    for key, values in after.items():
        work.note(model, key, before[key], values)
    remember(model, ((key, {**values, **(derived.get(key) or {})}) for key, values in after.items()))
    return len(after)


def _derived_anew(model: "type[Record]", rows: Mapping[UUID, Values]) -> dict[UUID, Derived | None]:
    """What follows from rows that are locked; nothing where the type has no derived values."""
    if not rows or not has_derived(model):
        return {}
    known = dict(model._base_manager.filter(pk__in=list(rows)).values_list("pk", DERIVED))
    return {key: worked_out(model, row, known.get(key)) for key, row in rows.items()}


def remove_many(model: "type[Record]", record_ids: Sequence[UUID]) -> int:
    """Delete many records that nothing else refers to (the database refuses otherwise); returns their number.

    What jobs worked out about them goes too, without a trace in the history.
    """
    work = current_work()
    before = stored_rows(model, record_ids)
    remove_what_was_worked_out(model, list(before))
    for key, values in before.items():
        work.note(model, key, values, None)
    model._base_manager.filter(pk__in=list(before))._raw_delete("default")
    forget(list(before))
    return len(before)


def stored_rows(model: "type[Record]", record_ids: Sequence[UUID]) -> dict[UUID, Values]:
    """The recorded columns of these rows as the database has them now, each row locked until the end."""
    names = [field.attname for field in recorded_fields(model)]
    rows = model._base_manager.filter(pk__in=record_ids).select_for_update().values(*names)
    return {row["id"]: spread(row) for row in rows}


def _completed(
    row: Mapping[str, Any], fixed: Mapping[str, Any], made: Mapping[str, Callable[[], Any]], moment: datetime
) -> Values:
    """A row with its defaults: `fixed` ones are the same for all rows, `made` ones are made for each."""
    values = {**fixed, **gathered(row)}
    for name, make in made.items():
        if name not in values:
            values[name] = make()
    values["id"] = row.get("id") or uuid7()
    values["created_at"] = row.get("created_at") or moment
    values["updated_at"] = moment
    return values


def _copy(model: "type[Record]", rows: Sequence[Values]) -> None:
    fields = written_fields(model)
    names = [field.attname for field in fields]
    json_places = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    copy_rows(
        model._meta.db_table,
        [str(field.column) for field in fields],
        (_columns([row[name] for name in names], json_places) for row in rows),
    )


def _columns(values: list[Any], json_places: Sequence[int]) -> list[Any]:
    for place in json_places:
        if values[place] is not None:
            values[place] = to_json(values[place]).decode()
    return values


def _differs(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return any(row.get(name) != value for name, value in wanted.items())


def _update(model: "type[Record]", rows: Mapping[UUID, Values], columns: Sequence[str]) -> None:
    """One UPDATE from arrays of text, cast by the database to each column's type."""
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    quote, table = connection.ops.quote_name, model._meta.db_table
    names = [quote(str(fields[name].column)) for name in columns]
    types = [_type(fields[name]) for name in columns]
    sets = ", ".join(f"{name} = new.{name}::{kind}" for name, kind in zip(names, types, strict=True))
    arrays = ", ".join(["%s::uuid[]"] + ["%s::text[]"] * len(columns))
    source = f"unnest({arrays}) AS new(id, {', '.join(names)})"
    statement = f"UPDATE {quote(table)} AS old SET {sets}, updated_at = %s FROM {source} WHERE old.id = new.id"  # noqa: S608
    parameters = [[_text(fields[name], row[name]) for row in rows.values()] for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, [now(), list(rows), *parameters])


def _type(field: "models.Field[Any, Any]") -> str:
    """The column's type, without a length: a cast to one would cut text off silently."""
    kind = field.db_type(connection) or "text"
    return "text" if kind.startswith("varchar") else kind


def _text(field: "models.Field[Any, Any]", value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return to_json(value).decode()
    return str(value)
