"""Being asked again after a number was looked at, and being told at once whose number it was."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.oversight.models import MachineEstimate, TrialCase
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats
from rapport.web.ui.toasts import toast

from .asking import asked_of_person, typed_percent
from .questions import machine_in_words, own_in_words


@require_http_methods(["GET", "POST"])
def again(request: ActingRequest, trialcase_id: UUID) -> HttpResponse:
    """The number with what it may be; a POST keeps the second estimate, or has it revealed without one."""
    cases = TrialCase.objects.visible_to(request.actor).select_related("trial")
    case: TrialCase = get_object_or_404(cases, pk=trialcase_id)
    if request.method == "POST":
        case.estimate_again(percent=None if request.POST.get("reveal") else typed_percent(request))
        toast(request, revealed(case))
        return redirect("trial-estimates")
    asked = asked_of_person(case, request.actor) if case.is_asked_again else None
    if asked is None:
        return redirect("trial-estimates")
    context = {
        "asked": asked,
        "case": case,
        "own": own_in_words(case),
        "shown": formats.percent(_seen(case).shown or 0),
        "share": formats.percent(case.trial.registered.shuffled),
    }
    return render(request, "trials/again.html", context)


def revealed(case: TrialCase) -> str:
    """Whose number it was."""
    seen = _seen(case)
    if seen.shown_of is None:
        return _("That was the machine's own number for this record.")
    words = {"shown": formats.percent(seen.shown or 0), "machine": machine_in_words(case)}
    return _("The %(shown)s was another record's number. The machine's own is %(machine)s.") % words


def _seen(case: TrialCase) -> MachineEstimate:
    found: MachineEstimate = MachineEstimate.objects.get(case=case)
    return found
