"""The figures of who and where as they are kept: what all share, what somebody sees, and what is told to one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, Actor, ActorKind
from rapport.core.clock import now
from rapport.governance.domains import Country
from rapport.identity.models import Team

from ..kept.keeping import KEPT_FOR, figures_for
from ..kept.question import Asked, Kept, Question, kept_question
from .comparing import Compared, compare, with_intervals
from .making import FEWEST_PEOPLE, OfTeam, Own, made_by_owner, of_teams, own_among
from .stays import (
    Limits,
    Mix,
    Scope,
    Tallies,
    Tally,
    added_up,
    limits,
    people_by_stage,
    people_by_team,
    tallies,
    tallies_by,
)

_Cells = tuple[tuple[str | None, tuple[tuple[Mix, Tally], ...]], ...]


@dataclass(frozen=True)
class Company:
    """Of everybody, as numbers only: limits, stays by product and by country, and what each owner made of each thing.

    Whoever is told of a product or a country here sees all opportunities anyway.
    """

    limits: Limits
    by_product: _Cells
    by_country: _Cells
    made: tuple[dict[UUID, int], ...]

    @cached_property
    def everybody(self) -> Mapping[Mix, Tally]:
        """The stays of all."""
        return added_up(_tallies(self.by_product))


def _cells(by_unit: Tallies) -> _Cells:
    return tuple((unit, tuple(cells.items())) for unit, cells in by_unit.items())


def _tallies(cells: _Cells) -> Tallies:
    return {unit: dict(of_unit) for unit, of_unit in cells}


@dataclass(frozen=True)
class Seen:
    """Of the opportunities that somebody sees: by stage, product and country."""

    stages: tuple[Compared, ...]
    products: tuple[Compared, ...]
    countries: tuple[Compared, ...]


@dataclass(frozen=True)
class Told:
    """Of oneself and of the teams that one leads; `too_small` teams are left out."""

    own: Own | None
    own_stays: tuple[Compared, ...]
    teams: tuple[OfTeam, ...]
    too_small: int
    team_stays: tuple[Compared, ...]


@dataclass(frozen=True)
class WhoWhere:
    """All that the page tells its reader."""

    seen: Seen
    told: Told


_COLUMNS = ("product_id", "organisation__country")


def _company(asked: Asked) -> Kept[Company]:
    as_of, bounds = now(), limits()
    by_product, by_country = tallies_by(Scope(), bounds, *_COLUMNS)
    return Kept(Company(bounds, _cells(by_product), _cells(by_country), made_by_owner()), as_of)


def _seen(asked: Asked) -> Kept[Seen]:
    kept = figures_for(_COMPANY, SYSTEM, oldest=asked.oldest)
    company, scope = kept.figures, Scope(asked.actor)
    if scope.is_everything:
        by_product, by_country = _tallies(company.by_product), _tallies(company.by_country)
    else:
        by_product, by_country = tallies_by(scope, company.limits, *_COLUMNS)
    cells = added_up(by_product)
    products = {str(key) for key in Product.objects.visible_to(asked.actor).values_list("pk", flat=True)}
    seen = Seen(
        stages=tuple(compare({None: cells}, cells, by_stage=True)) if cells else (),
        products=_among(by_product, products, company.everybody),
        countries=_among(by_country, set(Country().labels()), company.everybody),
    )
    return Kept(seen, kept.as_of)


def _among(by_unit: Mapping[Any, Any], known: set[str], everybody: Mapping[Mix, Tally]) -> tuple[Compared, ...]:
    found = {key: cells for key, cells in by_unit.items() if key in known}
    return tuple(with_intervals(compare(found, everybody, by_stage=False)))


def _told(asked: Asked) -> Kept[WhoWhere]:
    company = figures_for(_COMPANY, SYSTEM, oldest=asked.oldest)
    seen = figures_for(_SEEN, asked.actor, oldest=asked.oldest)
    own, own_stays = _own(asked.actor, company.figures)
    told = _of_teams(asked.actor, company.figures, own, own_stays)
    return Kept(WhoWhere(seen.figures, told), min(company.as_of, seen.as_of))


def _own(actor: Actor, company: Company) -> tuple[Own | None, tuple[Compared, ...]]:
    """One's own figures: for a person who asks for itself, and for nobody else."""
    if actor.kind is not ActorKind.HUMAN or actor.user_id is None:
        return None, ()
    mine = tallies(Scope(among=Q(owner=actor.user_id)), company.limits)
    compared = with_intervals(compare({None: mine}, company.everybody, by_stage=True))
    return own_among(company.made, actor.user_id), tuple(compared)


def _of_teams(actor: Actor, company: Company, own: Own | None, own_stays: tuple[Compared, ...]) -> Told:
    teams = list(led_teams(actor).values_list("pk", flat=True))
    among = Scope(among=Q(team__in=teams))
    people = people_by_team(among) if teams else {}
    told = {key for key, number in people.items() if number >= FEWEST_PEOPLE}
    made = tuple(of_teams(teams, people)) if told else ()
    return Told(own, own_stays, made, len(people) - len(told), _stays_of(among, told, company))


def _stays_of(among: Scope, told: set[UUID], company: Company) -> tuple[Compared, ...]:
    """Each stage of the teams that are told of, where enough people are behind it."""
    if not told:
        return ()
    (by_team,) = tallies_by(among, company.limits, "team_id")
    names = {str(key) for key in told}
    found = compare({key: one for key, one in by_team.items() if key in names}, company.everybody, by_stage=True)
    behind: dict[Any, int] = {(str(team), stage): number for (team, stage), number in people_by_stage(among).items()}
    return tuple(with_intervals(one for one in found if behind.get((one.unit, one.stage), 0) >= FEWEST_PEOPLE))


_COMPANY: Question[Company] = kept_question(Question("who-where-company", Company, _company))
_SEEN: Question[Seen] = kept_question(Question("who-where-seen", Seen, _seen))
_TOLD: Question[WhoWhere] = kept_question(Question("who-where", WhoWhere, _told, is_own=True))


def who_and_where(actor: Actor, *, oldest: timedelta = KEPT_FOR, at_once: bool = False) -> Kept[WhoWhere]:
    """All that may be told to the actor, as it was at most so long ago."""
    return figures_for(_TOLD, actor, oldest=oldest, at_once=at_once)


def limits_of(*, oldest: timedelta = KEPT_FOR) -> Limits:
    """The limits that the kept figures were counted with."""
    return figures_for(_COMPANY, SYSTEM, oldest=oldest).figures.limits


def led_teams(actor: Actor) -> QuerySet[Team]:
    """The teams whose figures the actor may be told: those it leads; all for who sees everything."""
    teams = Team.objects.visible_to(actor).order_by("name")
    if actor.sees_everything:
        return teams
    return teams.filter(pk__in=list(actor.team_ids)) if actor.may("team.lead") else teams.none()
