"""The forecast as CSV: what the history foretells, and how near forecasts came."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.identity.models import Team
from rapport.insights.forecasting.accuracy import Accuracy
from rapport.insights.forecasting.kept import kept_lately, may_be_parted, newest_for
from rapport.insights.forecasting.periods import coming_periods, period_named
from rapport.insights.forecasting.sales import Dimension
from rapport.insights.forecasting.trees import led_by
from rapport.insights.forecasting.volume import newest_by
from rapport.web.middleware import ActingRequest

from .csv_files import csv_file, must_export
from .forecast import must_lead
from .forecast_past import DIMENSIONS, STEPS, Cell, cells_of, names_in, rows_of, team_accuracies

_FORETOLD = ("dimension", "name", "step", "period", "expected", "low_80", "high_80", "low_95", "high_95")
_ACCURACY = ("name", "who", "months_ahead", "off_by", "too_high_by", "months")


@require_GET
def foretold(request: ActingRequest) -> HttpResponse:
    """What the history foretells: of a team, or of all that may be told of all together."""
    team, teams = _team_asked(request), led_by(request.actor)
    newest = newest_for(request.actor, team.pk if team else None, teams)
    rows = [_exported(_title_of(team), "", cell, step) for step in STEPS for cell in cells_of(newest, step)]
    if team is None and may_be_parted(request.actor, newest):
        rows += [row for by in DIMENSIONS for row in _parts(request.actor, by, teams)]
    return csv_file("forecast.csv", _FORETOLD, rows)


def _parts(actor: Actor, by: Dimension, teams: Sequence[Team]) -> list[list[Any]]:
    """All teams, products or countries, in all periods."""
    kept, names = newest_by(by), names_in(by, actor, teams)
    told = [(step, row) for step in STEPS for row in rows_of(kept, names, step)]
    return [_exported(row.name, by, cell, step) for step, row in told for cell in row.cells]


@require_GET
def accuracy(request: ActingRequest) -> HttpResponse:
    """How near the machine, the pipeline and the people came: of a team, or of all and of each."""
    team = _team_asked(request)
    period = period_named(request.GET.get("period", "")) or coming_periods()[0]
    found = kept_lately(request.actor, period, team).figures.accuracies
    rows = [_measured(_title_of(team), one) for one in found.whole]
    told = team_accuracies(led_by(request.actor), found.teams)
    rows += [_measured(row.name, one) for row in told for one in row.sources if one]
    return csv_file("forecast-accuracy.csv", _ACCURACY, rows)


def _team_asked(request: ActingRequest) -> Team | None:
    """The team that the address names; refuses those who may not see the forecast, or may not export."""
    must_lead(request.actor)
    must_export(request.actor)
    return next((one for one in led_by(request.actor) if str(one.pk) == request.GET.get("team", "")), None)


def _title_of(team: Team | None) -> str:
    return team.name if team else _("all")


def _exported(name: str, by: str, cell: Cell, step: str) -> list[Any]:
    figures = (cell.expected, cell.low80, cell.high80, cell.low95, cell.high95)
    return [by, name, step, cell.label, *(None if one is None else round(one, 2) for one in figures)]


def _measured(name: str, one: Accuracy) -> list[Any]:
    figures = (None if one.off is None else round(one.off, 4), None if one.bias is None else round(one.bias, 4))
    return [name, one.source.value, one.ahead, *figures, one.n]
