"""Rates: by action and version how proposals were decided and undone; and the habits of those who decide."""

from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.events import Event
from rapport.oversight.actions import action_named
from rapport.oversight.attention import habits_of
from rapport.oversight.models import Proposal
from rapport.oversight.trust import WINDOW
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats


def action_label(name: str) -> str:
    """The kind of action, in words."""
    action = action_named(name)
    return str(action.label) if action else name


def rates_of(actor: Actor) -> list[dict[str, Any]]:
    """By action and version: how many were decided, the shares accepted, edited and undone of the last sixty days."""
    undo = Event.objects.filter(undoes_id=OuterRef("event_id"))
    decided = Proposal.objects.visible_to(actor).filter(decided_at__gte=now() - WINDOW, is_plant=False)
    counted = decided.filter(state__in=("accepted", "edited", "rejected")).values("action", "estimator")
    rows = counted.annotate(
        decided=Count("pk"),
        accepted=Count("pk", filter=~Q(state="rejected")),
        edited=Count("pk", filter=Q(state="edited")),
        undone=Count("pk", filter=Q(Exists(undo))),
        confidence_mean=Avg("confidence"),
    ).order_by("action", "estimator")
    return [{**row, "label": action_label(row["action"]), **_shares(dict(row))} for row in rows]


def _shares(row: dict[str, Any]) -> dict[str, str]:
    accepted, decided = row["accepted"], row["decided"]
    return {
        "accepted_share": formats.percent(accepted / decided),
        "edited_share": formats.percent(row["edited"] / decided),
        "undone_share": formats.percent(row["undone"] / accepted) if accepted else "",
        "sure": formats.percent(row["confidence_mean"]) if row["confidence_mean"] is not None else "",
    }


@require_GET
def own(request: ActingRequest) -> HttpResponse:
    """One's own habits, shown to nobody else; for who leads a team the team's together."""
    leads = request.actor.may("team.lead")
    context = {
        "mine": habits_of(user_id=request.actor.user_id or UUID(int=0)),
        "team": habits_of(team_ids=request.actor.team_ids) if leads and request.actor.team_ids else None,
    }
    return render(request, "oversight/own.html", context)
