"""Exports made in the background: how far each is, its file, stopping it and deleting it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.integrations.exporting.making import note
from rapport.integrations.models import Download, DownloadState

from .access import needs


def own_downloads() -> QuerySet[Download]:
    """Those of whoever asks, newest first."""
    return Download._base_manager.filter(asked_by_id=current_actor().user_id).order_by("-created_at", "pk")


@never_cache
@require_GET
@needs("record.export")
def download(request: HttpRequest, download_id: UUID) -> HttpResponse:
    """One export: its progress, then its file."""
    return render(request, "exporting/download.html", {"download": _own(download_id)})


@never_cache
@require_GET
@needs("record.export")
def progress(request: HttpRequest, download_id: UUID) -> HttpResponse:
    """How far it is, asked every second; once it has ended the page shows the rest."""
    found = _own(download_id)
    if found.is_under_way:
        return render(request, "exporting/progress.html", {"download": found})
    response = HttpResponse()
    response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@needs("record.export")
def file(_request: HttpRequest, download_id: UUID) -> HttpResponseBase:
    """The file itself; where it isn't there, the page says why."""
    found = _own(download_id)
    try:
        stream = found.path.open("rb") if found.state == DownloadState.READY else None
    except OSError:
        stream = None
    if stream is None:
        return redirect("settings-download", download_id)
    response = FileResponse(
        stream, as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@needs("record.export")
def stop(_request: HttpRequest, download_id: UUID) -> HttpResponse:
    """Ask the work to end; what was written is thrown away."""
    found = _own(download_id)
    if found.state == DownloadState.WAITING:
        note(found, stop_asked=True, state=DownloadState.STOPPED)
    elif found.is_under_way:
        note(found, stop_asked=True)
    return redirect("settings-download", download_id)


@require_POST
@needs("record.export")
def discard(_request: HttpRequest, download_id: UUID) -> HttpResponse:
    """Delete the file."""
    found = _own(download_id)
    if found.state == DownloadState.READY:
        found.discard()
    return redirect("settings-export")


def _own(download_id: UUID) -> Download:
    return get_object_or_404(own_downloads(), pk=download_id)
