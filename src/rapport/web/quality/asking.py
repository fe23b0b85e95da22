"""What the board is narrowed to, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.governance.dictionary import entries
from rapport.identity.models import Team, User
from rapport.quality.board.figures import DIMENSIONS, Asked
from rapport.quality.board.sight import rules_for
from rapport.quality.board.sources import Source


@dataclass(frozen=True)
class Choice:
    """One way to narrow: its parameter, what it is called, what may be chosen, and what is."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def asked_of(parameters: QueryDict) -> Asked:
    """From the parameters of an address; what makes no sense narrows nothing."""
    source, dimension = parameters.get("source", ""), parameters.get("kind", "")
    record_type = parameters.get("type", "")
    return Asked(
        record_type=record_type if record_type in entries() else "",
        dimension=dimension if dimension in set(DIMENSIONS) else "",
        owner_id=_key(parameters.get("owner", "")),
        team_id=_key(parameters.get("team", "")),
        source=source if source in set(Source) else "",
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def query_of(asked: Asked) -> str:
    """The parameters again, as they were understood."""
    given = QueryDict(mutable=True)
    for name, value in _given(asked).items():
        if value:
            given[name] = str(value)
    return given.urlencode()


def _given(asked: Asked) -> Mapping[str, object]:
    return {
        "type": asked.record_type,
        "kind": asked.dimension,
        "owner": asked.owner_id,
        "team": asked.team_id,
        "source": asked.source,
    }


def choices_for(actor: Actor, asked: Asked) -> list[Choice]:
    """The ways to narrow, with what may be chosen."""
    types = sorted({name for rule in rules_for(actor).values() for name in rule.targets()})
    users = User.objects.visible_to(actor).filter(is_active=True).order_by("name").values_list("pk", "name")[:500]
    teams = Team.objects.visible_to(actor).order_by("name").values_list("pk", "name")
    chosen = {name: str(value or "") for name, value in _given(asked).items()}
    offered = (
        ("type", _("Records"), tuple((name, str(entries()[name].plural)) for name in types if name in entries())),
        ("kind", _("Kind"), tuple((one.value, one.label) for one in DIMENSIONS)),
        ("team", _("Team"), tuple((str(key), name) for key, name in teams)),
        ("owner", _("Owner"), tuple((str(key), name) for key, name in users)),
        ("source", _("Source"), tuple((one.value, one.label) for one in Source)),
    )
    return [Choice(name, label, options, chosen[name]) for name, label, options in offered if options]
