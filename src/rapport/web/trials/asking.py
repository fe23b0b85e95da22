"""Being asked first: one question after the other, with the keyboard alone if one likes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.domains import Link
from rapport.oversight.models import TrialCase
from rapport.oversight.trials.registry import Trialled, trialled
from rapport.oversight.trials.waiting import asked_again, waiting_of
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.records.lookup import titles_of
from rapport.web.records.values import fact_in_words
from rapport.web.ui.toasts import toast

from .questions import machine_in_words, machines_in_words, own_in_words

_SHOWN = 20
_LONGEST = 160
_DIGITS = 3


@dataclass(frozen=True)
class Asked:
    """One case: what is asked about which record, what both said where it may be told, and what came."""

    case: TrialCase
    trialled: Trialled
    title: str
    address: str
    facts: Sequence[tuple[str, str]] = ()
    own: str = ""
    machine: str = ""
    came: str = ""


@require_GET
def queue(request: ActingRequest) -> HttpResponse:
    """The question that waits longest, and those that were answered."""
    must_read(request)
    user_id = asked_user(request.actor)
    waiting = waiting_of(user_id)
    given = TrialCase.objects.visible_to(request.actor).filter(answered_at__isnull=False).select_related("trial")
    answered = _answered(list(given.order_by("-answered_at")[:_SHOWN]), request.actor)
    first, again = first_asked(waiting, request.actor), asked_again(user_id).first()
    context = {"first": first, "again": again, "waiting": waiting.count(), "answered": answered}
    return render(request, "trials/estimates.html", context)


def first_asked(waiting: "QuerySet[TrialCase]", actor: Actor) -> Asked | None:
    """The question that waits longest about a record that its person sees."""
    asked = (asked_of_person(case, actor) for case in waiting.select_related("trial")[:_SHOWN])
    return next((one for one in asked if one is not None), None)


def asked_user(actor: Actor) -> UUID:
    """Whom the questions are for; raises `Forbidden` when nobody is signed in."""
    if actor.user_id is None:
        raise Forbidden(_("Sign in to see what you are asked."))
    return actor.user_id


@require_POST
def estimate(request: ActingRequest, trialcase_id: UUID) -> HttpResponse:
    """Keep what the person says; then both numbers are shown where the question stood."""
    cases = TrialCase.objects.visible_to(request.actor).select_related("trial")
    case: TrialCase = get_object_or_404(cases, pk=trialcase_id)
    case.estimate(percent=None if request.POST.get("unsure") else typed_percent(request))
    if request.headers.get("HX-Request") == "true":
        from .today import question_for

        context = {"told": _told(case), "case": case, **question_for(request)}
        return render(request, "trials/today_answered.html", context)
    toast(request, _told(case))
    if case.is_asked_again:
        return redirect("trial-estimate-again", case.pk)
    if request.POST.get("then") == "queue":
        return redirect("trial-estimates")
    return redirect(record_address(case.subject_type, case.subject_id) or "trial-estimates")


def typed_percent(request: ActingRequest) -> int:
    """The number that was typed; raises `Problem` for anything else."""
    typed = request.POST.get("percent", "").strip().removesuffix("%").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
        raise Problem(_("Give a number from 0 to 100."))
    return int(typed)


def _told(case: TrialCase) -> str:
    if case.held_back:
        return _("Kept. In this case, drawn by chance, the machine's number stays hidden to the end.")
    if case.is_asked_again:
        return _("Kept. Now look at a number, and say once more how likely it is.")
    machine = machine_in_words(case)
    if not machine:
        return _("Kept. The machine gives no number here.")
    return _("Kept. You: %(own)s, the machine: %(machine)s.") % {"own": own_in_words(case) or "–", "machine": machine}


def asked_of_person(case: TrialCase, actor: Actor) -> Asked | None:
    """The question with the facts of its record; None when its person may not see that any more."""
    model = RECORD_TYPES[case.subject_type]
    record = model.objects.visible_to(actor).filter(pk=case.subject_id).first()
    if record is None:
        return None
    address = record_address(case.subject_type, case.subject_id)
    return Asked(case, trialled(case.trial.prediction), record.title, address, _facts(record, actor))


def _facts(record: Record, actor: Actor) -> list[tuple[str, str]]:
    """What the lists show of it, too."""
    fields = [one for one in entry_of(record.record_type).readable_by(actor).values() if one.in_list]
    linked: dict[str, set[UUID]] = {}
    for field in fields:
        if isinstance(field.domain, Link) and (key := getattr(record, f"{field.name}_id", None)):
            linked.setdefault(field.domain.target, set()).add(key)
    titles = titles_of(linked, actor)
    told = ((str(one.label), _value(one, record, titles)) for one in fields)
    return [(label, text[:_LONGEST]) for label, text in told if text and text != record.title]


def _value(field: Field, record: Record, titles: Mapping[UUID, str]) -> str:
    if isinstance(field.domain, Link):
        return titles.get(getattr(record, f"{field.name}_id", None) or record.pk, "")
    return fact_in_words(field, record)


def _answered(cases: Sequence[TrialCase], actor: Actor) -> list[Asked]:
    """What was said of these cases; titles and numbers are asked for at once."""
    subjects: dict[str, set[UUID]] = {}
    for case in cases:
        subjects.setdefault(case.subject_type, set()).add(case.subject_id)
    titles, machines = titles_of(subjects, actor), machines_in_words(cases)
    return [_with_both(case, titles.get(case.subject_id), machines.get(case.pk, "")) for case in cases]


def _with_both(case: TrialCase, title: str | None, machine: str) -> Asked:
    known = trialled(case.trial.prediction)
    came = "" if case.outcome is None else str(known.yes if case.outcome else known.no)
    is_over = not case.trial.is_running and case.outcome_at is not None
    is_told = (not case.held_back or is_over) and not case.is_asked_again
    return Asked(
        case,
        known,
        _("a record that you no longer see") if title is None else title,
        "" if title is None else record_address(case.subject_type, case.subject_id),
        own=own_in_words(case) or _("no view"),
        machine=machine if is_told else _("not shown yet"),
        came=came,
    )
