"""The own fields that a card on the board shows: those shown in lists, each with its label."""

from collections.abc import Callable, Sequence
from typing import Any

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import entry_of
from rapport.web.ui.escaping import escape

from .cells import Known, inside_of
from .columns import Column
from .linked import titles_in


def own_lines(records: Sequence[Record], actor: Actor) -> Callable[[Any], list[str]]:
    """A function that gives the lines of one of these records, as HTML; those without a value are left out."""
    if not records:
        return lambda _record: []
    described = entry_of(records[0].record_type).readable_by(actor).values()
    columns = [Column(field) for field in described if field.own and field.in_list]
    known = Known(titles_in(columns, records, actor)) if columns else Known()
    written = [(escape(str(column.label)), inside_of(column, known)) for column in columns]

    def lines(record: Any) -> list[str]:
        told = [(label, inside(record)) for label, inside in written]
        return [f'<span class="faint">{label}</span> <span>{value}</span>' for label, value in told if value]

    return lines
