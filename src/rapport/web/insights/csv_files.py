"""What insights tell, as CSV files."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.core.spreadsheets import neutral


def may_export(actor: Actor) -> bool:
    """Whether files are offered to this reader."""
    return actor.may("record.export")


def must_export(actor: Actor) -> None:
    """Raise `Forbidden` for whoever may not take data away."""
    if not may_export(actor):
        raise Forbidden(_("You may not export. Ask an administrator."))


def csv_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A file that no spreadsheet takes for formulas."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([neutral(str(cell)) if cell is not None else "" for cell in row] for row in rows)
    return response
