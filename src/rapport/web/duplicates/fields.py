"""The fields of records beside each other: what differs, what speaks for the same, whose value is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.snapshots import is_empty
from rapport.governance.columns import current_of
from rapport.governance.dictionary import Field
from rapport.web.records.facts import Part, parts_of
from rapport.web.records.lookup import hidden_links
from rapport.web.records.page import RecordPage

from .words import Reason


@dataclass(frozen=True)
class Cell:
    """The value of one field in one record."""

    record_id: UUID
    parts: Sequence[Part]
    is_kept: bool


@dataclass(frozen=True)
class Line:
    """One field of all records. Entries of lists are all kept; of other values that differ one is chosen."""

    field: Field
    cells: Sequence[Cell]
    differs: bool
    is_list: bool
    may_choose: bool
    reason: Reason | None

    @property
    def is_chosen(self) -> bool:
        """Whether one of several values is to be chosen."""
        return self.differs and not self.is_list and self.may_choose


def lines_of(
    page: RecordPage, records: Sequence[Record], stays: Record, actor: Actor, told: Sequence[Reason]
) -> list[Line]:
    """The fields that any of the records fills, as far as the actor reads them."""
    readable, editable = page.entry.readable_by(actor), page.entry.editable_by(actor)
    fields = [field for field in page.facts(records[0]) if field.name in readable]
    hidden = {record.pk: hidden_links(record, fields, actor) for record in records}
    lines = []
    for field in fields:
        values = [None if field.name in hidden[record.pk] else current_of(record, field) for record in records]
        if any(not is_empty(value) for value in values):
            reason = next((one for one in told if field.name in one.fields), None)
            lines.append(
                _line(
                    field, records, values, stays, may_choose=field.editable and field.name in editable, reason=reason
                )
            )
    return lines


def _line(
    field: Field,
    records: Sequence[Record],
    values: Sequence[object],
    stays: Record,
    *,
    may_choose: bool,
    reason: Reason | None,
) -> Line:
    kept = _kept(records, values, stays)
    cells = [
        Cell(record.pk, [] if is_empty(value) else parts_of(field, record), record.pk == kept)
        for record, value in zip(records, values, strict=True)
    ]
    filled = [value for value in values if not is_empty(value)]
    is_list = any(isinstance(value, list) for value in filled)
    return Line(field, cells, any(value != filled[0] for value in filled), is_list, may_choose, reason)


def _kept(records: Sequence[Record], values: Sequence[object], stays: Record) -> UUID:
    """Whose value is kept unless another is chosen: that of the record that stays, else the first that has one."""
    filled = [record.pk for record, value in zip(records, values, strict=True) if not is_empty(value)]
    return stays.pk if stays.pk in filled else filled[0]
