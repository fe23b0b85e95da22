"""The board: what is wrong, whose it is, where it came from, what it costs, and how it goes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.catalog.queries import base_currency
from rapport.core.jobs import ask_once
from rapport.core.problems import Forbidden
from rapport.identity.models import Team, User
from rapport.quality.board.comparing import compare_teams
from rapport.quality.board.figures import Figures, Share, figures_for
from rapport.quality.findings.keeping import is_behind
from rapport.quality.jobs import judge_all
from rapport.quality.models import DigestRefusal, FullRun
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .asking import asked_of, choices_for, query_of


def must_read(request: ActingRequest) -> None:
    """Raise `Forbidden` for whoever may not read the board."""
    if not request.actor.may("quality.read"):
        raise Forbidden(_("You may not see the data quality. Ask an administrator."))


@require_GET
def board(request: ActingRequest) -> HttpResponse:
    """All figures, narrowed as the address says."""
    must_read(request)
    asked = asked_of(request.GET)
    figures = figures_for(request.actor, asked)
    run = FullRun.objects.order_by("-id").first()
    context = {
        "figures": figures,
        "asked": asked,
        "query": query_of(asked),
        "choices": choices_for(request.actor, asked),
        "currency": base_currency(),
        "run": run,
        "is_running": run is not None and run.ended_at is None,
        "is_behind": is_behind(),
        "may_run": request.actor.may("ownrule.create"),
        "wants_digest": not _refusals(request).exists(),
        "most_open": max((month.open for month in figures.months), default=1) or 1,
        **_named(request, figures),
    }
    return render(request, "quality/board.html", context)


def _named(request: ActingRequest, figures: Figures) -> dict[str, Any]:
    """Owners and teams under their names; those that are gone have none."""
    users = dict(User.objects.visible_to(request.actor).values_list("pk", "name"))
    teams = dict(Team.objects.visible_to(request.actor).values_list("pk", "name"))
    return {
        "owners": _with_names(figures.owners, users),
        "teams": _with_names(figures.teams, teams),
        "sources": [(share, share.key.label) for share in figures.sources],
    }


def _with_names(shares: tuple[Share, ...], names: dict[Any, str]) -> list[tuple[Share, str]]:
    return [(share, names.get(share.key, _("nobody"))) for share in shares]


@require_GET
def compared(request: ActingRequest) -> HttpResponse:
    """The teams compared fairly; a part of the board, or a page of its own."""
    must_read(request)
    asked = asked_of(request.GET)
    teams = compare_teams(request.actor, asked)
    context = {"compared": teams, "query": query_of(asked), "widest": max((one.high for one in teams), default=2)}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "quality/compared.html" if is_part else "quality/compared_page.html", context)


@require_POST
def run(request: ActingRequest) -> HttpResponse:
    """Judge all records now, in the background."""
    must_read(request)
    if not request.actor.may("ownrule.create"):
        raise Forbidden(_("You may not start this. Ask an administrator."))
    ask_once(judge_all)
    toast(request, _("All records are being judged. The figures follow as it goes."))
    return redirect("quality")


@require_POST
def digest(request: ActingRequest) -> HttpResponse:
    """Take or refuse the weekly mail."""
    must_read(request)
    refusal = _refusals(request)
    if request.POST.get("wanted") == "yes":
        refusal.delete()
        toast(request, _("You get the weekly mail again."))
    elif request.actor.user_id:
        DigestRefusal.objects.get_or_create(user_id=request.actor.user_id)
        toast(request, _("You get no weekly mail any more."))
    return redirect("quality")


def _refusals(request: ActingRequest) -> QuerySet[DigestRefusal]:
    return DigestRefusal.objects.filter(user__in=[request.actor.user_id])
