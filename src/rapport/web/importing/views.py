"""All imports with the upload, and the rows of a file that were not used."""

from contextlib import ExitStack
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.problems import Problem
from rapport.integrations.importing import service
from rapport.integrations.importing.incoming import Incoming, discard, incoming_file
from rapport.integrations.models import Import
from rapport.web.settings.access import needs
from rapport.web.ui.addresses import whole_number
from rapport.web.ui.toasts import toast

from .finding import found_file, found_import

_SHOWN = 50
_ROWS = 100


@require_http_methods(["GET", "POST"])
@needs("record.import")
def imports(request: HttpRequest) -> HttpResponse:
    """Earlier imports and the upload; a POST takes files in and leads to their mapping."""
    problem = ""
    if request.method == "POST":
        try:
            started = _started(request)
            toast(request, _("The files were read. Nothing is imported yet."))
            return redirect("import", started.pk)
        except Problem as found:
            problem = str(found)
    context = {"imports": service.imports_visible().select_related("started_by")[:_SHOWN], "problem": problem}
    return render(request, "importing/imports.html", context, status=422 if problem else 200)


def _started(request: HttpRequest) -> Import:
    """Files that come with the form, and those that came in pieces before it."""
    files = request.FILES.getlist("files")
    arrived = [_arrived(text) for text in request.POST.getlist("arrived")]
    if not files and not arrived:
        raise Problem(_("Choose at least one file: CSV, Excel (XLSX) or JSON."))
    uploads = [service.Upload(file.name or "file", cast("BinaryIO", file.file)) for file in files]
    try:
        with ExitStack() as opened:
            uploads += [service.Upload(file.name, opened.enter_context(file.path.open("rb"))) for file in arrived]
            return service.start_import(uploads, all_or_none=False)
    finally:
        for file in arrived:
            discard(file)


def _arrived(text: str) -> Incoming:
    """A file that came in pieces; raises `Problem` when it isn't all there."""
    try:
        file = incoming_file(UUID(text))
    except ValueError:
        raise Problem(_("Choose at least one file: CSV, Excel (XLSX) or JSON.")) from None
    if not file.is_complete:
        raise Problem(
            _("“%(file)s” has not arrived completely. Choose it again: it goes on where it stopped.")
            % {"file": file.name}
        )
    return file


@require_GET
@needs("record.import")
def rows(request: HttpRequest, import_id: UUID, file_id: int) -> HttpResponse:
    """The rows of a file that were not used, each with its line and reason; `?from=` goes on."""
    subject = found_import(import_id)
    file = found_file(subject, file_id)
    start = whole_number(request.GET.get("from", ""), most=10_000_000) or 0
    notes = list(service.row_notes(file, offset=start, limit=_ROWS + 1))
    following = start + _ROWS if len(notes) > _ROWS else None
    context = {"import": subject, "file": file, "notes": notes[:_ROWS], "next": following}
    return render(request, "importing/rows.html", context)


@require_GET
@needs("record.import")
def bad_rows(request: HttpRequest, import_id: UUID, file_id: int) -> StreamingHttpResponse:
    """The same rows as a CSV file, to be corrected and imported again."""
    file = found_file(found_import(import_id), file_id)
    response = StreamingHttpResponse(service.bad_rows_csv(file), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="rows-not-imported.csv"'
    return response
