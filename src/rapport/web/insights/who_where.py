"""Who and where: own figures for oneself, those of teams for who leads them, and where it is difficult."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.clock import today
from rapport.insights.kept.keeping import ANEW
from rapport.insights.who_where import making
from rapport.insights.who_where.making import FEWEST_PEOPLE, THINGS, OfTeam, Own, Thing
from rapport.web.middleware import ActingRequest
from rapport.web.places import list_address

from .anew import bring_up_to_date, shows_what_is_awaited
from .csv_files import csv_file, may_export, must_export
from .who_where_lines import Found, Line, found_for
from .who_where_words import stages_title, units_title

_COLUMNS = ("about", "name", "stage", "measure", "stays", "found", "expected", "ratio", "low", "high", "enough")


@dataclass(frozen=True)
class Parted:
    """Lines that stand out, and all others."""

    striking: tuple[Line, ...]
    others: tuple[Line, ...]


@shows_what_is_awaited(gettext_lazy("Who and where"))
@require_http_methods(["GET", "POST"])
def overview(request: ActingRequest) -> HttpResponse:
    """What the asker may be told; a POST brings the figures up to date."""
    if request.method == "POST":
        bring_up_to_date(request, lambda: found_for(request, oldest=ANEW).as_of)
        return redirect("who-where")
    found = found_for(request, at_once=True)
    context = {
        "found": found,
        "as_of": found.as_of,
        "awaited": found.awaited,
        "titles": _titles(found),
        "things": THINGS,
        "parted": {name: _parted(lines) for name, lines in _units(found).items()},
        "team_rows": [(name, one.people, _counted(one)) for name, one in found.teams],
        "own_rows": _own_rows(found.own) if found.own else [],
        "fewest_people": FEWEST_PEOPLE,
        "may_export": may_export(request.actor),
    }
    return render(request, "insights/who_where.html", context)


def _units(found: Found) -> dict[str, tuple[Line, ...]]:
    """What is parted into lines that stand out and others, by the name that the page has for it."""
    return {
        "own": found.own_lines,
        "teams": found.team_lines,
        "products": found.product_lines,
        "countries": found.country_lines,
    }


def _titles(found: Found) -> dict[str, str]:
    questions = {
        "own": _("Where your opportunities meet difficulties"),
        "teams": _("Where your teams meet difficulties"),
        "products": _("With which products"),
        "countries": _("In which countries"),
    }
    told = {name: units_title(questions[name], lines) for name, lines in _units(found).items()}
    return told | {"stages": stages_title(found.stage_lines)}


def _parted(lines: tuple[Line, ...]) -> Parted:
    return Parted(
        tuple(line for line in lines if line.stands_out), tuple(line for line in lines if not line.stands_out)
    )


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """The comparisons on the page, as CSV."""
    must_export(request.actor)
    lines = found_for(request).lines
    return csv_file("who-and-where.csv", _COLUMNS, [_exported(line) for line in lines])


def _own_rows(figures: Own) -> list[tuple[str | Promise, str, int, float | None]]:
    counted = zip(THINGS, figures.counts, figures.usual, strict=True)
    return [(thing.label, _list_of(thing, "owner:is:me"), count, usual) for thing, count, usual in counted]


def _counted(team: OfTeam) -> list[tuple[str | Promise, str, int | None]]:
    """What a team made of each thing, with the list of it."""
    counted = zip(THINGS, team.counts, strict=True)
    return [(thing.label, _list_of(thing, f"team:is:{team.team}"), count) for thing, count in counted]


def _list_of(thing: Thing, among: str) -> str:
    since = making.made_since()
    days = {"since": since, "before": since - timedelta(days=1), "today": today()}
    return f"{list_address(thing.key)}?{thing.list_query.format(**days)}&f={among}"


def _exported(line: Line) -> list[Any]:
    one = line.found
    rounded = [round(figure, 3) for figure in (one.expected, one.ratio, one.low, one.high)]
    return [line.about, line.name, line.stage, one.measure.value, one.stays, one.found, *rounded, one.is_enough]
