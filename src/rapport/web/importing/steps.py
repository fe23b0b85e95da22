"""The page of one import: the step it is at, and what can be done next."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.governance.dictionary import RecordTypeEntry, entry_of
from rapport.integrations.importing import service
from rapport.integrations.importing.choices import Choice
from rapport.integrations.models import Import, Status
from rapport.web.records.left_alone import left_alone_in_words
from rapport.web.settings.access import needs
from rapport.web.ui.addresses import whole_number
from rapport.web.ui.toasts import toast

from .doubles import doubles_of
from .finding import found_import
from .mapping import mapped_files

_QUESTIONS = 100
_LEFT_SHOWN = 100
STEPS: tuple[tuple[str, str | Promise], ...] = (
    ("upload", _("Upload")),
    ("mapping", _("Mapping")),
    ("check", _("Dry run")),
    ("run", _("Import")),
    ("report", _("Report")),
)
_STEP_OF = {
    Status.UPLOADED: "mapping",
    Status.CHECKING: "check",
    Status.CHECKED: "check",
    Status.RUNNING: "run",
    Status.UNDOING: "run",
}
_REQUESTS: dict[str, Callable[[Import], object]] = {
    "check": service.request_check,
    "run": service.request_run,
    "stop": service.request_stop,
    "undo": service.request_undo,
}
_PHASES: dict[Status, str | Promise] = {
    Status.CHECKING: _("Checking every row"),
    Status.RUNNING: _("Importing"),
    Status.UNDOING: _("Taking the import back"),
}


@require_GET
@needs("record.import")
def step(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The step the import is at; `?step=mapping` goes back to the mapping while nothing was written."""
    subject = found_import(import_id)
    now = _STEP_OF.get(Status(subject.status), "report")
    if request.GET.get("step") == "mapping" and now in ("mapping", "check") and subject.status != Status.CHECKING:
        now = "mapping"
    context = {"import": subject, "step": now, "steps": STEPS, **_context(subject, now)}
    return render(request, f"importing/{now}.html", context)


def _context(subject: Import, now: str) -> dict[str, Any]:
    state = service.progress_of(subject)
    if state.under_way:
        return {"progress": state, "phase": _PHASES[state.status]}
    if now == "mapping":
        types = sorted((entry_of(name) for name in service.importable_types(current_actor())), key=_by_name)
        return {"files": mapped_files(subject), "types": types, "problem": subject.problem}
    report = service.report_of(subject)
    found: dict[str, Any] = {"report": report, "progress": state}
    found["left_alone"] = left_alone_in_words(current_actor(), report.left_by_undo[:_LEFT_SHOWN])
    if now == "check":
        found["questions"] = service.questions(subject, limit=_QUESTIONS)
        found["apart"] = service.pairs_apart(subject)
        found["doubles"] = doubles_of(subject)
        found["takes_suggestions"] = bool(subject.options.get("take_suggestions"))
    return found


def _by_name(entry: RecordTypeEntry) -> str:
    return str(entry.plural)


@require_GET
@needs("record.import")
def progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How far the work is, asked every second; once it has ended the page shows the next step."""
    subject = found_import(import_id)
    state = service.progress_of(subject)
    if not state.under_way:
        response = HttpResponse(status=200)
        response.headers["HX-Refresh"] = "true"
        return response
    context = {"import": subject, "progress": state, "phase": _PHASES[state.status]}
    return render(request, "importing/progress.html", context)


@require_POST
@needs("record.import")
def decide(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take the decisions of the page, or one choice for all for which it is possible."""
    subject = found_import(import_id)
    if everything := request.POST.get("all"):
        if everything not in list(Choice):
            raise Http404
        service.decide_all(subject, everything)
        return redirect("import", import_id)
    for question in service.questions(subject, limit=_QUESTIONS):
        wanted = request.POST.get(f"decision-{question.decision.pk}")
        if wanted and wanted != question.choice:
            service.decide(question.decision, wanted)
    return redirect("import", import_id)


@require_POST
@needs("record.import")
def tell_apart(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say what is not the same, or is after all, and have it checked again; nothing chosen is told."""
    subject = found_import(import_id)
    numbers = [whole_number(text) or 0 for text in request.POST.getlist("apart")]
    wrong = service.interpretations(subject).filter(pk__in=numbers)
    told = {str(place): pair for place, pair in enumerate(service.pairs_apart(subject))}
    same = [told[place] for place in request.POST.getlist("same") if place in told]
    found = list(wrong.select_related("file"))
    if not found and not same:
        toast(request, _("Choose at least one value."), bad=True)
        return redirect("import", import_id)
    service.tell_apart(subject, found)
    service.hold_same(subject, same)
    service.request_check(subject)
    return redirect("import", import_id)


@require_POST
@needs("record.import")
def request_step(request: HttpRequest, import_id: UUID, request_name: str) -> HttpResponse:
    """Ask for the check, the run, a stop, the undo; repeat the import or discard it."""
    subject = found_import(import_id)
    if request_name == "repeat":
        again = service.repeat(subject)
        toast(request, _("The files were read. Nothing is imported yet."))
        return redirect("import", again.pk)
    if request_name == "discard":
        service.discard(subject)
        return redirect("imports")
    if request_name not in _REQUESTS:
        raise Http404
    _REQUESTS[request_name](subject)
    return redirect("import", import_id)
