"""The sales forecast of a manager: what stands for a period, what changed it, and what the history foretells."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from rapport.catalog.queries import base_currency
from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.identity.models import Team
from rapport.insights.forecasting.bridge import Bridge, Move, Step, bridge
from rapport.insights.forecasting.periods import Period, coming_periods, month_of, period_named
from rapport.insights.forecasting.standing import RESTS_ON, Kind, Standing, standings
from rapport.insights.forecasting.volume import FEWEST_MONTHS, MONTHS_AHEAD
from rapport.insights.models import VolumeForecast
from rapport.web.middleware import ActingRequest

_SHOWN_MOVES = 5


@require_GET
def forecast(request: ActingRequest) -> HttpResponse:
    """The figures of a period and a team, as the address asks for."""
    _must_lead(request.actor)
    teams = _teams_of(request.actor)
    team = next((one for one in teams if str(one.pk) == request.GET.get("team", "")), None)
    periods = coming_periods()
    period = period_named(request.GET.get("period", "")) or periods[0]
    among = Q(team=team) if team else _of_all(request.actor)
    kept = _kept(request.actor, team)
    coming = [month_of(date.fromisoformat(told["month"])) for told in kept.months] if kept else []
    stands, *by_month = standings(request.actor, [period, *coming], among=among)
    context = {
        "period": period,
        "title": period_label(period),
        "periods": [(one.key, period_label(one)) for one in _with(periods, period)],
        "teams": teams,
        "team": team,
        "currency": base_currency(),
        "standing": _in_words(stands),
        "bridge": _bars(bridge(request.actor, period, among=among)),
        "kept": kept,
        "months": [_month(told, one) for told, one in zip(kept.months, by_month, strict=True)] if kept else [],
        "fewest_months": FEWEST_MONTHS + MONTHS_AHEAD,
    }
    return render(request, "insights/forecast.html", context)


def period_label(period: Period) -> str:
    """A period as people say it."""
    if period.is_quarter:
        return _("Q%(quarter)d %(year)d") % {"quarter": period.quarter, "year": period.start.year}
    return date_format(period.start, "F Y")


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


def _with(periods: list[Period], asked: Period) -> list[Period]:
    return periods if asked in periods else [*periods, asked]


def _kept(actor: Actor, team: Team | None) -> VolumeForecast | None:
    """The newest forecast from the history; where somebody leads several teams, only for one of them."""
    scope: UUID | None = team.pk if team else None
    if team is None and not actor.sees_everything:
        if len(actor.team_ids) != 1:
            return None
        (scope,) = actor.team_ids
    return VolumeForecast.objects.filter(team=scope).order_by("-at").first()


_LABELS: dict[Kind, str | Promise] = {
    Kind.WON: gettext_lazy("Won"),
    Kind.COMMIT: gettext_lazy("Commit"),
    Kind.BEST_CASE: gettext_lazy("Best case"),
    Kind.PIPELINE: gettext_lazy("Pipeline"),
}


def _in_words(found: Standing) -> dict[str, Any]:
    parts = [(_LABELS[kind], found.parts[kind]) for kind in Kind]
    left_out = sorted({code for _label, part in parts for code in part.total.left_out})
    return {"parts": parts, "weighted": found.weighted, "left_out": ", ".join(left_out)}


_STEPS: dict[Step, str | Promise] = {
    Step.NEW: gettext_lazy("New"),
    Step.MOVED_IN: gettext_lazy("Moved into the period"),
    Step.GROWN: gettext_lazy("Grown"),
    Step.SHRUNK: gettext_lazy("Shrunk"),
    Step.SLIPPED: gettext_lazy("Slipped to later"),
    Step.EARLIER: gettext_lazy("Moved to earlier"),
    Step.LOST: gettext_lazy("Lost"),
    Step.PARKED: gettext_lazy("Parked"),
}


@dataclass(frozen=True)
class Bar:
    """One reason for the difference: in words, by how much, and the largest opportunities behind it."""

    label: str | Promise
    difference: Decimal
    count: int
    moves: tuple[Move, ...]
    size: float


def _bars(found: Bridge) -> dict[str, Any]:
    most = max((abs(found.sum_of(step)) for step in found.moves), default=Decimal(0)) or Decimal(1)
    bars = [
        Bar(label, found.sum_of(step), len(moves), moves[:_SHOWN_MOVES], float(abs(found.sum_of(step)) / most))
        for step, label in _STEPS.items()
        if (moves := found.moves.get(step))
    ]
    return {"found": found, "bars": bars, "difference": found.after - found.before}


@dataclass(frozen=True)
class Month:
    """A month to come: what the history foretells, beside what stands for it."""

    label: str
    expected: float
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None
    standing: dict[str, Any]


def _month(told: dict[str, Any], stands: Standing) -> Month:
    low, high = told["low"], told["high"]
    return Month(
        label=period_label(stands.period),
        expected=told["expected"],
        low80=low.get("80"),
        high80=high.get("80"),
        low95=low.get("95"),
        high95=high.get("95"),
        standing=_in_words(stands),
    )
