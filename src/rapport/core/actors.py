"""Who acts: a person, a machine on somebody's behalf, a connector, or the system itself."""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from .attributes import PREFIX
from .problems import NoActor

_TOLD_APART = frozenset({"read", "create", "remove"})


class ActorKind(StrEnum):
    """What sort of actor; kept with every event."""

    HUMAN = "human"
    AI = "ai"
    AUTOMATION = "automation"
    CONNECTOR = "connector"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Actor:
    """Who acts, with what rights. `permissions` hold names like "opportunity.win", "opportunity.*" or "*".

    `scopes` holds who sees the records of a type where a rule says so (see `identity`); the rest follows the type.
    `hidden_fields` holds the fields the actor does not see ("organisation.vat_number"), `locked_fields` those that it
    may not change, the hidden ones among them. `shared_types` holds the types of which single records are shared with
    the actor, `territory_ids` the territories that it belongs to, `edited_territory_ids` those in which it may edit.
    `own_rights` holds, for types that users added and of which this is said, what the actor's role may do with them.
    """

    kind: ActorKind
    name: str
    user_id: UUID | None = None
    permissions: frozenset[str] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    sees_everything: bool = False
    on_behalf_of: UUID | None = None
    source: str = "web"
    scopes: Mapping[str, str] = field(default_factory=dict, compare=False)
    hidden_fields: frozenset[str] = field(default=frozenset(), compare=False)
    locked_fields: frozenset[str] = field(default=frozenset(), compare=False)
    shared_types: frozenset[str] = field(default=frozenset(), compare=False)
    territory_ids: frozenset[UUID] = field(default=frozenset(), compare=False)
    edited_territory_ids: frozenset[UUID] = field(default=frozenset(), compare=False)
    own_rights: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @cached_property
    def rights(self) -> tuple[Hashable, ...]:
        """All that the answer to a question about records can depend on; hashable, unlike the actor's mappings."""
        told = (frozenset(self.scopes.items()), frozenset(self.own_rights.items()))
        apart = ("scopes", "own_rights", "name", "source")
        return (*told, *(getattr(self, each.name) for each in fields(self) if each.name not in apart))

    def may(self, permission: str) -> bool:
        """Whether a permission was granted, by itself or through a wildcard."""
        granted = self.permissions
        if permission in granted or "*" in granted:
            return True
        subject, _, action = permission.partition(".")
        if subject in self.own_rights:
            return (action if action in _TOLD_APART else "change") in self.own_rights[subject]
        if subject.startswith(PREFIX):  # types that users added share the permissions of "own"
            return "own.*" in granted or f"own.{action}" in granted or f"*.{action}" in granted
        return f"{subject}.*" in granted or f"*.{action}" in granted


SYSTEM = Actor(ActorKind.SYSTEM, "Rapport", permissions=frozenset({"*"}), sees_everything=True, source="system")
ANONYMOUS = Actor(ActorKind.ANONYMOUS, "Visitor")

_current: ContextVar[Actor | None] = ContextVar("current_actor", default=None)


def current_actor() -> Actor:
    """The actor of this request, job or command; raises `NoActor` when there is none."""
    actor = _current.get()
    if actor is None:
        raise NoActor("Nobody is acting: wrap this call in `with acting_as(actor):`.")
    return actor


def actor_if_any() -> Actor | None:
    """The actor of this request, job or command, or None when nobody acts."""
    return _current.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Within the block, verbs are done by `actor`."""
    token = _current.set(actor)
    try:
        yield actor
    finally:
        _current.reset(token)
