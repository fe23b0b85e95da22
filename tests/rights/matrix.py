"""The world of the matrix: everything of Alice's, named by canaries, and everybody who might look at it.

What each of them may see is written down in `PRINCIPALS`; what is not listed must be nowhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client

from rapport.activities.models import ACTIVITY_TYPES
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import RECORD_TYPES, Record
from rapport.identity.models import OwnedRecord, Scope, Territory, User, VisibilityRule
from rapport.identity.roles import Role
from tests.cast import Cast
from tests.world import make_world

GUARDED = {
    "organisation": "name",
    "person": "last_name",
    "opportunity": "name",
    "lead": "last_name",
    "order": "description",
    "contract": "subject",
    "ticket": "subject",
    "note": "text",
    "task": "subject",
    "meeting": "subject",
    "call": "subject",
    "mail": "subject",
    "file": "subject",
    "own_certificate": "name",
}
_BUSINESS = frozenset({"organisation", "person", "opportunity", "order", "contract", "ticket"})
_ACTIVITIES = frozenset(model.record_type for model in ACTIVITY_TYPES)
_EVERYTHING = frozenset(GUARDED)

PRINCIPALS: Mapping[str, frozenset[str]] = {
    "alice": _EVERYTHING,  # own
    "bob": _EVERYTHING,  # leads her team
    "dora": _EVERYTHING,  # administers
    "auditor": _EVERYTHING,
    "charlie": frozenset(),  # sells in another team
    "support": frozenset(),
    "reader": frozenset(),
    "stranger": frozenset(),
    "shared": frozenset({"opportunity"}),  # one record was shared with them; what is also about others is not
    "territory": _BUSINESS | _ACTIVITIES,  # a lead lies in no territory
}
_ROLES = {
    "auditor": Role.AUDITOR,
    "support": Role.SUPPORT,
    "reader": Role.READ_ONLY,
    "shared": Role.SELLER,
    "territory": Role.SELLER,
}


@dataclass(frozen=True)
class Matrix:
    """The records by type, and the users by the names of `PRINCIPALS`."""

    cast: Cast
    world: Mapping[str, Record]
    users: Mapping[str, User]

    def client(self, name: str) -> Client:
        """The browser of a principal."""
        client = Client()
        if name in self.users:
            client.force_login(self.users[name])
        return client

    def leaks(self, name: str, text: str) -> list[str]:
        """The types whose canary is in an answer though the principal may not see it."""
        low = text.lower()
        return [kind for kind in GUARDED if kind not in PRINCIPALS[name] and canary(kind).lower() in low]

    def unseen_ids(self, name: str) -> list[UUID]:
        """The ids of the records that the principal may not see."""
        return [self.world[kind].pk for kind in GUARDED if kind not in PRINCIPALS[name]]


def canary(kind: str) -> str:
    """What stands in the title of Alice's record of a type, and nowhere else."""
    return f"Canary{kind}"


def make_matrix(cast: Cast) -> Matrix:
    """Alice's world, seen by its owner only, and everybody."""
    world = make_world(cast)
    with acting_as(SYSTEM):
        for model in RECORD_TYPES.values():
            if issubclass(model, OwnedRecord) and model.is_shareable:
                VisibilityRule.create(for_type=model.record_type, scope=Scope.OWNER)
        for kind, name in GUARDED.items():
            record = world[kind]
            record.change(owner=cast.alice, **{name: canary(kind)})
            record.refresh_from_db()
        users = {name: _user(cast, name, role) for name, role in _ROLES.items()}
        Territory.objects.get().redraw(
            query=f"f=name:is:{canary('organisation')}", members=[(users["territory"], None)]
        )
    with cast.acting(cast.alice):
        world["opportunity"].share_with(user=users["shared"])  # type: ignore[attr-defined]
    known = {"alice": cast.alice, "bob": cast.bob, "charlie": cast.charlie, "dora": cast.dora}
    return Matrix(cast, world, {**known, **users})


def _user(cast: Cast, name: str, role: Role) -> User:
    return User.create(name=name.capitalize(), email=f"{name}@rapport.example", role=role, team=cast.south)


def text_of(answer: HttpResponse) -> str:
    """What was answered, streamed or not."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode(errors="replace")


_MASKED = (
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}",
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"|nonce="[^"]*"',
    r"\b[0-9a-f]{10}\b",  # the number of a request
    r'name="version" value="\d+"',  # which change was the last: not what it was
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\"<]*",
)


def masked(text: str) -> str:
    """An answer without identifiers, tokens and moments: two of them are equal when they tell the same."""
    return re.sub("|".join(_MASKED), "#", text)


def guessed(path: str, unseen: list[UUID]) -> Iterator[str]:
    """The path with the id of a record that may not be seen exchanged for one that nobody has."""
    for key in unseen:
        if str(key) in path:
            yield path.replace(str(key), str(uuid4()))
