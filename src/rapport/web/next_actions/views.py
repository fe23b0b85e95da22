"""The list of what to do next, and answering it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES
from rapport.core.texts import without_unkept
from rapport.insights.models import NextActionAnswer, WhyNot
from rapport.insights.models.next_action import parts_of
from rapport.insights.next_actions.entries import Entry
from rapport.insights.next_actions.listing import actions_for, suggestion_named
from rapport.insights.next_actions.ranking import UP
from rapport.insights.next_actions.showing import note_shown
from rapport.insights.next_actions.source import all_sources
from rapport.insights.next_actions.suggestion import How, Kind, Suggestion
from rapport.web.middleware import ActingRequest
from rapport.web.records.views.parts import next_address
from rapport.web.ui.addresses import whole_number

from .shown import ICONS, address_of, answers_for, in_words, lines_of

_SHOWN, _MORE, _MOST = 15, 60, 1_000


@require_GET
def whole(request: ActingRequest) -> HttpResponse:
    """The whole list of who is signed in, narrowed by kind or source."""
    listing = actions_for(request.actor)
    note_shown(request.actor, listing)
    chosen = {name: request.GET.get(name, "") for name in ("kind", "source")}
    found = [one for one in listing.entries if _fits(one, chosen)] if any(chosen.values()) else listing.entries
    lines = _how_many(request.GET.get("lines", ""))
    context = {
        "lines": lines_of(found[:lines]),
        "left_out": max(len(found) - lines, 0),
        "longer": urlencode({**{name: value for name, value in chosen.items() if value}, "lines": lines + _MORE}),
        "is_stopped": listing.is_stopped,
        "chosen": chosen,
        "kinds": _counted([one.kind for one in listing.suggestions]),
        "sources": _counted([one.source for one in listing.suggestions]),
        "answers": answers_for(request.actor, "/next/"),
    }
    return render(request, "next_actions/page.html", context)


def _how_many(text: str) -> int:
    return whole_number(text, most=_MOST) or _SHOWN


def _fits(entry: Entry, chosen: Mapping[str, str]) -> bool:
    one = entry.suggestion
    return chosen["kind"] in ("", one.kind) and chosen["source"] in ("", one.source)


def _counted(values: Sequence[str]) -> list[tuple[str, str, int]]:
    """Each kind or source with its label and number, in the order of the list."""
    labels = {key: source.label for key, source in all_sources().items()} | dict(Kind.choices)
    return [(str(value), str(labels[value]), number) for value, number in Counter(values).items()]


@require_GET
def on_today(request: ActingRequest) -> HttpResponse:
    """The first ones, for the Today page."""
    listing = actions_for(request.actor)
    note_shown(request.actor, listing)
    context = {
        "lines": lines_of(listing.entries[:UP]),
        "count": len(listing.entries),
        "is_stopped": listing.is_stopped,
        "answers": answers_for(request.actor, "/"),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "next_actions/today.html" if is_part else "next_actions/today_page.html", context)


@require_POST
def take(request: ActingRequest) -> HttpResponse:
    """Begin with it: make the task, or go where it is done."""
    found = _found(request)
    back_to = next_address(request, "/next/")
    step, todo = found.step, _todo(found)
    task = None
    if step.how is How.TASK:
        about = [(found.record.record_type, found.record.pk)]
        task = {"subject": step.values.get("subject", todo), "due_on": today(), "about": about}
    with transaction.atomic():
        NextActionAnswer.take(key=found.key, todo=todo, task=task)
    return redirect(address_of(found, back_to=back_to) or back_to)


@require_POST
def put_off(request: ActingRequest) -> HttpResponse:
    """Leave it out until a day."""
    found = _found(request)
    until = _day(request.POST.get("until", ""))
    NextActionAnswer.snooze(key=found.key, todo=_todo(found), until=until)
    return _answered(request, found, _("Put off"))


@require_POST
def refuse(request: ActingRequest) -> HttpResponse:
    """Leave it out for good, with a reason."""
    found = _found(request)
    code = request.POST.get("code", "")
    NextActionAnswer.refuse(
        key=found.key,
        todo=_todo(found),
        code=code if code in WhyNot.values else WhyNot.OTHER,
        reason=without_unkept(request.POST.get("reason", ""))[:2000],
    )
    return _answered(request, found, _("Refused"))


def _day(text: str) -> date:
    try:
        day = parse_date(text) if text else today() + timedelta(days=1)
    except ValueError:
        day = None
    if day is None or day <= today():
        raise Problem(_("“%(text)s” is no day after today. Choose one.") % {"text": text[:40]})
    return day


def _todo(found: Suggestion) -> str:
    return in_words(found.todo, "")


def _found(request: ActingRequest) -> Suggestion:
    """The suggestion that was answered, as it stands now: only what the actor may see, and still stands."""
    key = without_unkept(request.POST.get("key", ""))[:200]
    _source, record_type, record_id = parts_of(key)
    model = RECORD_TYPES.get(record_type)
    record = model.objects.visible_to(request.actor).filter(pk=record_id).first() if model else None
    if record is None:
        raise Http404
    found = suggestion_named(request.actor, record, key)
    if found is None:
        raise Problem(_("This suggestion is no longer there. Look at the list again."))
    return found


def _answered(request: ActingRequest, found: Suggestion, word: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        context = {"todo": _todo(found), "icon": ICONS[found.kind], "word": word}
        return render(request, "next_actions/answered.html", context)
    return redirect(next_address(request, "/next/"))
