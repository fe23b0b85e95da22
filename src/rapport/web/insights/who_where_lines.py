"""What the page of who and where may tell its reader, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from rapport.catalog.models import Product
from rapport.core.actors import Actor, ActorKind
from rapport.core.clock import today
from rapport.core.problems import Forbidden
from rapport.governance.domains import Country
from rapport.identity.models import Team
from rapport.insights.who_where import making, stays
from rapport.insights.who_where.comparing import Compared, Measure, compare, with_intervals
from rapport.insights.who_where.making import FEWEST_PEOPLE, Own, of_teams, own
from rapport.insights.who_where.stays import (
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
)
from rapport.pipeline.models import Stage
from rapport.web.middleware import ActingRequest
from rapport.web.places import list_address

from .index import must_read

MEASURES: dict[Measure, str | Promise] = {
    Measure.LOST: gettext_lazy("lost there"),
    Measure.SLOW: gettext_lazy("longer than three of four"),
}


@dataclass(frozen=True)
class Line:
    """One comparison under its names, with the list of what is behind it."""

    about: str
    name: str
    stage: str
    measure: str | Promise
    found: Compared
    href: str

    @property
    def stands_out(self) -> bool:
        """Whether it is more or less than expected, beyond chance."""
        return self.found.is_worse or self.found.is_better


@dataclass(frozen=True)
class Found:
    """All that the page tells."""

    own: Own | None
    own_lines: tuple[Line, ...]
    teams: tuple[tuple[str, Any], ...]
    too_small: int
    team_lines: tuple[Line, ...]
    stage_lines: tuple[Line, ...]
    product_lines: tuple[Line, ...]
    country_lines: tuple[Line, ...]


def found_for(request: ActingRequest) -> Found:
    """All that the asker may be told; raises `Forbidden` where it rests on what is hidden from them."""
    must_read(request)
    actor = request.actor
    if actor.hidden_fields & (stays.RESTS_ON | making.RESTS_ON):
        raise Forbidden(_("This rests on fields of records that are hidden from you. Ask an administrator."))
    bounds = limits()
    everybody = tallies(Scope(), bounds).get(None, {})
    named = _Names.read(actor)
    own_figures, own_lines = _own(actor, bounds, everybody, named)
    teams, too_small, team_lines = _teams(actor, bounds, everybody, named)
    seen = Scope(actor)
    by_product = tallies(seen, bounds, by="product_id")
    return Found(
        own=own_figures,
        own_lines=own_lines,
        teams=teams,
        too_small=too_small,
        team_lines=team_lines,
        stage_lines=_stages(added_up(by_product), named),
        product_lines=_units("product", by_product, everybody, named),
        country_lines=_units("country", tallies(seen, bounds, by="organisation__country"), everybody, named),
    )


@dataclass(frozen=True)
class _Names:
    stages: dict[Any, str]
    products: dict[Any, str]
    teams: dict[Any, str]
    countries: dict[Any, str]

    @classmethod
    def read(cls, actor: Actor) -> "_Names":
        return cls(
            dict(Stage.objects.visible_to(actor).values_list("pk", "name")),
            dict(Product.objects.visible_to(actor).values_list("pk", "name")),
            dict(led_teams(actor).values_list("pk", "name")),
            {code: str(label) for code, label in Country().labels().items()},
        )


def led_teams(actor: Actor) -> Any:
    """The teams whose figures the actor may be told: those it leads; all for who sees everything."""
    teams = Team.objects.visible_to(actor).order_by("name")
    if actor.sees_everything:
        return teams
    return teams.filter(pk__in=list(actor.team_ids)) if actor.may("team.lead") else teams.none()


def _own(
    actor: Actor, bounds: Limits, everybody: Mapping[Mix, Tally], named: _Names
) -> tuple[Own | None, tuple[Line, ...]]:
    """One's own figures: for a person who asks for itself, and for nobody else."""
    if actor.kind is not ActorKind.HUMAN or actor.user_id is None:
        return None, ()
    mine = tallies(Scope(among=Q(owner=actor.user_id)), bounds)
    compared = with_intervals(compare(mine, everybody, by_stage=True))
    return own(actor.user_id), _lines(
        "you", compared, {None: pgettext("who is asked", "You")}, named, query="f=owner:is:me"
    )


def _teams(
    actor: Actor, bounds: Limits, everybody: Mapping[Mix, Tally], named: _Names
) -> tuple[tuple[tuple[str, Any], ...], int, tuple[Line, ...]]:
    among = Scope(among=Q(team__in=list(named.teams)))
    people = people_by_team(among) if named.teams else {}
    told = {key for key, number in people.items() if number >= FEWEST_PEOPLE}
    made = tuple((named.teams[one.team], one) for one in of_teams(list(named.teams), people))
    by_team = {key: cells for key, cells in tallies(among, bounds, by="team_id").items() if key in told} if told else {}
    behind = people_by_stage(among) if told else {}
    found = compare(by_team, everybody, by_stage=True)
    told_of = [one for one in found if one.stage and behind.get((one.unit, one.stage), 0) >= FEWEST_PEOPLE]
    compared = with_intervals(told_of)
    return made, len(people) - len(told), _lines("team", compared, named.teams, named)


def _stages(cells: Mapping[Mix, Tally], named: _Names) -> tuple[Line, ...]:
    """Each stage as it is: nothing is expected of it but what is found, so it has a share and no verdict."""
    return _lines("stage", compare({None: cells}, cells, by_stage=True), {None: ""}, named) if cells else ()


def _units(about: str, seen: Tallies, everybody: Mapping[Mix, Tally], named: _Names) -> tuple[Line, ...]:
    names = named.products if about == "product" else named.countries
    known = {key: cells for key, cells in seen.items() if key in names}
    return _lines(about, with_intervals(compare(known, everybody, by_stage=False)), names, named)


def _lines(
    about: str, compared: list[Compared], names: dict[Any, str], named: _Names, *, query: str = ""
) -> tuple[Line, ...]:
    return tuple(
        Line(
            about,
            names.get(one.unit, ""),
            named.stages.get(one.stage, ""),
            MEASURES[one.measure],
            one,
            _address(about, one, query),
        )
        for one in compared
        if one.stays and (one.stage is None or one.stage in named.stages)
    )


def _address(about: str, one: Compared, query: str) -> str:
    """The opportunities lost there; of slow ones there is no list."""
    if one.measure is not Measure.LOST:
        return ""
    since = today() - timedelta(days=stays.DAYS + 1)
    filters = ["status:is:lost", f"closed_on:after:{since}", *([f"stage:is:{one.stage}"] if one.stage else [])]
    if about in ("team", "product"):
        filters.append(f"{about}:is:{one.unit}")
    if about == "country":
        return ""
    written = urlencode([("f", text) for text in filters], safe=":|,")
    return f"{list_address('opportunity')}?{written}{f'&{query}' if query else ''}"
