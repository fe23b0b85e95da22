"""Serving kept files safely: as a download, never as a page of ours, to those who may see the record."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from rapport.activities.models import File
from rapport.activities.storage import path_of
from rapport.web.middleware import ActingRequest

SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"})


@require_GET
def content(request: ActingRequest, record_id: UUID) -> HttpResponseBase:
    """The content of a file; `?show=1` shows harmless kinds in the browser instead of saving them."""
    file = File.objects.visible_to(request.actor).filter(pk=record_id).first()
    if file is None:
        raise Http404
    try:
        stream = path_of(file.sha256).open("rb")
    except (OSError, ValueError):
        raise Http404 from None
    in_place = "show" in request.GET and file.content_type in SHOWN_IN_PLACE
    response = FileResponse(
        stream, as_attachment=not in_place, filename=file.subject or "file", content_type=file.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
