"""The sales forecast of a manager: what stands for a period, what changed it, and what the history foretells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rapport.core.actors import Actor
from rapport.core.labelled import labelled
from rapport.core.problems import Forbidden
from rapport.identity.models import Team
from rapport.insights.forecasting.kept import Accuracies, kept_lately, may_be_parted, newest_for, present
from rapport.insights.forecasting.periods import Period, coming_periods, period_named
from rapport.insights.forecasting.sales import Dimension
from rapport.insights.forecasting.standing import RESTS_ON
from rapport.insights.forecasting.trees import led_by
from rapport.insights.forecasting.volume import FEWEST_MONTHS, newest_by, past_of
from rapport.insights.kept.keeping import ANEW
from rapport.insights.models import VolumeForecast
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats

from .anew import bring_up_to_date, shows_what_is_awaited
from .csv_files import may_export
from .forecast_drill import Filters, kind_lists, series_filters
from .forecast_past import (
    DIMENSIONS,
    STEPS,
    Cell,
    cells_of,
    names_in,
    past_rows,
    period_cells,
    rows_of,
    team_accuracies,
)
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


@dataclass(frozen=True)
class Asked:
    """What the address asks for, among what may be asked."""

    actor: Actor
    teams: Sequence[Team]
    team: Team | None
    period: Period
    step: str
    by: Dimension

    @property
    def query(self) -> str:
        """The same again, for links and the export."""
        told = {"period": self.period.key, "team": self.team.pk if self.team else "", "step": self.step, "by": self.by}
        return urlencode(told)

    @property
    def team_key(self) -> UUID | None:
        """The key of the team; None for all."""
        return self.team.pk if self.team else None

    @property
    def list_filters(self) -> list[tuple[str, str]]:
        """What narrows lists to the team, or to those that the actor leads."""
        if self.team is None and self.actor.sees_everything:
            return []
        teams = [self.team] if self.team else self.teams
        return [("f", f"team:is:{'|'.join(str(one.pk) for one in teams)}")] if teams else []

    @cached_property
    def foretold(self) -> VolumeForecast | None:
        """The newest forecast of what is asked."""
        return newest_for(self.actor, self.team_key, self.teams)

    @cached_property
    def dimensions(self) -> list[tuple[Dimension, Any]]:
        """What the foretold volume may be parted by."""
        return list(DIMENSIONS.items()) if may_be_parted(self.actor, self.foretold) else []


@shows_what_is_awaited(gettext_lazy("Forecast"))
@require_http_methods(["GET", "POST"])
def forecast(request: ActingRequest) -> HttpResponse:
    """The figures of a period and a team, as the address asks for; a POST brings them up to date."""
    must_lead(request.actor)
    asked = asked_of(request)
    if request.method == "POST":
        bring_up_to_date(request, lambda: kept_lately(asked.actor, asked.period, asked.team, oldest=ANEW).as_of)
        return redirect(request.get_full_path())
    stands, estimates = present(asked.actor, asked.period, asked.team_key)
    currency = stands.weighted.currency
    context = {
        "asked": asked,
        "periods": [(one.key, period_label(one)) for one in _with(coming_periods(), asked.period)],
        "steps": STEPS.items(),
        "currency": currency,
        "fewest_months": FEWEST_MONTHS,
        "may_export": may_export(asked.actor),
        "standing_title": standing_title(asked.period, stands, currency),
        "standing": in_words(stands),
        "drill": kind_lists(asked.period, asked.list_filters),
        "estimates": estimates,
        **_lately(asked, currency),
        **_foretold(asked, currency),
    }
    return render(request, "insights/forecast.html", context)


def asked_of(request: ActingRequest) -> Asked:
    """What the address asks for; where it doesn't say, the first there is."""
    told, teams = request.GET, led_by(request.actor)
    return Asked(
        actor=request.actor,
        teams=teams,
        team=next((one for one in teams if str(one.pk) == told.get("team", "")), None),
        period=period_named(told.get("period", "")) or coming_periods()[0],
        step=told.get("step", "") if told.get("step", "") in STEPS else "months",
        by=next((one for one in DIMENSIONS if one == told.get("by", "")), Dimension.TEAM),
    )


def _lately(asked: Asked, currency: str) -> dict[str, Any]:
    """What changed within a week, and how near forecasts came, as kept."""
    kept = kept_lately(asked.actor, asked.period, asked.team, at_once=True)
    return {
        "as_of": kept.as_of,
        "awaited": kept.awaited,
        "bridge_title": bridge_title(asked.period, kept.figures.bridge, currency),
        "bridge": bars(kept.figures.bridge),
        **_accuracy(kept.figures.accuracies, asked.teams),
    }


def _foretold(asked: Asked, currency: str) -> dict[str, Any]:
    """What the history foretells, by period and apart by team, product or country."""
    kept, parts = _newest(asked)
    filters = _filters_of(kept, asked)
    cells = cells_of(kept, asked.step, filters)
    rows = rows_of(parts, names_in(asked.by, asked.actor, asked.teams), asked.step) if parts else []
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


def _newest(asked: Asked) -> tuple[VolumeForecast | None, list[VolumeForecast]]:
    """The newest forecast; for those alone who may know all its sales its parts, too, with the same question."""
    if asked.team or not asked.dimensions:
        return asked.foretold, []
    found = newest_by(Dimension.ALL, asked.by)
    whole = next((one for one in found if one.dimension == Dimension.ALL), None)
    return whole, [one for one in found if one is not whole]


def _filters_of(kept: VolumeForecast | None, asked: Asked) -> Filters:
    """What narrows lists to the teams that a forecast is of."""
    if kept is None or not kept.team_id:
        return []
    teams = "|".join(str(one.pk) for one in asked.teams) if kept.dimension == Dimension.TREE else str(kept.team_id)
    return series_filters(Dimension.TEAM, teams, ())


def _accuracy(found: Accuracies, teams: Sequence[Team]) -> dict[str, Any]:
    """How near the machine, the pipeline and the people came; of each team for who leads several."""
    return {
        "accuracies": [(SOURCES[one.source], one) for one in found.whole],
        "accuracy_title": accuracy_title(found.whole),
        "team_accuracies": team_accuracies(teams, found.teams),
    }


def _picture(cells: Sequence[Cell]) -> Picture | None:
    """What is expected as bars, with the 80 % interval where there is one; the table beside tells both."""
    if not cells:
        return None
    words = [labelled(one.label, formats.number(round(one.expected))) for one in cells]
    ends = [(one.low80, one.high80) for one in cells if one.low80 is not None and one.high80 is not None]
    return picture_of([one.expected for one in cells], words, between=ends if len(ends) == len(cells) else ())


def must_lead(actor: Actor) -> None:
    """Refuse those who lead nobody, and those from whom what it rests on is hidden."""
    if not (actor.may("team.lead") or actor.sees_everything):
        raise Forbidden(_("The forecast is for those who lead a team. Ask an administrator."))
    if actor.hidden_fields & RESTS_ON:
        raise Forbidden(_("This rests on fields of opportunities that are hidden from you. Ask an administrator."))


def _with(periods: list[Period], asked: Period) -> list[Period]:
    return periods if asked in periods else [*periods, asked]
