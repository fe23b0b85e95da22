"""Trials: all of them, and one with its registration, its figures and its verdict."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import Actor
from rapport.core.texts import without_unkept
from rapport.oversight.models import Trial
from rapport.oversight.trials.registration import hash_of
from rapport.oversight.trials.waiting import waiting_of
from rapport.web.insights.csv_files import may_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .asking import asked_user
from .results import Results, own_results, results_of
from .words import Line, line_of, registration_in_words

_SHOWN = 50


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """All trials, the newest first."""
    must_read(request)
    found = Trial.objects.visible_to(request.actor).select_related("team").order_by("-started_at")[:_SHOWN]
    lines: list[Line] = [line_of(one) for one in found]
    context = {
        "lines": lines,
        "may_start": request.actor.may("trial.start"),
        "waiting": waiting_of(asked_user(request.actor)).count(),
    }
    return render(request, "trials/overview.html", context)


@require_GET
def one(request: ActingRequest, trial_id: UUID) -> HttpResponse:
    """One trial; the team's figures for those who lead it, one's own for oneself."""
    must_read(request)
    trial = found_for(request, trial_id)
    told: Results | None = results_of(trial) if sees_team(request.actor, trial) else None
    context = {
        "trial": trial,
        "line": line_of(trial),
        "results": told,
        "may_export": may_export(request.actor),
        "own": own_results(trial, request.actor.user_id),
        "registration": registration_in_words(trial),
        "is_unchanged": hash_of(trial.form) == trial.form_hash,
        "may_stop": trial.is_running and request.actor.may("trial.stop") and trial.may_be_changed_by(request.actor),
    }
    return render(request, "trials/one.html", context)


@require_POST
def stop(request: ActingRequest, trial_id: UUID) -> HttpResponse:
    """Stop a trial without a verdict."""
    must_read(request)
    found_for(request, trial_id).stop(reason=without_unkept(request.POST.get("reason", ""))[:2000])
    toast(request, _("The trial was stopped."))
    return redirect("trial", trial_id)


def sees_team(actor: Actor, trial: Trial) -> bool:
    """Whether the figures of the team are for this reader: of whoever leads all who take part, or sees everything."""
    if actor.sees_everything:
        return True
    return actor.may("team.lead") and trial.team_id is not None and trial.team_id in actor.team_ids


def found_for(request: ActingRequest, trial_id: UUID) -> Trial:
    """The trial, where this reader may see it; `Http404` else."""
    found = Trial.objects.visible_to(request.actor).select_related("team", "started_by")
    trial: Trial = get_object_or_404(found, pk=trial_id)
    return trial
