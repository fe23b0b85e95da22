"""The history of one record."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from rapport.web.middleware import ActingRequest
from rapport.web.ui.addresses import whole_number

from ..history import history_page
from ..lookup import page_or_404, record_or_404
from .parts import answer, wants


@require_GET
def history(request: ActingRequest, record_type: str, record_id: UUID) -> HttpResponse:
    """Every event that touched the record, newest first."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    told = history_page(record, request.actor, before=whole_number(request.GET.get("before", "")))
    template = "records/history.html#lines" if wants(request, "history-older") else "records/history.html"
    return answer(request, template, page, record, history=told, has_panels=bool(page.panels))
