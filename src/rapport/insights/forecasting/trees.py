"""Teams that have others below them: what is foretold of their teams, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from rapport.core.actors import Actor
from rapport.core.often_asked import often_asked
from rapport.identity.models import Team
from rapport.identity.models.team import team_and_below

from .sales import Dimension, Series, selling_teams_until


@dataclass(frozen=True)
class Tree:
    """A team with those below it: where the series of all of them stand that sell, and how many sales they made."""

    key: str
    parts: tuple[int, ...]
    sales: int
    dimension: Dimension = Dimension.TREE


def trees_until(found: Sequence[Series], end: date) -> list[Tree]:
    """Of the series of sales before a day; not where a team sold too little for a series of its own."""
    places = {one.key: place for place, one in enumerate(found) if one.dimension is Dimension.TEAM}
    selling, trees = selling_teams_until(end), []
    for top in Team.objects.filter(children__isnull=False).distinct().values_list("pk", flat=True):
        below = sorted(str(team) for team in team_and_below(top) & selling)
        if below and places.keys() >= set(below):
            parts = tuple(places[team] for team in below)
            trees.append(Tree(str(top), parts, sum(found[place].sales for place in parts)))
    return trees


@often_asked
def led_by(actor: Actor) -> QuerySet[Team]:
    """The teams that somebody leads, by name; all for who sees everything."""
    visible = Team.objects.visible_to(actor).order_by("name")
    return visible if actor.sees_everything else visible.filter(pk__in=list(actor.team_ids))


def top_of(teams: Sequence[Team]) -> UUID | None:
    """The one of them that stands above all others; None where there are several."""
    known = {one.pk for one in teams}
    tops = [one.pk for one in teams if one.parent_id not in known]
    return tops[0] if len(tops) == 1 else None
