"""The sales forecast of a manager: what stands for a period, what changed it, and what the history foretells."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.identity.models import Team
from rapport.insights.forecasting.kept import Accuracies, kept_lately, newest_for, present
from rapport.insights.forecasting.periods import Period, coming_periods, period_named
from rapport.insights.forecasting.sales import Dimension
from rapport.insights.forecasting.standing import RESTS_ON
from rapport.insights.forecasting.volume import FEWEST_MONTHS, past_of
from rapport.insights.kept.keeping import ANEW
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats

from .anew import bring_up_to_date
from .forecast_drill import kind_lists, series_filters
from .forecast_past import DIMENSIONS, STEPS, Cell, cells_of, past_rows, period_cells, rows_by, team_accuracies
from .forecast_words import (
    SOURCES,
    accuracy_title,
    bars,
    bridge_title,
    foretold_title,
    in_words,
    parts_title,
    period_label,
    standing_title,
)
from .pictures import Picture, picture_of


@require_http_methods(["GET", "POST"])
def forecast(request: ActingRequest) -> HttpResponse:
    """The figures of a period and a team, as the address asks for; a POST brings them up to date."""
    must_lead(request.actor)
    teams = teams_of(request.actor)
    team = next((one for one in teams if str(one.pk) == request.GET.get("team", "")), None)
    period = period_named(request.GET.get("period", "")) or coming_periods()[0]
    if request.method == "POST":
        bring_up_to_date(request, lambda: kept_lately(request.actor, period, team, oldest=ANEW).as_of)
        return redirect(request.get_full_path())
    step = request.GET.get("step", "") if request.GET.get("step", "") in STEPS else "months"
    by = next((one for one in DIMENSIONS if one == request.GET.get("by", "")), Dimension.TEAM)
    stands, expected = present(request.actor, period, team.pk if team else None)
    currency = stands.weighted.currency
    lately = kept_lately(request.actor, period, team)
    context = {
        "as_of": lately.as_of,
        "period": period,
        "periods": [(one.key, period_label(one)) for one in _with(coming_periods(), period)],
        "teams": teams,
        "team": team,
        "currency": currency,
        "step": step,
        "steps": STEPS.items(),
        "by": by,
        "dimensions": DIMENSIONS.items() if request.actor.sees_everything else [],
        "fewest_months": FEWEST_MONTHS,
        "query": urlencode({"period": period.key, "team": team.pk if team else "", "step": step, "by": by}),
        "may_export": request.actor.may("record.export"),
        "standing_title": standing_title(period, stands, currency),
        "standing": in_words(stands),
        "drill": kind_lists(period, [("f", f"team:is:{team.pk}")] if team else []),
        "estimates": expected,
        "bridge_title": bridge_title(period, lately.figures.bridge, currency),
        "bridge": bars(lately.figures.bridge),
        **_foretold(request.actor, team, (step, by), currency),
        **_accuracy(lately.figures.accuracies, teams),
    }
    return render(request, "insights/forecast.html", context)


def _foretold(actor: Actor, team: Team | None, shown: tuple[str, Dimension], currency: str) -> dict[str, Any]:
    """What the history foretells, by period and apart by team, product or country."""
    kept, (step, by) = newest_for(actor, team.pk if team else None), shown
    filters = series_filters(Dimension.TEAM, str(kept.team_id), ()) if kept and kept.team_id else []
    cells, rows = cells_of(kept, step, filters), [] if team else rows_by(actor, by, step)
    return {
        "kept": kept,
        "cells": cells,
        "foretold_title": foretold_title(cells, currency),
        "picture": _picture(cells),
        "past": past_rows(past_of(kept), filters) if kept else [],
        "rows": rows,
        "parts_title": parts_title(rows, currency),
        "columns": period_cells(rows),
    }


def _accuracy(found: Accuracies, teams: Sequence[Team]) -> dict[str, Any]:
    """How near the machine, the pipeline and the people came; of each team for who sees everything."""
    return {
        "accuracies": [(SOURCES[one.source], one) for one in found.whole],
        "accuracy_title": accuracy_title(found.whole),
        "team_accuracies": team_accuracies(teams, found.teams),
    }


def _picture(cells: Sequence[Cell]) -> Picture | None:
    """What is expected as bars, with the 80 % interval where there is one; the table beside tells both."""
    if not cells:
        return None
    words = [f"{one.label}: {formats.number(round(one.expected))}" for one in cells]
    ends = [(one.low80, one.high80) for one in cells if one.low80 is not None and one.high80 is not None]
    return picture_of([one.expected for one in cells], words, between=ends if len(ends) == len(cells) else ())


def must_lead(actor: Actor) -> None:
    """Refuse those who lead nobody, and those from whom what it rests on is hidden."""
    if not (actor.may("team.lead") or actor.sees_everything):
        raise Forbidden(_("The forecast is for those who lead a team. Ask an administrator."))
    if actor.hidden_fields & RESTS_ON:
        raise Forbidden(_("This rests on fields of opportunities that are hidden from you. Ask an administrator."))


def teams_of(actor: Actor) -> list[Team]:
    """The teams that may be asked for."""
    visible = Team.objects.visible_to(actor).order_by("name")
    return list(visible if actor.sees_everything else visible.filter(pk__in=list(actor.team_ids)))


def _with(periods: list[Period], asked: Period) -> list[Period]:
    return periods if asked in periods else [*periods, asked]
