"""The slow stays behind a figure of who and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.insights.who_where.comparing import Measure
from rapport.insights.who_where.figures import limits_of
from rapport.insights.who_where.slow import slow_stays
from rapport.pipeline.models import Opportunity, StageVisit
from rapport.web.middleware import ActingRequest

from .csv_files import csv_file, may_export, must_export
from .pages_of_rows import page_of_rows
from .who_where_lines import Found, Line, found_for

_COLUMNS = ("opportunity", "stage", "entered", "left", "days", "three_of_four_within_days")
_DAY = 86_400

_AMONG: Mapping[str, Callable[[Actor, str | None], Q]] = {
    "you": lambda actor, _unit: Q(owner=actor.user_id),
    "team": lambda _actor, unit: Q(team=unit),
    "stage": lambda _actor, _unit: Q(),
    "product": lambda _actor, unit: Q(product=unit),
    "country": lambda _actor, unit: Q(organisation__country=unit),
}


@require_GET
def slow(request: ActingRequest) -> HttpResponse:
    """The stays behind one figure that the asker is told, as far as they see the opportunities."""
    found = found_for(request)
    line = _line_asked(request, found)
    if line is None:
        return redirect("who-where")
    page = page_of_rows(request, _stays(request, found, line))
    context = {
        "title": " · ".join(part for part in (line.name, line.stage) if part),
        "line": line,
        "page": page,
        "rows": _named(request.actor, page.rows),
        "unseen": max(line.found.found - page.count, 0),
        "as_of": found.as_of,
        "query": line.query,
        "may_export": may_export(request.actor),
    }
    return render(request, "insights/slow_stays.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """All of them, as CSV."""
    must_export(request.actor)
    found = found_for(request)
    line = _line_asked(request, found)
    if line is None:
        return redirect("who-where")
    stays = list(_stays(request, found, line))
    return csv_file("slow-stays.csv", _COLUMNS, map(_exported, _named(request.actor, stays)))


def _line_asked(request: ActingRequest, found: Found) -> Line | None:
    """The line whose address was followed; None for whoever is not told the figure."""
    asked = request.GET.dict()
    asked.pop("page", None)
    for line in found.lines:
        if line.found.measure is Measure.SLOW and dict(line.query) == asked:
            return line
    return None


def _stays(request: ActingRequest, found: Found, line: Line) -> QuerySet[Any]:
    among = _AMONG[line.about](request.actor, line.found.unit)
    stays = slow_stays(request.actor, limits_of(), among=among, until=found.as_of)
    return stays.filter(stage=line.found.stage) if line.found.stage else stays


@dataclass(frozen=True)
class Slow:
    """One slow stay under the names of its opportunity and stage; days with their parts."""

    stay: StageVisit
    opportunity: str
    days: float
    allowed: float


def _named(actor: Actor, stays: list[StageVisit]) -> list[Slow]:
    names = dict(
        Opportunity.objects.visible_to(actor)
        .filter(pk__in={stay.opportunity_id for stay in stays})
        .values_list("pk", "name")
    )
    return [_slow(stay, names[stay.opportunity_id]) for stay in stays if stay.opportunity_id in names]


def _slow(stay: Any, name: str) -> Slow:
    return Slow(stay, name, stay.lasted.total_seconds() / _DAY, stay.allowed.total_seconds() / _DAY)


def _exported(one: Slow) -> list[Any]:
    stay = one.stay
    days = (round(one.days, 2), round(one.allowed, 2))
    return [one.opportunity, stay.stage.label, stay.entered_at.isoformat(), stay.left_at.isoformat(), *days]
