"""The columns of a list: which may be chosen, which were, and what each needs from the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapport.core.actors import Actor
from rapport.governance.dictionary import Field
from rapport.governance.domains import Amount, Link
from rapport.governance.selection import Order, order_by
from rapport.governance.selection.fields import selectable_fields

from .spec import Computed, Label, ListSpec

_NUMBERS = frozenset({"integer", "decimal", "amount", "percentage", "year"})
_NOT_SHOWN = frozenset({"long_text"})


@dataclass(frozen=True)
class Column:
    """One column: a field of the dictionary or something worked out; `order` when one can sort by it."""

    name: str
    label: Label
    field: Field | None = None
    computed: Computed | None = None
    order: Order | None = None

    @property
    def is_number(self) -> bool:
        """Whether its values stand to the right."""
        if self.computed:
            return self.computed.is_number
        return self.field is not None and self.field.domain.kind in _NUMBERS

    @property
    def links(self) -> tuple[str, ...]:
        """Linked records that working it out needs as a whole; of the others the titles are enough."""
        return self.computed.links if self.computed else ()


def choosable(spec: ListSpec, actor: Actor) -> dict[str, Column]:
    """Every column that the list can show, by name."""
    return {name: _column(described, spec, actor) for name, described in _described(spec, actor).items()}


def chosen(spec: ListSpec, names: Iterable[str], actor: Actor) -> list[Column]:
    """The columns of these names, in their order; the usual ones when none of them can be shown."""
    known = _described(spec, actor)
    found = [name for name in names if name in known] or [name for name in usual(spec) if name in known]
    return [_column(known[name], spec, actor) for name in found]


def _described(spec: ListSpec, actor: Actor) -> dict[str, Field | Computed]:
    """What the list can show, by name."""
    fields = selectable_fields(spec.record_type, actor).items()
    shown = {name: field for name, field in fields if field.domain.kind not in _NOT_SHOWN}
    told = {name: field for name, field in shown.items() if name not in spec.said_by_title}
    return {**told, **{item.name: item for item in spec.computed}}


def _column(described: Field | Computed, spec: ListSpec, actor: Actor) -> Column:
    if isinstance(described, Computed):
        return Column(described.name, described.label, computed=described)
    order = order_by(described.name, spec.record_type, actor=actor)
    return Column(described.name, described.label, field=described, order=order)


def usual(spec: ListSpec) -> tuple[str, ...]:
    """The names of the columns that the list shows as it comes."""
    described = spec.entry.fields
    shown = tuple(name for name, field in described.items() if field.in_list and name not in spec.said_by_title)
    own = tuple(name for name in shown if described[name].own)
    return (*spec.columns, *own) if spec.columns else shown


def currency_columns(columns: Iterable[Column]) -> set[str]:
    """The names of the fields that tell the currencies of the amounts among these columns."""
    return {
        str(getattr(column.field.domain, "currency_field", ""))
        for column in columns
        if column.field is not None and isinstance(column.field.domain, Amount) and not column.field.domain.currency
    }


def linked_target(field: Field) -> str:
    """The record type a link leads to."""
    return field.domain.target if isinstance(field.domain, Link) else ""
