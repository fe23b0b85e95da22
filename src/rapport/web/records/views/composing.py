"""Adding to a record: notes, tasks, meetings, calls, mails, files."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rapport.web.forms.uploads import upload_of
from rapport.web.middleware import ActingRequest

from ..composer import KINDS, Composer, add_to, composer_for
from ..lookup import page_or_404, record_or_404
from .page import timeline_part
from .parts import UNPROCESSABLE, answer, next_address, wants


@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, record_type: str, record_id: UUID, kind: str) -> HttpResponse:
    """Ask for what is to be added, and add it."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    posted = request.POST if request.method == "POST" else None
    composer = composer_for(record, request.actor, kind, posted)
    if kind not in KINDS or composer is None or composer.kind != kind or not page.timeline:
        raise Http404
    is_part = wants(request, "composer")
    template = "records/composer.html" if is_part else "records/add.html"
    if request.method == "GET":
        return answer(request, template, page, record, composer=composer)
    upload = upload_of(request) if composer.takes_file else None
    if add_to(record, request.actor, composer, upload) is None:
        kept = upload.kept(request) if upload else None
        return answer(request, template, page, record, status=UNPROCESSABLE, composer=composer, kept_file=kept)
    if not is_part:
        return redirect(next_address(request, page.address(record)))
    fresh: Composer | None = composer_for(record, request.actor, kind)
    return answer(
        request, "records/composed.html", page, record, composer=fresh, **timeline_part(request, page, record)
    )
