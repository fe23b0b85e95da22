"""Teams that have others below them: what is foretold of their teams, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapport.core.actors import Actor
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


def top_of(actor: Actor) -> UUID | None:
    """The one team above all others that somebody leads; None where there are several."""
    return next((team for team in actor.team_ids if actor.team_ids <= team_and_below(team)), None)
