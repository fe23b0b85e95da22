"""Teams as a tree."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import current_actor
from rapport.identity.models import Team, User

from .access import needs


@dataclass(frozen=True)
class Branch:
    """A team in its place in the tree; `depth` counts from 0."""

    team: Team
    depth: int
    members: int


@require_GET
@needs("team.change")
def teams(request: HttpRequest) -> HttpResponse:
    """All teams, each under the one it is part of."""
    return render(request, "settings/teams.html", {"branches": list(_tree())})


def _tree() -> Iterator[Branch]:
    below: dict[UUID | None, list[Team]] = defaultdict(list)
    members = Counter(User.objects.filter(is_active=True).values_list("team_id", flat=True))
    for team in Team.objects.visible_to(current_actor()).order_by("name"):
        below[team.parent_id].append(team)
    waiting = [(team, 0) for team in reversed(below[None])]
    while waiting:
        team, depth = waiting.pop()
        yield Branch(team, depth, members[team.pk])
        waiting += [(child, depth + 1) for child in reversed(below[team.pk])]
