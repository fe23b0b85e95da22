"""The fixed cast: Alice sells, Bob leads her team, Charlie sells in another team, Dora administers, Ada is an AI agent
acting for Alice, and a stranger.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rapport.core.actors import ANONYMOUS, SYSTEM, Actor, acting_as
from rapport.identity.actors import actor_for, ai_acting_for
from rapport.identity.models import Scope, Team, User, VisibilityRule
from rapport.identity.roles import Role

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    """Who plays in the tests: users, their teams, and the actors they are."""

    north: Team
    south: Team
    alice: User
    bob: User
    charlie: User
    dora: User
    stranger: Actor = ANONYMOUS

    @property
    def ada(self) -> Actor:
        """An AI agent acting for Alice."""
        return ai_acting_for(self.alice, name="Ada")

    @contextmanager
    def acting(self, who: User | Actor) -> Iterator[Actor]:
        """Within the block the verbs are done by this user or actor."""
        with acting_as(who if isinstance(who, Actor) else actor_for(who)) as actor:
            yield actor


def make_cast() -> Cast:
    """Teams North (Bob leads, Alice sells) and South (Charlie sells) under Sales; Dora administers."""
    with acting_as(SYSTEM):
        sales = Team.create(name="Sales")
        north = Team.create(name="North", parent=sales)
        south = Team.create(name="South", parent=sales)
        return Cast(
            north=north,
            south=south,
            alice=_user("Alice Almeida", Role.SELLER, north),
            bob=_user("Bob Bernard", Role.MANAGER, north),
            charlie=_user("Charlie Costa", Role.SELLER, south),
            dora=_user("Dora Dupont", Role.ADMINISTRATOR, None),
        )


def seen_by(record_type: str, scope: Scope) -> VisibilityRule:
    """Set by whom the records of a type are seen."""
    with acting_as(SYSTEM):
        return VisibilityRule.create(for_type=record_type, scope=scope)


def _user(name: str, role: Role, team: Team | None) -> User:
    email = f"{name.split(maxsplit=1)[0].lower()}@rapport.example"
    user = User.create(name=name, email=email, role=role, team=team)
    user.choose_password(PASSWORD)
    return user
