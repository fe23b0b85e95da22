"""Editing one fact in place: works as a part of the page, and as a page of its own without scripts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field
from rapport.web.forms.offers import offers_of
from rapport.web.forms.record_form import RecordForm
from rapport.web.forms.versions import settle, version_of
from rapport.web.middleware import ActingRequest

from ..clashes import clash_of
from ..facts import fact_of
from ..lookup import page_or_404, record_or_404
from ..page import RecordPage
from .page import head_part
from .parts import CONFLICT, UNPROCESSABLE, answer, next_address, wants


@require_GET
def fact(request: ActingRequest, record_type: str, record_id: UUID, name: str) -> HttpResponse:
    """The fact as it is: what giving up an edit comes back to."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    field = _field(page, name, request.actor)
    if not wants(request, ""):
        return redirect(page.address(record))
    return answer(request, "records/fact.html", page, record, fact=fact_of(page, record, field, request.actor))


@require_http_methods(["GET", "POST"])
def edit_fact(request: ActingRequest, record_type: str, record_id: UUID, name: str) -> HttpResponse:
    """Ask for one fact, and change it."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    field = _field(page, name, request.actor)
    may_change(page, record, field, request.actor)
    if request.method == "GET":
        offers = offers_of(record, [field], request.actor)
        return _ask(request, page, record, RecordForm(page.model, [field], record=record, offers=offers))
    return _save(request, page, record, field)


def _save(request: ActingRequest, page: RecordPage, record: Record, field: Field) -> HttpResponse:
    form = RecordForm(page.model, [field], record=record, posted=request.POST)
    if not form.is_valid:
        return _ask(request, page, record, form, status=UNPROCESSABLE)
    if clashes := settle(form):
        clash = clash_of(form, field, clashes[field.name], request.actor)
        return _ask(request, page, record, form, status=CONFLICT, clash=clash)
    changes = form.changes()
    if changes:
        form.attempt(lambda: record.change(**changes))
    if form.has_errors:
        return _ask(request, page, record_or_404(page, record.pk, request.actor), form, status=UNPROCESSABLE)
    if not wants(request, ""):
        return redirect(next_address(request, page.address(record)))
    return _saved(request, page, record_or_404(page, record.pk, request.actor), field)


def _saved(request: ActingRequest, page: RecordPage, record: Record, field: Field) -> HttpResponse:
    """The fact again, and with it the head of the page, which may show it too."""
    shown = fact_of(page, record, field, request.actor)
    return answer(
        request, "records/fact_saved.html", page, record, fact=shown, **head_part(page, record, request.actor)
    )


def _ask(request: ActingRequest, page: RecordPage, record: Record, form: RecordForm, **more: Any) -> HttpResponse:
    is_part = wants(request, "")
    template = "records/fact_form.html" if is_part else "records/fact_page.html"
    back_to = "" if is_part else next_address(request, page.address(record))
    told: dict[str, Any] = {"asked": form.inputs[0], "version": version_of(record), "back_to": back_to}
    return answer(request, template, page, record, form=form, **told, **more)


def _field(page: RecordPage, name: str, actor: Actor) -> Field:
    readable = page.entry.readable_by(actor)
    if name not in readable:
        raise Http404
    return readable[name]


def may_change(page: RecordPage, record: Record, field: Field | None, actor: Actor) -> None:
    """Raise `Forbidden` where the verb would, before anything is asked; 404 for what is never edited in place."""
    if field is not None and not field.editable:
        raise Http404
    is_locked = field is not None and field.name not in page.entry.editable_by(actor)
    if is_locked or not page.may(actor, "change", record):
        raise Forbidden(_refusal(page))


def _refusal(page: RecordPage) -> str:
    from django.utils.translation import gettext as _

    label = VERBS[f"{page.type}.change"].label
    return _("You may not do this: “%(verb)s”. Ask an administrator.") % {"verb": label}
