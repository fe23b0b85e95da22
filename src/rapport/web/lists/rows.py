"""The rows of a list as HTML, written column by column: a tenth of the time that template tags take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.quality.imputing.reading import estimates_of
from rapport.quality.imputing.subjects import estimated_fields
from rapport.quality.models import Estimate
from rapport.web.places import record_address
from rapport.web.ui.escaping import escape
from rapport.web.ui.tags import avatar

from .cells import Known, Show, inside_of
from .columns import Column
from .explained import explained_columns
from .linked import titles_in
from .spec import ListSpec


@dataclass(frozen=True)
class _Cell:
    """How a column's cells begin, and what stands in them."""

    opening: str
    inside: Show


def rows_html(spec: ListSpec, columns: Sequence[Column], records: Sequence[Record], *, actor: Actor) -> SafeString:
    """The rows of a page."""
    known = Known(titles_in(columns, records, actor), spec.tones, _estimates(spec, columns, records))
    editable = spec.entry.editable_by(actor)
    explained = explained_columns(spec.record_type)
    cells = [_Cell(_opening(column, editable), _inside(spec, column, known, explained)) for column in columns]
    words = {"select": escape(_("Select")), "edit": escape(_("Edit")), "untitled": escape(_("(no name)"))}
    row = _row_writer(spec, cells, words, may_change=actor.may(f"{spec.record_type}.change"))
    return mark_safe("".join(row(record) for record in records))  # noqa: S308 - each part was escaped


def _estimates(spec: ListSpec, columns: Sequence[Column], records: Sequence[Record]) -> Mapping[Any, Estimate]:
    """Of the empty cells of the page; nothing is asked where there are none."""
    names = estimated_fields(spec.record_type) & {column.name for column in columns}
    empty = {name: [record.pk for record in records if getattr(record, name) in (None, "")] for name in names}
    keys = {key for ids in empty.values() for key in ids}
    return estimates_of(spec.record_type, keys, [name for name, ids in empty.items() if ids])


def cell_html(spec: ListSpec, column: Column, record: Record, *, actor: Actor) -> SafeString:
    """The inside of one cell, as after an edit."""
    inside = inside_of(column, Known(titles_in([column], [record], actor), spec.tones))
    return mark_safe(inside(record))  # noqa: S308 - each part was escaped


def _inside(spec: ListSpec, column: Column, known: Known, explained: Mapping[str, str]) -> Show:
    """What stands in a cell; what a machine says leads to its reasons."""
    write, panel = inside_of(column, known), explained.get(column.name)
    if panel is None:
        return write
    why = escape(_("Why"))

    def linked(record: Record) -> str:
        shown = write(record)
        address = f"{record_address(spec.record_type, record.pk)}panel/{panel}/"
        return shown and f'<a class="cell-score" href="{address}" title="{why}" data-dialog>{shown}</a>'

    return linked


def _opening(column: Column, editable: Mapping[str, Field]) -> str:
    is_edited_here = column.field.editable and column.name in editable
    kind = ' class="number"' if column.is_number else ""
    edit = f' data-cell="{column.name}"' if is_edited_here else ""
    return f'<td data-label="{escape(str(column.label))}"{kind}{edit}>'


def _row_writer(spec: ListSpec, cells: Sequence[_Cell], words: Mapping[str, str], *, may_change: bool) -> Any:
    select, edit, untitled = words["select"], words["edit"], words["untitled"]

    def write(record: Record) -> str:
        key, title = record.pk, escape(record.title) or untitled
        address = record_address(spec.record_type, key)
        picture = avatar(record.title, shape="square") if spec.has_avatar else ""
        pencil = f'<a class="row-edit" href="{address}edit/" data-edit data-dialog>{edit}</a>' if may_change else ""
        inside = "".join(f"{cell.opening}{cell.inside(record)}</td>" for cell in cells)
        return (
            f'<tr data-row id="row-{key}"><td class="cell-select"><input type="checkbox" name="ids" value="{key}"'
            f' form="bulk" data-select aria-label="{select} {title}"></td><th scope="row" class="cell-first">'
            f'{picture}<a class="cell-title" href="{address}">{title}</a>{pencil}</th>{inside}</tr>'
        )

    return write
