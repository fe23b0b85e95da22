"""Doing a verb of one record: at once when it needs nothing, else after its small form. Also deleting and undo."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.events import Event
from rapport.core.problems import Forbidden
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.undo import undo_event
from rapport.web.forms.offers import offers_of
from rapport.web.forms.record_form import RecordForm
from rapport.web.middleware import ActingRequest
from rapport.web.places import has_page, record_address
from rapport.web.ui.toasts import toast

from ..actions import Action, fillable
from ..left_alone import left_alone_in_words
from ..listed import list_of
from ..lookup import page_or_404, record_or_404
from ..page import RecordPage
from .parts import UNPROCESSABLE, answer, next_address


@require_http_methods(["GET", "POST"])
def do(request: ActingRequest, record_type: str, record_id: UUID, verb: str) -> HttpResponse:
    """Ask for what a verb needs, and do it."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    action = next((found for found in page.actions_for(record, request.actor) if found.verb == verb), None)
    if action is None:
        return _not_offered(page, verb)
    form = _form(request, record, action)
    if request.method == "GET":
        return _ask(request, page, record, action, form)
    if not form.is_valid:
        return _ask(request, page, record, action, form, status=UNPROCESSABLE)
    given = {name: value for name, value in form.values.items() if value not in (None, "")}
    result = form.attempt(lambda: (getattr(record, verb)(**given),))
    if result is None:
        return _ask(request, page, record, action, form, status=UNPROCESSABLE)
    return redirect(next_address(request, _after(page, record, action.leads_to(result[0]))))


def _form(request: ActingRequest, record: Record, action: Action) -> RecordForm:
    answers = request.POST if request.method == "POST" else request.GET
    fields = fillable(action, action.fields(record, answers), type(record), request.actor)
    offers = offers_of(record, [field for field in fields if field.name not in action.hidden], request.actor)
    if request.method == "POST":
        due = [field.name for field in action.arguments or ()]  # what the verb can't even be called without
        return RecordForm(None, fields, posted=request.POST, hidden=action.hidden, due=due, offers=offers)
    return RecordForm(None, fields, given=_given(request, action, record), hidden=action.hidden, offers=offers)


def _not_offered(page: RecordPage, verb: str) -> HttpResponse:
    """A verb that exists is refused in words; anything else is no address."""
    from rapport.core.verbs import VERBS

    declared = VERBS.get(f"{page.type}.{verb}")
    if declared is None:
        raise Http404
    refusal = _("This can't be done here now, or you may not do it: “%(verb)s”. Reload the page to see what can.")
    raise Forbidden(refusal % {"verb": declared.label})


def _given(request: ActingRequest, action: Action, record: Record) -> QueryDict:
    given = request.GET.copy()
    for name, value in action.given(record, request.GET).items():
        given.setdefault(name, str(value))
    return given


def _after(page: RecordPage, record: Record, made: Record | None) -> str:
    """What a verb made, if that has a page; else the record it was done to."""
    if made is not None and has_page(made.record_type):
        return record_address(made.record_type, made.pk)
    return page.address(record)


def _ask(
    request: ActingRequest, page: RecordPage, record: Record, action: Action, form: RecordForm, **more: Any
) -> HttpResponse:
    following = next_address(request, "")
    return answer(request, "records/verb.html", page, record, action=action, form=form, next=following, **more)


@require_http_methods(["GET", "POST"])
def remove(request: ActingRequest, record_type: str, record_id: UUID) -> HttpResponse:
    """Ask once more, then delete."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    if not page.may(request.actor, "remove", record):
        return _not_offered(page, "remove")
    form = RecordForm(None, (), posted=request.POST)
    if request.method == "POST":
        done = form.attempt(lambda: (record.remove(),))
        if done is not None:
            return redirect(_elsewhere(request, record, page.way_back))
    status = UNPROCESSABLE if form.has_errors else 200
    return answer(request, "records/remove.html", page, record, status=status, form=form)


def _elsewhere(request: ActingRequest, record: Record, otherwise: str) -> str:
    """Where to go on; never to the page of what is gone."""
    wanted = next_address(request, otherwise)
    return otherwise if str(record.pk) in wanted else wanted


@require_http_methods(["GET", "POST"])
def undo(request: ActingRequest, event_id: int) -> HttpResponse:
    """Ask whether to take an event back, and do so; what has to stay is told."""
    event = _event_or_404(request, event_id)
    if request.method == "GET":
        return answer_undo(request, event)
    result = undo_event(event)
    kept = left_alone_in_words(request.actor, result.conflicts)
    if kept:
        toast(request, _("Undone, but for this: %(kept)s") % {"kept": "; ".join(kept[:5])}, bad=True)
    return redirect(_still_there(event, next_address(request, _home_of(event))))


def answer_undo(request: ActingRequest, event: Event) -> HttpResponse:
    """The question, for whoever comes by address instead of by button."""
    from django.shortcuts import render

    return render(request, "records/undo.html", {"event": event, "next": next_address(request, _home_of(event))})


def _event_or_404(request: ActingRequest, event_id: int) -> Event:
    """One's own events, and those about records one may see."""
    event = get_object_or_404(Event, pk=min(event_id, 2**63 - 1))
    if event.actor_id is not None and event.actor_id == request.actor.user_id:
        return event
    model = RECORD_TYPES.get(event.subject_type)
    if request.actor.sees_everything:
        return event
    if (
        model is None
        or event.subject_id is None
        or not model.objects.visible_to(request.actor).filter(pk=event.subject_id).exists()
    ):
        raise Http404
    return event


def _home_of(event: Event) -> str:
    if event.subject_id is None or not has_page(event.subject_type):
        return "/"
    return record_address(event.subject_type, event.subject_id)


def _still_there(event: Event, wanted: str) -> str:
    """The wanted page, unless it is about a record that the undo took away."""
    model = RECORD_TYPES.get(event.subject_type)
    if model is None or event.subject_id is None or str(event.subject_id) not in wanted:
        return wanted
    exists = model._base_manager.filter(pk=event.subject_id).exists()
    return wanted if exists else list_of(event.subject_type) or "/"
