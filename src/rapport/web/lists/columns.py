"""The columns of a list: which may be chosen, which were, and what each needs from the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapport.core.actors import Actor
from rapport.governance.dictionary import Field
from rapport.governance.domains import Amount, Link
from rapport.governance.selection import Order, order_by
from rapport.governance.selection.fields import selectable_fields

from .spec import Label, ListSpec

_NUMBERS = frozenset({"integer", "decimal", "amount", "percentage", "year"})
_NOT_SHOWN = frozenset({"long_text"})


@dataclass(frozen=True)
class Column:
    """One column: a field of the dictionary; `order` when one can sort by it."""

    field: Field
    order: Order | None = None

    @property
    def name(self) -> str:
        """The name of its field, which addresses give."""
        return self.field.name

    @property
    def label(self) -> Label:
        """What stands above it."""
        return self.field.label

    @property
    def is_number(self) -> bool:
        """Whether its values stand to the right."""
        return self.field.domain.kind in _NUMBERS


def choosable(spec: ListSpec, actor: Actor) -> dict[str, Column]:
    """Every column that the list can show, by name."""
    return {name: _column(described, spec, actor) for name, described in _described(spec, actor).items()}


def chosen(spec: ListSpec, names: Iterable[str], actor: Actor) -> list[Column]:
    """The columns of these names, in their order; the usual ones when none of them can be shown."""
    known = _described(spec, actor)
    found = [name for name in names if name in known] or [name for name in usual(spec) if name in known]
    return [_column(known[name], spec, actor) for name in found]


def _described(spec: ListSpec, actor: Actor) -> dict[str, Field]:
    """What the list can show, by name."""
    fields = selectable_fields(spec.record_type, actor).items()
    shown = {name: field for name, field in fields if field.domain.kind not in _NOT_SHOWN}
    return {name: field for name, field in shown.items() if name not in spec.said_by_title}


def _column(described: Field, spec: ListSpec, actor: Actor) -> Column:
    return Column(described, order_by(described.name, spec.record_type, actor=actor))


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
        if isinstance(column.field.domain, Amount) and not column.field.domain.currency
    }


def linked_target(field: Field) -> str:
    """The record type a link leads to."""
    return field.domain.target if isinstance(field.domain, Link) else ""
