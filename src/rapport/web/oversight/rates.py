"""Rates: by action and version how proposals were decided and undone; and the habits of those who decide."""

from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.identity.models import User
from rapport.oversight.actions import action_named
from rapport.oversight.attention import habits_of
from rapport.oversight.models import Became, Outcome, Proposal
from rapport.oversight.own_answers import first_answers_of, is_asked_first
from rapport.oversight.trust import WINDOW
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats


def action_label(name: str) -> str:
    """The kind of action, in words."""
    action = action_named(name)
    return str(action.label) if action else name


def rates_of(actor: Actor) -> list[dict[str, Any]]:
    """By action and version: how many were decided, the shares accepted, edited and undone of the last sixty days."""
    became = Outcome.objects.filter(event_id=OuterRef("event_id"))
    after_all = Outcome.objects.filter(proposal_id=OuterRef("pk"), became=Became.SET_ANYWAY)
    decided = Proposal.objects.visible_to(actor).filter(decided_at__gte=now() - WINDOW, is_plant=False)
    counted = decided.filter(state__in=("accepted", "edited", "rejected")).values("action", "estimator")
    rows = counted.annotate(
        decided=Count("pk"),
        accepted=Count("pk", filter=~Q(state="rejected")),
        edited=Count("pk", filter=Q(state="edited")),
        looked_at=Count("pk", filter=Q(Exists(became))),
        undone=Count("pk", filter=Q(Exists(became.filter(became=Became.UNDONE)))),
        changed=Count("pk", filter=Q(Exists(became.filter(became=Became.CHANGED)))),
        after_all=Count("pk", filter=Q(Exists(after_all))),
        confidence_mean=Avg("confidence"),
    ).order_by("action", "estimator")
    return [{**row, "label": action_label(row["action"]), **_shares(dict(row))} for row in rows]


def _shares(row: dict[str, Any]) -> dict[str, str]:
    accepted, decided, looked_at = row["accepted"], row["decided"], row["looked_at"]
    rejected = decided - accepted
    return {
        "accepted_share": formats.percent(accepted / decided),
        "edited_share": formats.percent(row["edited"] / decided),
        "undone_share": formats.percent(row["undone"] / looked_at) if looked_at else "",
        "changed_share": formats.percent(row["changed"] / looked_at) if looked_at else "",
        "after_all_share": formats.percent(row["after_all"] / rejected) if rejected else "",
        "sure": formats.percent(row["confidence_mean"]) if row["confidence_mean"] is not None else "",
    }


@require_GET
def own(request: ActingRequest) -> HttpResponse:
    """One's own habits, shown to nobody else; for who leads a team the team's together."""
    user_id = request.actor.user_id or UUID(int=0)
    context = {
        "mine": habits_of(user_id=user_id),
        "first": first_answers_of([user_id]),
        "asks_first": is_asked_first(),
        **_of_the_team(request.actor),
        "everybody": habits_of() if request.actor.may("autonomylevel.choose") else None,
    }
    return render(request, "oversight/own.html", context)


def _of_the_team(actor: Actor) -> dict[str, Any]:
    """What those who lead a team see of it, all together; too few people would tell of one."""
    if not actor.may("team.lead") or not actor.team_ids:
        return {}
    team = habits_of(team_ids=actor.team_ids)
    members = User.objects.filter(team_id__in=actor.team_ids) if team.accepted is not None else User.objects.none()
    return {"team": team, "team_first": first_answers_of(members.values_list("pk", flat=True))}
