"""The opportunities behind the weighted volume of a period, with what each adds to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.insights.forecasting.kept import present
from rapport.insights.forecasting.standing import Rows
from rapport.insights.forecasting.weighted import weighted_opportunities
from rapport.pipeline.models import Opportunity
from rapport.web.middleware import ActingRequest

from .csv_files import csv_file, may_export, must_export
from .forecast import Asked, asked_of, must_lead
from .forecast_drill import weighted_list
from .forecast_words import in_words, period_label
from .pages_of_rows import page_of_rows

_COLUMNS = ("opportunity", "status", "closes_on", "amount", "currency", "probability", "weighted")


@require_GET
def weighted(request: ActingRequest) -> HttpResponse:
    """Those of a period and a team, as the address asks for."""
    must_lead(request.actor)
    asked = asked_of(request)
    stands, _estimates = present(asked.actor, asked.period, asked.team_key)
    context = {
        "asked": asked,
        "period": period_label(asked.period),
        "weighted": stands.weighted,
        "standing": in_words(stands),
        "page": page_of_rows(request, _rows(asked)),
        "list": weighted_list(asked.period.start, asked.period.end, asked.list_filters),
        "may_export": may_export(asked.actor),
    }
    return render(request, "insights/forecast_weighted.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """All of them, as CSV."""
    must_lead(request.actor)
    must_export(request.actor)
    rows = _rows(asked_of(request)).iterator()
    return csv_file("forecast-weighted.csv", _COLUMNS, map(_exported, rows))


def _rows(asked: Asked) -> Rows:
    return weighted_opportunities(asked.actor, asked.period, asked.team_key)


def _exported(one: Opportunity) -> list[Any]:
    told: Any = one
    closes_on = one.closed_on or one.expected_close
    adds = None if told.weighted is None else round(told.weighted, 4)
    return [one.name, one.status, closes_on, one.amount, one.currency, told.chance, adds]
