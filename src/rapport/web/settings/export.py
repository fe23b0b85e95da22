"""Exporting record types, or everything, as a zip of files that an empty instance reads back."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.clock import today
from rapport.governance.dictionary import entry_of
from rapport.integrations.exporting.export import Export, zip_pieces
from rapport.integrations.exporting.formats import FORMATS
from rapport.integrations.exporting.tables import exported_types
from rapport.web.lists.streaming import attachment
from rapport.web.middleware import ActingRequest

from .access import needs

_PIECE = 1 << 16


@require_GET
@needs("record.export")
def choose(request: ActingRequest) -> HttpResponseBase:
    """What can be exported, and in which format."""
    types = sorted((entry_of(name) for name in exported_types(request.actor)), key=lambda entry: str(entry.plural))
    return render(request, "settings/export.html", {"types": types, "formats": FORMATS})


@require_GET
@needs("record.export")
def download(request: ActingRequest) -> HttpResponseBase:
    """The record types named with `type`, or all; made while it is sent, so that nobody waits for the whole."""
    export = Export(request.actor, tuple(request.GET.getlist("type")), request.GET.get("format", "csv"))
    pieces = _complete(export) if export.format == "xlsx" else zip_pieces(export)
    return attachment(request, pieces, name=f"rapport-{today().isoformat()}.zip", kind="application/zip")


def _complete(export: Export) -> Iterator[bytes]:
    """The whole is made first: a workbook may refuse a text, and that must be said before anything is sent."""
    file = TemporaryFile()  # noqa: SIM115 - closed when it was sent
    file.writelines(zip_pieces(export))
    file.seek(0)

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(_PIECE):
                yield piece

    return pieces()
