"""Changing or deleting several records: which field, which value, what it would do, then doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.several import Outcome, Refusal, rehearse
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field
from rapport.web.forms.record_form import RecordForm
from rapport.web.middleware import ActingRequest
from rapport.web.records.values import fact_in_words
from rapport.web.ui.toasts import toast

from .jobs import change_in_background, remove_in_background
from .selecting import chosen_ids, records_of
from .spec import ListSpec
from .views import spec_or_404

REHEARSED = 50
WAITED_FOR = 300
NAMED = 3
_UNPROCESSABLE = 422


@dataclass(frozen=True)
class Line:
    """What would happen to one record; `refusal` says why nothing would."""

    title: str
    before: str = ""
    after: str = ""
    refusal: str = ""


@require_POST
def change(request: ActingRequest, record_type: str) -> HttpResponse:
    """Ask for a field and its value, show what would change, and change it."""
    spec = _spec(request, record_type, "change_several")
    ids = chosen_ids(request, spec)
    changeable = {field.name: field for field in changeable_fields(spec, request.actor)}
    field = changeable.get(request.POST.get("field", ""))
    if field is None:
        return _answer(request, spec, ids, "lists/bulk_field.html", fields=list(changeable.values()))
    is_answered = "preview" in request.POST or "confirm" in request.POST
    form = RecordForm(spec.model, [field], posted=request.POST if is_answered else None)
    if not is_answered or not form.is_valid or field.name not in form.values:
        status = _UNPROCESSABLE if is_answered else 200
        return _answer(request, spec, ids, "lists/bulk_value.html", status=status, field=field, form=form)
    if "confirm" in request.POST:
        return _change(request, spec, ids, field, form)
    lines = _rehearsed_change(request, spec, ids, field, form)
    return _answer(request, spec, ids, "lists/bulk_preview.html", field=field, kept=_answers(request, field), **lines)


def changeable_fields(spec: ListSpec, actor: Actor) -> list[Field]:
    """The fields that the actor may set on several records at once."""
    return [field for field in spec.entry.editable_by(actor).values() if field.editable and field.form]


def _spec(request: ActingRequest, record_type: str, verb: str) -> ListSpec:
    spec = spec_or_404(record_type, request.actor)
    declared = VERBS[f"{record_type}.{verb}"]
    if not request.actor.may(declared.permission):
        raise Forbidden(_("You may not do this: “%(verb)s”. Ask an administrator.") % {"verb": declared.label})
    return spec


def _answer(
    request: ActingRequest, spec: ListSpec, ids: Sequence[UUID], template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    takes_all = request.POST.get("all") == "1"
    chosen = [("all", "1")] if takes_all else [("ids", str(key)) for key in ids]
    back = f"{spec.path}?{request.GET.urlencode()}"
    context = {"spec": spec, "entry": spec.entry, "chosen": chosen, "count": len(ids), "back": back, **more}
    return render(request, template, {**context, "query": request.GET.urlencode()}, status=status)


def _answers(request: ActingRequest, field: Field) -> list[tuple[str, str]]:
    """What was typed for the field, to be sent again with the confirmation."""
    names = [name for name in request.POST if name == field.name or name.startswith(f"{field.name}__")]
    return [(name, str(value)) for name in names for value in request.POST.getlist(name)]


def _rehearsed_change(
    request: ActingRequest, spec: ListSpec, ids: Sequence[UUID], field: Field, form: RecordForm
) -> dict[str, Any]:
    records = records_of(spec, ids[:REHEARSED], request)
    before = {record.pk: fact_in_words(field, record) for record in records}
    told = rehearse(f"{spec.record_type}.change", records, lambda record: record.change(**form.values))
    lines = [_line(record, before[record.pk], fact_in_words(field, record), told[record.pk]) for record in records]
    return _sorted(lines, len(ids))


def _line(record: Record, before: str, after: str, refusal: str | None) -> Line:
    return Line(record.title, before, "" if refusal else after, refusal or "")


def _sorted(lines: Sequence[Line], count: int) -> dict[str, Any]:
    """Lines by what would happen; `beyond` are the records not looked at one by one."""
    return {
        "lines": [line for line in lines if not line.refusal and line.before != line.after],
        "unchanged": sum(not line.refusal and line.before == line.after for line in lines),
        "refused": [line for line in lines if line.refusal],
        "beyond": count - len(lines),
    }


def _change(
    request: ActingRequest, spec: ListSpec, ids: Sequence[UUID], field: Field, form: RecordForm
) -> HttpResponse:
    if len(ids) > WAITED_FOR:
        answers: dict[str, list[str]] = {}
        for name, value in _answers(request, field):
            answers.setdefault(name, []).append(value)
        return _later(request, spec, change_in_background, ids, field=field.name, answers=answers)
    outcome = form.attempt(lambda: spec.model.change_several(ids, **form.values))
    if outcome is None:
        return _answer(request, spec, ids, "lists/bulk_value.html", status=_UNPROCESSABLE, field=field, form=form)
    return _back(request, spec, outcome)


def _back(request: ActingRequest, spec: ListSpec, outcome: Outcome) -> HttpResponse:
    """To the list; what was done is told by its event, unless something was left alone."""
    left = len(outcome.refusals)
    if left:
        text = ngettext(
            "%(done)d done; %(left)d was left as it was (%(names)s): %(reason)s",
            "%(done)d done; %(left)d were left as they were (%(names)s): %(reason)s",
            left,
        )
        undo = reverse("event-undo", args=[request.events[-1].pk]) if request.events else ""
        toast(request, text % {"done": outcome.done, "left": left, **_first(outcome.refusals)}, bad=True, undo=undo)
    return redirect(f"{spec.path}?{request.GET.urlencode()}")


def _first(refusals: Sequence[Refusal]) -> dict[str, str]:
    """The names of the first few, and why the first of them refused."""
    names = [refusal.title for refusal in refusals[:NAMED]]
    return {"names": ", ".join([*names, "…"] if len(refusals) > NAMED else names), "reason": refusals[0].reason}


def _later(request: ActingRequest, spec: ListSpec, task: Any, ids: Sequence[UUID], **more: Any) -> HttpResponse:
    keys = [str(key) for key in ids]
    asked = {"user_id": str(request.actor.user_id), "language": get_language() or ""}
    number = task.defer(record_type=spec.record_type, ids=keys, batch_id=str(uuid4()), **asked, **more)
    return redirect(reverse("bulk-progress", args=[number]))


@require_POST
def remove(request: ActingRequest, record_type: str) -> HttpResponse:
    """Show what would be deleted and what would stay, and delete it."""
    spec = _spec(request, record_type, "remove_several")
    ids = chosen_ids(request, spec)
    if "confirm" not in request.POST:
        records = records_of(spec, ids[:REHEARSED], request)
        titles = {record.pk: record.title for record in records}
        told = rehearse(f"{spec.record_type}.remove", records, lambda record: record.remove())
        lines = [Line(title, before=title, refusal=told[key] or "") for key, title in titles.items()]
        return _answer(request, spec, ids, "lists/bulk_remove.html", **_sorted(lines, len(ids)))
    if len(ids) > WAITED_FOR:
        return _later(request, spec, remove_in_background, ids)
    outcome = spec.model.remove_several(ids)
    return _back(request, spec, outcome)
