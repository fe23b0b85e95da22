"""Editing one cell of a list in its place."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field
from rapport.web.forms.record_form import RecordForm
from rapport.web.forms.versions import settle, version_of
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address

from .columns import choosable
from .rows import cell_html
from .spec import ListSpec
from .views import spec_or_404

_UNPROCESSABLE, _CONFLICT = 422, 409


@require_http_methods(["GET", "POST"])
def cell(request: ActingRequest, record_type: str, record_id: UUID, name: str) -> HttpResponse:
    """The form inside a cell, or with `?shown` and after saving the value again; without htmx the record's own page."""
    spec = spec_or_404(record_type, request.actor)
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{record_address(record_type, record_id)}edit/{name}/")
    field = spec.entry.editable_by(request.actor).get(name)
    if field is None or not field.editable or name not in choosable(spec, request.actor):
        raise Http404
    record = get_object_or_404(spec.model.objects.visible_to(request.actor), pk=record_id)
    if "shown" in request.GET:
        return _shown(request, spec, record, field)
    _must_be_allowed(request, spec, record)
    if request.method == "POST":
        return _save(request, spec, record, field)
    return _ask(request, spec, record, RecordForm(spec.model, [field], record=record))


def _must_be_allowed(request: ActingRequest, spec: ListSpec, record: Record) -> None:
    declared = VERBS[f"{spec.record_type}.change"]
    if not (request.actor.may(declared.permission) and record.may_be_changed_by(request.actor)):
        from django.utils.translation import gettext as _

        raise Forbidden(_("You may not change “%(title)s”. Ask its owner.") % {"title": record.title})


def _save(request: ActingRequest, spec: ListSpec, record: Record, field: Field) -> HttpResponse:
    form = RecordForm(spec.model, [field], record=record, posted=request.POST)
    if not form.is_valid:
        return _ask(request, spec, record, form, status=_UNPROCESSABLE)
    if settle(form):
        return _ask(request, spec, record, form, status=_CONFLICT, clash=True)
    changes = form.changes()
    if changes:
        form.attempt(lambda: record.change(**changes))
    if form.has_errors:
        return _ask(request, spec, record, form, status=_UNPROCESSABLE)
    return _shown(request, spec, spec.model.objects.get(pk=record.pk), field)


def _shown(request: ActingRequest, spec: ListSpec, record: Record, field: Field) -> HttpResponse:
    column = choosable(spec, request.actor)[field.name]
    return HttpResponse(cell_html(spec, column, record, actor=request.actor))


def _ask(
    request: ActingRequest, spec: ListSpec, record: Record, form: RecordForm, *, status: int = 200, clash: bool = False
) -> HttpResponse:
    context = {
        "asked": form.inputs[0],
        "form": form,
        "record": record,
        "clash": clash,
        "version": version_of(record),
        "address": f"{spec.path}{record.pk}/cell/{form.inputs[0].name}/",
    }
    return render(request, "lists/cell_form.html", context, status=status)
