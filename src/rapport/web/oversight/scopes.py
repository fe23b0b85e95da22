"""What a switch may stop, in words and by key: all machines, an agent, an estimator, a team, an action, a record."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.scopes import in_scope
from rapport.core.search_entries import SearchEntry
from rapport.governance.dictionary import entries
from rapport.identity.models import Team
from rapport.oversight.actions import action_named, actions
from rapport.oversight.machine import agent_name
from rapport.oversight.models import Proposal
from rapport.oversight.stopping import INSTANCE, agent_key, team_key
from rapport.oversight.trust import WINDOW

Choices = list[tuple[str, str]]


def scopes() -> list[tuple[str, Choices]]:
    """What else may be stopped than all machines and one action, by kind; kinds with nothing are left out."""
    kinds = [
        (_("An agent: all that it does"), [(agent_key(name), agent) for name, agent in sorted(_agents().items())]),
        (_("An estimator or prompt"), [(f"estimator:{name}"[:100], name) for name in _estimators()]),
        (_("The machines of a team"), [(team_key(team.pk), team.name) for team in Team.objects.order_by("name")]),
    ]
    return [(kind, choices) for kind, choices in kinds if choices]


def _agents() -> dict[str, str]:
    return {agent_name(action): str(action.agent) for action in actions()}


def _estimators() -> Iterator[str]:
    """What computed proposals of late: all versions of each, then each version."""
    recent = Proposal._base_manager.filter(proposed_at__gte=now() - WINDOW).exclude(estimator="")
    versions = sorted(set(recent.values_list("estimator", flat=True).distinct()))
    yield from sorted({version.rpartition("/")[0] or version for version in versions} | set(versions))


def key_of(actor: Actor, given: str) -> str:
    """The key that was asked for, if there is such a thing to stop; otherwise the page is not found."""
    kind, _colon, rest = given.partition(":")
    if given == INSTANCE or (kind == "action" and action_named(rest)):
        return given
    if any(given == key for _kind, choices in scopes() for key, _name in choices):
        return given
    if kind == "record" and _record_title(actor, rest):
        return given
    raise Http404


def name_of(key: str, actor: Actor) -> str:
    """What a switch stops, in words."""
    kind, _colon, rest = key.partition(":")
    if kind == "action":
        action = action_named(rest)
        return str(action.label) if action else rest
    if kind == "team":
        team = Team.objects.filter(pk=rest).first()
        return _("Team %(team)s") % {"team": team.name if team else rest}
    if kind == "agent":
        return _("Agent: %(name)s") % {"name": _agents().get(rest, rest)}
    if kind == "estimator":
        return _("What %(name)s computes") % {"name": rest}
    if key == INSTANCE:
        return _("All machines")
    return _("Whatever concerns %(title)s") % {"title": _record_title(actor, rest) or _("a record you don't see")}


def _record_title(actor: Actor, record_id: str) -> str:
    """The title of a record, if this person sees it."""
    try:
        key = UUID(record_id)
    except ValueError:
        return ""
    types = [name for name, entry in entries().items() if entry.importable]
    visible = in_scope(actor, types, type_column="record_type", id_column="record_id")
    found = SearchEntry.objects.filter(visible, record_id=key).first()
    return found.title if found else ""
