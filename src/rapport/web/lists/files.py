"""Files of exactly what a list shows - its rows, columns and order - as CSV or XLSX.

Text that a spreadsheet would run is made harmless as `core.spreadsheets` says, and an import reads it back as it was.
In XLSX nothing needs it: every cell says itself that it is text or a number. Values are written the way each domain's
`parse` reads them, whatever the language.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.spreadsheets import LONGEST_CELL, CellTooLong, for_workbook, name_of_sheet, neutral
from rapport.core.workbooks import workbook_pieces
from rapport.governance.selection import page_of
from rapport.integrations.exporting.kinds import KINDS, Kind, Tell, Wanted
from rapport.web.ui import formats

from .columns import Column
from .estimated import Beside, estimated_columns
from .linked import titles_in
from .listing import Listing
from .setup import Setup
from .views import spec_or_404

AT_ONCE = 1_000
MOST_XLSX_ROWS = 1_000_000


def _nobody_told(_rows: int) -> None:
    return


def csv_pieces(listing: Listing, tell: Tell = _nobody_told, *, estimates: bool = False) -> Iterator[bytes]:
    """The file in pieces; it begins with the mark by which Excel knows UTF-8."""
    yield "\ufeff".encode()
    for rows in _tables(listing, tell, _beside(listing, estimates=estimates)):
        buffer = io.StringIO()
        csv.writer(buffer).writerows([neutral(_as_text(value)) for value in row] for row in rows)
        yield buffer.getvalue().encode()


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def xlsx_pieces(listing: Listing, tell: Tell = _nobody_told, *, estimates: bool = False) -> Iterator[bytes]:
    """The file in pieces: written row by row to the disk first, so that a long list does not fill the memory."""
    tables = _tables(listing, tell, _beside(listing, estimates=estimates))

    def rows(sheet: Any) -> Iterator[list[object]]:
        for number, row in enumerate(chain.from_iterable(tables)):
            if number > MOST_XLSX_ROWS:
                raise Problem(_("A workbook holds at most a million rows. Export as CSV."))
            yield [_xlsx_cell(sheet, listing, row, place) for place in range(len(row))]

    return workbook_pieces(name_of_sheet(str(listing.spec.entry.plural)), rows)


def _xlsx_cell(sheet: Any, listing: Listing, row: Sequence[object], place: int) -> object:
    """Text as text, whatever it begins with; what is too long is refused, never cut."""
    value = row[place]
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(sheet, value="")
    try:
        cell.value, cell.data_type = for_workbook(value), "s"
    except CellTooLong:
        column = listing.columns[place - 1].label if place else listing.spec.entry.label
        length, most = formats.number(len(value)), formats.number(LONGEST_CELL)
        told = {"record": str(row[0])[:80], "column": column, "length": length, "most": most}
        sentence = _(
            "“%(record)s”: its “%(column)s” has %(length)s characters, and a cell of a workbook holds %(most)s. "
            "Export as CSV, or take that column off."
        )
        raise Problem(sentence % told) from None
    return cell


def _beside(listing: Listing, *, estimates: bool) -> Beside:
    record_type = listing.spec.record_type
    return Beside(record_type, estimated_columns(record_type, listing.columns) if estimates else ())


def _tables(listing: Listing, tell: Tell, beside: Beside) -> Iterator[list[list[object]]]:
    """Headings, then every row in the list's order, a thousand at a time."""
    done = 0
    yield [[str(listing.spec.entry.label), *(str(column.label) for column in listing.columns), *beside.headings]]
    for records in _batches(listing):
        titles = titles_in(listing.columns, records, listing.actor)
        estimates = beside.rows(records)
        yield [
            [record.title, *(_value(record, column, titles) for column in listing.columns), *estimates[record.pk]]
            for record in records
        ]
        done += len(records)
        tell(done)


def _batches(listing: Listing) -> Iterator[Sequence[Record]]:
    """All records, a thousand at a time, each batch found by the last row of the one before."""
    after = None
    while True:
        page = page_of(listing.rows, listing.order, size=AT_ONCE, after=after)
        yield page.rows
        after = page.next
        if after is None:
            return


def _value(record: Record, column: Column, titles: Mapping[UUID, str]) -> object:
    field = column.field
    if field.is_link:
        return titles.get(getattr(record, f"{field.name}_id"), "")
    value = getattr(record, field.name)
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else field.domain.export(value)


def _listing(actor: Actor, wanted: Wanted) -> Listing:
    """The list that a download was asked for."""
    spec = spec_or_404(wanted["record_type"], actor)
    return Listing(spec, Setup.of_query(wanted["query"]), actor)


def _count(actor: Actor, wanted: Wanted) -> int:
    return _listing(actor, wanted).rows.order_by().count()


def _pieces(actor: Actor, wanted: Wanted, tell: Tell) -> Iterator[bytes]:
    write = xlsx_pieces if wanted["format"] == "xlsx" else csv_pieces
    return write(_listing(actor, wanted), tell, estimates=bool(wanted.get("estimates")))


KINDS["list"] = Kind(_count, _pieces)
