"""Exporting exactly what a list shows - its rows, columns and order - as CSV or XLSX.

Text that a spreadsheet would run is made harmless as `core.spreadsheets` says, and an import reads it back as it was.
In XLSX nothing needs it: every cell says itself that it is text or a number. Values are written the way each domain's
`parse` reads them, whatever the language.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from rapport.core.clock import today
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.core.spreadsheets import neutral
from rapport.governance.selection import page_of
from rapport.web.middleware import ActingRequest

from .columns import Column
from .linked import titles_in
from .listing import Listing
from .streaming import attachment
from .tabs import place_of
from .views import parameters_of, spec_or_404

AT_ONCE = 1_000
_PIECE = 65_536
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_XLSX_ROWS = 1_000_000
_LONGEST_CELL = 32_767
_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@require_GET
def export(request: ActingRequest, record_type: str, kind: str) -> HttpResponseBase:
    """The whole list as a file; needs the permission record.export."""
    spec = spec_or_404(record_type, request.actor)
    if not request.actor.may("record.export"):
        raise Forbidden(_("Your role does not allow exporting. Ask an administrator."))
    place = place_of(spec, parameters_of(request.GET), request.actor)
    listing = Listing(spec, place.address.setup, request.actor)
    if listing.has_misfits:
        raise Problem(_("A filter of this list could not be understood, so the file would hold too much. Take it off."))
    name = f"{spec.path.strip('/')}-{today().isoformat()}.{kind}"
    if kind == "csv":
        return attachment(request, csv_pieces(listing), name=name, kind="text/csv; charset=utf-8")
    return attachment(request, xlsx_pieces(listing), name=name, kind=_XLSX)


def csv_pieces(listing: Listing) -> Iterator[str]:
    """The file in pieces; it begins with the mark by which Excel knows UTF-8."""
    yield "\ufeff"
    for rows in _tables(listing):
        buffer = io.StringIO()
        csv.writer(buffer).writerows([neutral(_as_text(value)) for value in row] for row in rows)
        yield buffer.getvalue()


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def xlsx_pieces(listing: Listing) -> Iterator[bytes]:
    """The file in pieces: written row by row to the disk first, so that a long list does not fill the memory."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(str(listing.spec.entry.plural)[:31])
    rows = islice(chain.from_iterable(_tables(listing)), MOST_XLSX_ROWS)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _xlsx_cell(sheet: Any, value: object) -> object:
    """Text as text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    cell: Any = WriteOnlyCell(sheet, value="")
    cell.value = _UNSHOWN.sub("", value)[:_LONGEST_CELL]
    cell.data_type = "s"
    return cell


def _tables(listing: Listing) -> Iterator[list[list[object]]]:
    """Headings, then every row in the list's order, a thousand at a time."""
    yield [[str(listing.spec.entry.label), *(str(column.label) for column in listing.columns)]]
    for records in _batches(listing):
        titles = titles_in(listing.columns, records, listing.actor)
        yield [[record.title, *(_value(record, column, titles) for column in listing.columns)] for record in records]


def _batches(listing: Listing) -> Iterator[Sequence[Record]]:
    """All records, a thousand at a time, each batch found by the last row of the one before."""
    after = None
    while True:
        page = page_of(listing.rows_with_links, listing.order, size=AT_ONCE, after=after)
        yield page.rows
        after = page.next
        if after is None:
            return


def _value(record: Record, column: Column, titles: Mapping[UUID, str]) -> object:
    if column.computed:
        return strip_tags(column.computed.show(record))
    field = column.field
    assert field is not None
    if field.is_link:
        return titles.get(getattr(record, f"{field.name}_id"), "")
    value = getattr(record, field.name)
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else field.domain.export(value)
