"""The whole form of a record: new, in a page or in the dialog from anywhere, and for a change of many fields."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.web.forms.record_form import RecordForm
from rapport.web.forms.versions import settle, version_of
from rapport.web.middleware import ActingRequest

from ..alike import remember_others
from ..clashes import clash_of
from ..facts import worked_out_facts
from ..lookup import page_or_404, record_or_404
from ..page import RecordPage
from .facts import may_change
from .parts import CONFLICT, UNPROCESSABLE, answer, next_address


@require_http_methods(["GET", "POST"])
def new_record(request: ActingRequest, record_type: str) -> HttpResponse:
    """Ask for the facts of a new record, and create it."""
    page = page_or_404(record_type)
    if not page.may(request.actor, "create"):
        refused = {"verb": VERBS[f"{page.type}.create"].label}
        raise Forbidden(_("You may not do this: “%(verb)s”. Ask an administrator.") % refused)
    if request.method == "GET":
        return _ask_new(request, page, RecordForm(page.model, _asked(request, page), given=_given(request, page)))
    if "all" in request.POST:
        return _ask_new(request, page, RecordForm(page.model, page.asked_of(request.actor, None), posted=request.POST))
    asked = _asked(request, page)
    form = RecordForm(page.model, asked, posted=request.POST, due=[field.name for field in asked])
    made = form.attempt(lambda: page.create(form.values)) if form.is_valid else None
    if made is None:
        return _ask_new(request, page, form, status=UNPROCESSABLE)
    remember_others(made, request.POST, request.actor)
    if "another" in request.POST:
        return redirect(request.get_full_path())
    return redirect(next_address(request, page.address(made)))


def _asked(request: ActingRequest, page: RecordPage) -> list[Any]:
    """The short form in the dialog, the whole one on a page; what was posted decides again."""
    is_short = (request.POST.get("size") or request.GET.get("size")) == "quick" or _in_dialog(request)
    whole = page.asked_of(request.actor, None)
    if not is_short or request.GET.get("size") == "whole":
        return whole
    return [field for field in page.quick_fields() if field in whole]


def _in_dialog(request: ActingRequest) -> bool:
    return request.method == "GET" and request.headers.get("HX-Target", "").endswith("#dialog")


def _given(request: ActingRequest, page: RecordPage) -> QueryDict:
    given = request.GET.copy()
    for name, value in page.prefilled(request.GET, request.actor).items():
        if name not in given:
            given[name] = str(value)
    return given


def _ask_new(request: ActingRequest, page: RecordPage, form: RecordForm, status: int = 200) -> HttpResponse:
    is_quick = len(form.fields) < len(page.asked_of(request.actor, None))
    return answer(
        request,
        "records/new.html",
        page,
        None,
        status=status,
        form=form,
        size="quick" if is_quick else "whole",
        next=next_address(request, ""),
    )


@require_http_methods(["GET", "POST"])
def edit_record(request: ActingRequest, record_type: str, record_id: UUID) -> HttpResponse:
    """Ask for all facts of a record at once, and change those that differ."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    may_change(page, record, None, request.actor)
    if request.method == "GET":
        return _ask(request, page, record, RecordForm(page.model, page.asked_of(request.actor, record), record=record))
    return _save(request, page, record)


def _save(request: ActingRequest, page: RecordPage, record: Record) -> HttpResponse:
    form = RecordForm(page.model, page.asked_of(request.actor, record), record=record, posted=request.POST)
    if not form.is_valid:
        return _ask(request, page, record, form, status=UNPROCESSABLE)
    if touched := settle(form):
        fields = form.fields
        clashes = {name: clash_of(form, fields[name], touch, request.actor) for name, touch in touched.items()}
        return _ask(request, page, record, form, status=CONFLICT, clashes=clashes)
    changes = form.changes()
    if changes:
        form.attempt(lambda: record.change(**changes))
    if form.has_errors:
        return _ask(request, page, record, form, status=UNPROCESSABLE)
    return redirect(next_address(request, page.address(record)))


def _ask(
    request: ActingRequest, page: RecordPage, record: Record, form: RecordForm, status: int = 200, **more: Any
) -> HttpResponse:
    form.clashes = more.get("clashes", {})
    version = version_of(record) if status in (200, CONFLICT) else request.POST.get("version", "")
    following = next_address(request, "")
    told: dict[str, Any] = {"form": form, "version": version, "next": following}
    told["facts"] = worked_out_facts(page, record, request.actor)
    return answer(request, "records/edit.html", page, record, status=status, **told)
