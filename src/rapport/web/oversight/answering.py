"""A person's own answer, asked before the page shows what the machine proposes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rapport.oversight.models import OwnAnswer, Proposal
from rapport.oversight.own_answers import NO, YES, withheld_from
from rapport.web.forms.record_form import RecordForm
from rapport.web.middleware import ActingRequest

from .cards import cards_of
from .editing import answers_of, asked_of, question_of


@require_http_methods(["GET", "POST"])
def answer(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Ask what the person would do; then show what the machine proposes, on the proposal's own page."""
    found = Proposal.objects.visible_to(request.actor).select_related("run")
    proposal: Proposal = get_object_or_404(found, pk=proposal_id)
    if not withheld_from(request.actor.user_id, [proposal]):
        return redirect("proposal", proposal_id)
    form = question_of(proposal, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _answered(request, proposal, form):
        return redirect("proposal", proposal_id)
    (card,) = cards_of([proposal], request.actor)
    context = {"card": card, "form": form, "asks_values": bool(asked_of(proposal))}
    return render(request, "oversight/answer.html", context, status=422 if form.has_errors else 200)


def _answered(request: ActingRequest, proposal: Proposal, form: RecordForm) -> bool:
    """Whether an answer was kept; “I don't know” is one too."""
    if request.POST.get("unsure"):
        OwnAnswer.give(proposal=proposal)
        return True
    if not asked_of(proposal):
        verdict = request.POST.get("verdict", "")
        OwnAnswer.give(proposal=proposal, verdict=verdict if verdict in (YES, NO) else "")
        return True
    if not form.is_valid:
        return False
    OwnAnswer.give(proposal=proposal, values=answers_of(proposal, form))
    return True
