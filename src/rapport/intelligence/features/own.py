"""Own fields as features: numbers, money, percentages, yes or no, choices and dates that users added to a record type.

Which there are is known when something is learned, and kept with it. A value counts as of the moment of a case, by the
history of its record: what an import brought along counts from the day of the import on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist

from rapport.core.records import RECORD_TYPES
from rapport.governance.dictionary import Field, entries

from .feature import Feature, Group, Unit
from .histories import RATES, days
from .sources import HISTORY, TEXT, Source

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

    from .point import Point

UNITS: Mapping[str, Unit] = {
    "number": Unit.COUNT,
    "amount": Unit.MONEY,
    "percentage": Unit.COUNT,
    "boolean": Unit.YES_NO,
    "choice": Unit.TEXT,
    "date": Unit.DAY,
    "datetime": Unit.DAY,
}
"""The kinds of own fields that are features, with the unit in which each is told."""
_SOURCE, _CURRENCY, _PARTING = "own_fields", "currency", "__"
_DAY = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


@dataclass(frozen=True)
class OwnFeature:
    """An own field as something learned with it: its key and kind, the label it had, the currency it is in, if one.

    One that is not `read` counts as missing: it is no field any more, or another than it was.
    """

    record_type: str
    key: str
    kind: str
    label: str
    currency: str = ""
    is_read: bool = True

    @property
    def name(self) -> str:
        """The feature's name: of another kind it would be another feature."""
        return f"{self.key}{_PARTING}{self.kind}"

    @property
    def field(self) -> str:
        """The field of the dictionary."""
        return f"{self.record_type}.{self.key}"

    def as_feature(self) -> Feature:
        """In words: those that the field has now, while it is one."""
        now = field_of(self.record_type, self.name)
        return Feature(
            self.name,
            now.label if now else self.label,
            UNITS[self.kind],
            rests_on=(self.field,),
            worded_by=self.field if now else "",
        )


def field_of(record_type: str, name: str) -> Field | None:
    """The own field that a feature of this name tells of, while there is one."""
    entry = entries().get(record_type)
    field = entry.fields.get(name.rpartition(_PARTING)[0]) if entry else None
    return field if field and field.own else None


def own_group(told: Sequence[OwnFeature]) -> Group:
    """The features of the own fields of one record type, of which there is at least one."""
    in_money = any(one.kind == "amount" for one in told)
    sources = (_source(told), RATES) if in_money else (_source(told),)
    return Group("own", tuple(one.as_feature() for one in told), sources, partial(_compute, tuple(told)))


def _compute(told: Sequence[OwnFeature], point: "Point") -> "Table":
    names = {one.name: one for one in told}
    held = point.told(_SOURCE, [*names, *_beside(told)])
    cases = point.cases.select("case", "as_of").left_join(held, "case").drop("case_right")
    for currency in sorted({one.currency for one in told if one.kind == "amount"}):
        cases = _with_rate(cases, currency, point)
    return cases.select("case", **{name: _value(cases, one) for name, one in names.items()})


def _with_rate(cases: "Table", currency: str, point: "Point") -> "Table":
    """What the currency is worth in ours, that of the record where the field names none; one where nobody knows."""
    import ibis

    rates = point.small(RATES.name)
    worth = rates.select(**{f"of_{currency}": rates.key, _rate(currency): rates.rate})
    of_record = cases[_CURRENCY] if _CURRENCY in cases.columns else ibis.null("string")
    asked = cases.mutate(**{f"in_{currency}": ibis.literal(currency) if currency else of_record})
    return asked.left_join(worth, asked[f"in_{currency}"] == worth[f"of_{currency}"])


def _rate(currency: str) -> str:
    return f"rate_{currency}"


def _value(cases: "Table", one: OwnFeature) -> "Value":
    value: Any = cases[one.name]
    unit = UNITS[one.kind]
    if unit is Unit.TEXT:
        return value.name(one.name)
    if unit is Unit.YES_NO:
        return (value == "true").cast("float64")
    number = value.try_cast("float64")
    if unit is Unit.DAY:
        return number - cases.as_of
    return number * cases[_rate(one.currency)].fill_null(1.0) if unit is Unit.MONEY else number


def _source(told: Sequence[OwnFeature]) -> Source:
    """What the records held since when; only changes and records that hold any of it are pulled."""
    record_type = told[0].record_type
    beside = _beside(told)
    keys = ", ".join(f"'{key}'" for key in [*(one.key for one in told if one.is_read), *beside])
    then = [_as_told(one, "c.after") for one in told] + [_emptied(f"c.after ->> '{name}'", name) for name in beside]
    now = [_as_told(one, "c.attributes", is_history=False) for one in told] + [f"c.{name}::text" for name in beside]
    among = f"ARRAY[{keys}]::text[]"
    table = RECORD_TYPES[record_type]._meta.db_table
    return Source(
        _SOURCE,
        select=(
            f"SELECT c.record_id, {days('e.at')}, {', '.join(then)}, c.id, c.operation = 'create'"
            " FROM core_change c JOIN core_event e ON e.id = c.event_id"
            f" WHERE c.record_type = '{record_type}' AND c.operation <> 'remove' AND c.after ?| {among} {{among}}"
        ),
        now=(
            f"SELECT c.record_id, {days('c.created_at')}, {', '.join(now)}, 0, true"
            f" FROM (SELECT r.id AS record_id, r.* FROM {table} r) c"
            f" WHERE c.attributes ?| {among} {{among}}"
        ),
        belongs_to="record_id",
        columns={**dict.fromkeys([*(one.name for one in told), *beside], TEXT), **HISTORY},
        key="c.record_id",
    )


def _beside(told: Iterable[OwnFeature]) -> list[str]:
    """The record's own currency, where an amount is in that."""
    asked = [one for one in told if one.kind == "amount" and not one.currency]
    return [_CURRENCY] if asked and _has_currency(asked[0].record_type) else []


def _has_currency(record_type: str) -> bool:
    try:
        return bool(RECORD_TYPES[record_type]._meta.get_field(_CURRENCY))
    except FieldDoesNotExist:
        return False


def _as_told(one: OwnFeature, column: str, *, is_history: bool = True) -> str:
    """SQL: the value as text, days as their number since 1970; of the history '' where it was emptied."""
    if not one.is_read:
        return "NULL::text"
    value = f"({column} ->> '{one.key}')"
    if UNITS[one.kind] is Unit.DAY:
        value = (
            f"CASE WHEN {value} ~ '{_DAY}' THEN ((left({value}, 8) || '01')::date - DATE '1970-01-01'"
            f" + substr({value}, 9, 2)::int - 1)::text END"
        )
    return _emptied(value, one.key) if is_history else value


def _emptied(value: str, key: str) -> str:
    return f"coalesce({value}, CASE WHEN c.after ? '{key}' THEN '' END)"
