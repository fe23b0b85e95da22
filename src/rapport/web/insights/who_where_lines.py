"""What the page of who and where may tell its reader, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from rapport.catalog.models import Product
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.problems import Forbidden
from rapport.governance.domains import Country
from rapport.insights.kept.keeping import KEPT_FOR
from rapport.insights.who_where import making, stays
from rapport.insights.who_where.comparing import Compared, Measure
from rapport.insights.who_where.figures import led_teams, who_and_where
from rapport.insights.who_where.making import OfTeam, Own
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
    """One comparison under its names."""

    about: str
    name: str
    stage: str
    measure: str | Promise
    found: Compared

    @property
    def query(self) -> dict[str, str]:
        """What names it in an address."""
        told = {"about": self.about, "of": self.found.unit, "stage": self.found.stage}
        return {name: str(value) for name, value in told.items() if value}

    @property
    def href(self) -> str:
        """The list of what is behind it."""
        if self.found.measure is Measure.SLOW:
            return f"{reverse('who-where-slow')}?{urlencode(self.query)}"
        return lost_list(self.about, self.found)

    @property
    def stands_out(self) -> bool:
        """Whether it is more or less than expected, beyond chance."""
        return self.found.is_worse or self.found.is_better


@dataclass(frozen=True)
class Found:
    """All that the page tells."""

    as_of: datetime
    awaited: str
    own: Own | None
    own_lines: tuple[Line, ...]
    teams: tuple[tuple[str, OfTeam], ...]
    too_small: int
    team_lines: tuple[Line, ...]
    stage_lines: tuple[Line, ...]
    product_lines: tuple[Line, ...]
    country_lines: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All comparisons, in the order of the page."""
        return (*self.own_lines, *self.team_lines, *self.stage_lines, *self.product_lines, *self.country_lines)


def found_for(request: ActingRequest, *, oldest: timedelta = KEPT_FOR, at_once: bool = False) -> Found:
    """All that the asker may be told; raises `Forbidden` where it rests on what is hidden from them."""
    must_read(request)
    actor = request.actor
    if actor.hidden_fields & (stays.RESTS_ON | making.RESTS_ON):
        raise Forbidden(_("This rests on fields of records that are hidden from you. Ask an administrator."))
    kept, named = who_and_where(actor, oldest=oldest, at_once=at_once), _Names.read(actor)
    told, seen = kept.figures.told, kept.figures.seen
    you: _ByUnit = {None: pgettext("who is asked", "You")}
    return Found(
        as_of=kept.as_of,
        awaited=kept.awaited,
        own=told.own,
        own_lines=_lines("you", told.own_stays, you, named),
        teams=tuple((named.teams[key], one) for one in told.teams if (key := str(one.team)) in named.teams),
        too_small=told.too_small,
        team_lines=_lines("team", told.team_stays, named.teams, named),
        stage_lines=_lines("stage", _in_order(seen.stages, named), {None: ""}, named),
        product_lines=_lines("product", seen.products, named.products, named),
        country_lines=_lines("country", seen.countries, named.countries, named),
    )


_ByUnit = dict[str | None, str]


@dataclass(frozen=True)
class _Names:
    """As they are now, of what the actor may see."""

    stages: dict[Any, str]
    products: _ByUnit
    teams: _ByUnit
    countries: _ByUnit

    @classmethod
    def read(cls, actor: Actor) -> "_Names":
        return cls(
            {one.pk: one.label for one in Stage.objects.visible_to(actor).order_by("pipeline__position", "position")},
            {str(key): name for key, name in Product.objects.visible_to(actor).values_list("pk", "name")},
            {str(key): name for key, name in led_teams(actor).values_list("pk", "name")},
            {code: str(label) for code, label in Country().labels().items()},
        )


def _in_order(found: Sequence[Compared], named: _Names) -> list[Compared]:
    """By the way through the stages."""
    places = {stage: place for place, stage in enumerate(named.stages)}
    return sorted(found, key=lambda one: places.get(one.stage, len(places)))


def _lines(about: str, compared: Sequence[Compared], names: _ByUnit, named: _Names) -> tuple[Line, ...]:
    return tuple(
        Line(about, names[one.unit], named.stages.get(one.stage, ""), MEASURES[one.measure], one)
        for one in compared
        if one.stays and one.unit in names and (one.stage is None or one.stage in named.stages)
    )


_NARROWED = {"team": "team", "product": "product", "country": "organisation.country"}


def lost_list(about: str, one: Compared) -> str:
    """The opportunities lost there."""
    since = today() - timedelta(days=stays.DAYS + 1)
    filters = ["status:is:lost", f"closed_on:after:{since}", *([f"stage:is:{one.stage}"] if one.stage else [])]
    if about in _NARROWED:
        filters.append(f"{_NARROWED[about]}:is:{one.unit}")
    if about == "you":
        filters.append("owner:is:me")
    written = urlencode([("f", text) for text in filters], safe=":|,")
    return f"{list_address('opportunity')}?{written}"
