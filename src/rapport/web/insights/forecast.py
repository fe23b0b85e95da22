"""The sales forecast of a manager: what stands for a period, what changed it, and what the history foretells."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.catalog.queries import base_currency
from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.identity.models import Team
from rapport.insights.forecasting.accuracy import measured, said_of
from rapport.insights.forecasting.bridge import bridge
from rapport.insights.forecasting.estimates import estimate_of_teams
from rapport.insights.forecasting.periods import Period, coming_periods, period_named
from rapport.insights.forecasting.sales import Dimension
from rapport.insights.forecasting.standing import RESTS_ON, standings
from rapport.insights.forecasting.volume import FEWEST_MONTHS, newest, past_of
from rapport.insights.models import VolumeForecast
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats

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
from .trends import csv_file


@require_GET
def forecast(request: ActingRequest) -> HttpResponse:
    """The figures of a period and a team, as the address asks for."""
    _must_lead(request.actor)
    teams = _teams_of(request.actor)
    team = next((one for one in teams if str(one.pk) == request.GET.get("team", "")), None)
    period = period_named(request.GET.get("period", "")) or coming_periods()[0]
    step = request.GET.get("step", "") if request.GET.get("step", "") in STEPS else "months"
    by = next((one for one in DIMENSIONS if one == request.GET.get("by", "")), Dimension.TEAM)
    context = {
        "period": period,
        "periods": [(one.key, period_label(one)) for one in _with(coming_periods(), period)],
        "teams": teams,
        "team": team,
        "currency": base_currency(),
        "step": step,
        "steps": STEPS.items(),
        "by": by,
        "dimensions": DIMENSIONS.items() if request.actor.sees_everything else [],
        "fewest_months": FEWEST_MONTHS,
        "query": urlencode({"period": period.key, "team": team.pk if team else "", "step": step, "by": by}),
        "may_export": request.actor.may("record.export"),
        **_present(request.actor, period, team),
        **_foretold(request.actor, team, step, by),
        **_accuracy(request.actor, team, teams),
    }
    return render(request, "insights/forecast.html", context)


def _present(actor: Actor, period: Period, team: Team | None) -> dict[str, Any]:
    """What stands, what people expect, and what changed."""
    among = Q(team=team) if team else _of_all(actor)
    (stands,), changed = standings(actor, [period], among=among), bridge(actor, period, among=among)
    return {
        "standing_title": standing_title(period, stands, base_currency()),
        "standing": in_words(stands),
        "drill": kind_lists(period, [("f", f"team:is:{team.pk}")] if team else []),
        "estimates": estimate_of_teams(_asked_teams(actor, team), period),
        "bridge_title": bridge_title(period, changed, base_currency()),
        "bridge": bars(changed),
    }


def _foretold(actor: Actor, team: Team | None, step: str, by: Dimension) -> dict[str, Any]:
    """What the history foretells, by period and apart by team, product or country."""
    kept = _kept(actor, team)
    filters = series_filters(Dimension.TEAM, str(kept.team_id), ()) if kept and kept.team_id else []
    cells, rows = cells_of(kept, step, filters), [] if team else rows_by(actor, by, step)
    return {
        "kept": kept,
        "cells": cells,
        "foretold_title": foretold_title(cells, base_currency()),
        "picture": _picture(cells),
        "past": past_rows(past_of(kept), filters) if kept else [],
        "rows": rows,
        "parts_title": parts_title(rows, base_currency()),
        "columns": period_cells(rows),
    }


def _accuracy(actor: Actor, team: Team | None, teams: Sequence[Team]) -> dict[str, Any]:
    """How near the machine, the pipeline and the people came; of each team for who sees everything."""
    kept, is_whole = _kept(actor, team), team is None and actor.sees_everything
    unit = kept.team_id if kept else (team.pk if team else None)
    found = measured(said_of(unit, kept)) if kept or team or is_whole else []
    return {
        "accuracies": [(SOURCES[one.source], one) for one in found],
        "accuracy_title": accuracy_title(found),
        "team_accuracies": team_accuracies(teams) if is_whole else [],
    }


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """What the history foretells, as CSV: of a team, or of all that may be told of all together."""
    _must_lead(request.actor)
    if not request.actor.may("record.export"):
        raise Forbidden(_("You may not export. Ask an administrator."))
    team = next((one for one in _teams_of(request.actor) if str(one.pk) == request.GET.get("team", "")), None)
    rows = [
        _exported(_title_of(team), "", cell, step)
        for step in STEPS
        for cell in cells_of(_kept(request.actor, team), step)
    ]
    if team is None:
        rows += [
            _exported(row.name, by, cell, step)
            for by in DIMENSIONS
            for step in STEPS
            for row in rows_by(request.actor, by, step)
            for cell in row.cells
        ]
    return csv_file("forecast.csv", _COLUMNS, rows)


_COLUMNS = ("dimension", "name", "step", "period", "expected", "low_80", "high_80", "low_95", "high_95")


def _title_of(team: Team | None) -> str:
    return team.name if team else _("all")


def _exported(name: str, by: str, cell: Cell, step: str) -> list[Any]:
    figures = (cell.expected, cell.low80, cell.high80, cell.low95, cell.high95)
    return [by, name, step, cell.label, *(None if one is None else round(one, 2) for one in figures)]


def _picture(cells: Sequence[Cell]) -> Picture | None:
    """What is expected as bars, with the 80 % interval where there is one; the table beside tells both."""
    if not cells:
        return None
    words = [f"{one.label}: {formats.number(round(one.expected))}" for one in cells]
    ends = [(one.low80, one.high80) for one in cells if one.low80 is not None and one.high80 is not None]
    return picture_of([one.expected for one in cells], words, between=ends if len(ends) == len(cells) else ())


def _must_lead(actor: Actor) -> None:
    if not (actor.may("team.lead") or actor.sees_everything):
        raise Forbidden(_("The forecast is for those who lead a team. Ask an administrator."))
    if actor.hidden_fields & RESTS_ON:
        raise Forbidden(_("This rests on fields of opportunities that are hidden from you. Ask an administrator."))


def _teams_of(actor: Actor) -> list[Team]:
    visible = Team.objects.visible_to(actor).order_by("name")
    return list(visible if actor.sees_everything else visible.filter(pk__in=list(actor.team_ids)))


def _of_all(actor: Actor) -> Q:
    return Q() if actor.sees_everything else Q(team_id__in=list(actor.team_ids))


def _asked_teams(actor: Actor, team: Team | None) -> list[UUID] | None:
    """The teams whose people's estimates are added up; None for all."""
    if team is not None:
        return [team.pk]
    return None if actor.sees_everything else list(actor.team_ids)


def _with(periods: list[Period], asked: Period) -> list[Period]:
    return periods if asked in periods else [*periods, asked]


def _kept(actor: Actor, team: Team | None) -> VolumeForecast | None:
    """The newest forecast from the history; where somebody leads several teams, only for one of them."""
    scope: UUID | None = team.pk if team else None
    if team is None and not actor.sees_everything:
        if len(actor.team_ids) != 1:
            return None
        (scope,) = actor.team_ids
    return newest(Dimension.TEAM, str(scope)) if scope else newest(Dimension.ALL, "")
