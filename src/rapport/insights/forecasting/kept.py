"""What of the forecast is kept for each sight: what changed lately, and how near forecasts came. What stands is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.identity.models import Team

from ..kept.keeping import KEPT_FOR, figures_for
from ..kept.question import Asked, Kept, Question, kept_question
from ..models import VolumeForecast
from .accuracy import Accuracy, measured, said_of
from .bridge import Bridge, bridge
from .estimates import TeamEstimate, estimate_of_teams
from .periods import Period, coming_periods, period_named
from .sales import Dimension
from .standing import Standing, standings
from .trees import led_by, top_of
from .volume import newest, newest_by

PARTS_REST_ON = frozenset({"opportunity.product", "organisation.country"})


@dataclass(frozen=True)
class Accuracies:
    """How near forecasts came in a team or in all that one leads; and in each team, where one leads several."""

    whole: tuple[Accuracy, ...]
    teams: dict[UUID, tuple[Accuracy, ...]]


@dataclass(frozen=True)
class Lately:
    """What changed a period's volume, and how near forecasts came."""

    bridge: Bridge
    accuracies: Accuracies


def present(actor: Actor, period: Period, team: UUID | None) -> tuple[Standing, TeamEstimate]:
    """What stands and what people expect at this moment, in a team or in all that the actor leads."""
    (stands,) = standings(actor, [period], among=among_of(actor, team))
    return stands, estimate_of_teams(_teams(actor, team), period)


def among_of(actor: Actor, team: UUID | None) -> Q:
    """The condition for what counts in a team, or in all that the actor leads."""
    teams = _teams(actor, team)
    return Q() if teams is None else Q(team_id__in=teams)


def kept_lately(
    actor: Actor, period: Period, team: Team | None, *, oldest: timedelta = KEPT_FOR, at_once: bool = False
) -> Kept[Lately]:
    """As it was at most so long ago."""
    return figures_for(
        _LATELY, actor, besides=f"{period.key} {team.pk if team else ''}", oldest=oldest, at_once=at_once
    )


def newest_for(actor: Actor, team: UUID | None, teams: Sequence[Team]) -> VolumeForecast | None:
    """The newest forecast from the history; of all `teams` that somebody leads where one stands above them."""
    if team:
        return newest(Dimension.TEAM, str(team))
    if actor.sees_everything:
        return newest(Dimension.ALL, "")
    top = top_of(teams)
    return newest(Dimension.TEAM if len(teams) == 1 else Dimension.TREE, str(top)) if top else None


def may_be_parted(actor: Actor, told: VolumeForecast | None) -> bool:
    """Whether all together may be told, by product and country too: to who sees everything, and to whom is `told` of
    all that was sold, so that no sale of others stands in it.
    """
    if actor.sees_everything:
        return True
    if told is None or actor.hidden_fields & PARTS_REST_ON:
        return False
    whole = newest(Dimension.ALL, "")
    return whole is not None and (told.at, told.figures.get("sales")) == (whole.at, whole.figures.get("sales"))


def _lately(asked: Asked) -> Kept[Lately]:
    as_of, actor, (key, name) = now(), asked.actor, asked.besides.split(" ")
    period, team = period_named(key) or coming_periods()[0], UUID(name) if name else None
    changed = bridge(actor, period, among=among_of(actor, team))
    return Kept(Lately(changed, _accuracies(actor, team)), as_of)


def _teams(actor: Actor, team: UUID | None) -> list[UUID] | None:
    """The team asked for, or those that the actor leads; None for all."""
    if team:
        return [team]
    return None if actor.sees_everything else list(actor.team_ids)


def _accuracies(actor: Actor, team: UUID | None) -> Accuracies:
    whole = measured(said_of(_teams(actor, team), newest_for(actor, team, led_by(actor))))
    return Accuracies(tuple(whole), {} if team else _of_teams(led_by(actor)))


def _of_teams(teams: Sequence[Team]) -> dict[UUID, tuple[Accuracy, ...]]:
    """Of each, where there are several."""
    kept = {one.key: one for one in newest_by(Dimension.TEAM)} if len(teams) > 1 else {}
    return {team.pk: tuple(measured(said_of([team.pk], kept.get(str(team.pk))))) for team in teams if kept}


_LATELY: Question[Lately] = kept_question(Question("forecast-lately", Lately, _lately))
