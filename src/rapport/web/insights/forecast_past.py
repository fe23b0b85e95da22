"""The part of the forecast page that the history tells: periods to come by dimension, and how forecasts did before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.catalog.models import Product
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.governance.domains import Country
from rapport.identity.models import Team
from rapport.insights.forecasting.accuracy import Accuracy, Source
from rapport.insights.forecasting.periods import month_of, quarter_of
from rapport.insights.forecasting.sales import OTHERS, Dimension
from rapport.insights.forecasting.volume import Past
from rapport.insights.models import VolumeForecast
from rapport.web.ui import formats

from .forecast_drill import Filters, open_list, series_filters, won_list

STEPS: dict[str, str | Promise] = {
    "weeks": gettext_lazy("Weeks"),
    "months": gettext_lazy("Months"),
    "quarters": gettext_lazy("Quarters"),
}
DIMENSIONS: dict[Dimension, str | Promise] = {
    Dimension.TEAM: gettext_lazy("Team"),
    Dimension.PRODUCT: gettext_lazy("Product"),
    Dimension.COUNTRY: gettext_lazy("Country"),
}
_SHOWN = {"weeks": 4, "months": 3, "quarters": 2}


@dataclass(frozen=True)
class Cell:
    """One period of one series, with the lists of what is open in it and what was won; empty where there is none."""

    label: str
    open_href: str
    won_href: str
    expected: float
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None


@dataclass(frozen=True)
class Row:
    """One team, product or country with its periods; `is_rest` where it is all that has no line of its own."""

    name: str
    cells: tuple[Cell, ...]
    is_rest: bool = False


def cells_of(kept: VolumeForecast | None, step: str, among: Filters = ()) -> tuple[Cell, ...]:
    """The periods of a kept forecast that are not over; `among` are the filters of its series."""
    told = getattr(kept, step) if kept else []
    return tuple(_cell(one, step, among) for one in told if _end(one, step) >= today())


def rows_of(kept: Sequence[VolumeForecast], names: Mapping[str, str], step: str) -> list[Row]:
    """The series of a dimension, which add up to all together; `names` by their keys."""
    keys = [one.key for one in kept if one.key != OTHERS]
    known = [
        Row(
            names.get(one.key, _("others")),
            cells_of(one, step, series_filters(Dimension(one.dimension), one.key, keys))[: _SHOWN[step]],
            is_rest=one.key not in names,
        )
        for one in kept
    ]
    return [row for row in known if row.cells]


def names_in(dimension: Dimension, actor: Actor, teams: Sequence[Team]) -> dict[str, str]:
    """The names of the series of a dimension, of those that the actor sees; of teams, those given."""
    if dimension is Dimension.COUNTRY:
        return {code: str(label) for code, label in Country().labels().items()}
    if dimension is Dimension.TEAM:
        return {str(one.pk): one.name for one in teams}
    return {str(key): name for key, name in Product.objects.visible_to(actor).values_list("pk", "name")}


def period_cells(rows: Sequence[Row]) -> list[str]:
    """The headings of the columns."""
    return [cell.label for cell in rows[0].cells] if rows else []


def step_label(day: date, step: str) -> str:
    """A period as people say it."""
    if step == "weeks":
        return _("week of %(day)s") % {"day": formats.day(day)}
    if step == "quarters":
        quarter = quarter_of(day)
        label = _("Q%(quarter)d %(year)d") % {"quarter": quarter.quarter, "year": quarter.start.year}
        return _("rest of %(quarter)s") % {"quarter": label} if day != quarter.start else label
    return formats.month(day)


@dataclass(frozen=True)
class PastRow:
    """A month that is over, with the list of what was won in it."""

    found: Past
    won_href: str


def past_rows(past: Sequence[Past], among: Filters) -> list[PastRow]:
    """Each month with its records."""
    return [PastRow(one, won_list(one.month, month_of(one.month).end, among)) for one in past]


@dataclass(frozen=True)
class TeamAccuracy:
    """How near the machine, the commit and the people of a team came when months began."""

    name: str
    href: str
    sources: tuple[Accuracy | None, ...]


COMPARED = (Source.MACHINE, Source.COMMIT, Source.PEOPLE)


def team_accuracies(teams: Sequence[Team], measured: Mapping[UUID, Sequence[Accuracy]]) -> list[TeamAccuracy]:
    """Each team of whom anything was said."""
    found = []
    for team in teams:
        told = {one.source: one for one in measured.get(team.pk, ()) if one.ahead == 1}
        if any(told.get(source) for source in COMPARED):
            found.append(TeamAccuracy(team.name, f"?team={team.pk}", tuple(told.get(source) for source in COMPARED)))
    return found


def _cell(told: dict[str, Any], step: str, among: Filters) -> Cell:
    low, high = told["low"], told["high"]
    start, end = _start(told), _end(told, step)
    label = step_label(start, step)
    won = won_list(start, end, among) if start <= today() else ""
    return Cell(
        label,
        open_list(start, end, among),
        won,
        told["expected"],
        low.get("80"),
        high.get("80"),
        low.get("95"),
        high.get("95"),
    )


def _start(told: dict[str, Any]) -> date:
    return date.fromisoformat(told.get("start") or told["month"])


def _end(told: dict[str, Any], step: str) -> date:
    start = _start(told)
    if step == "weeks":
        return start + timedelta(days=6)
    return month_of(start).end if step == "months" else quarter_of(start).end
