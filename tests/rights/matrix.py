"""The world of the matrix: everything of Alice's, named by canaries, and everybody who might look at it.

What each of them may see is written down in `PRINCIPALS`; what is not listed must be nowhere.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client

from rapport.activities.models import ACTIVITY_TYPES
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import RECORD_TYPES, Record
from rapport.identity.models import OwnedRecord, Scope, Territory, User, VisibilityRule
from rapport.identity.roles import Role
from rapport.web.places import SLUGS
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
HELD = {"file": "The terms, in words.", "mail": "As promised."}
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
_SIZE = 4711  # territories are no secret: what draws one must not be a canary
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
    asked: Counter[str] = field(default_factory=Counter)
    """How many questions each principal asked."""

    def client(self, name: str) -> Client:
        """The browser of a principal."""
        client = Client()
        if name in self.users:
            client.force_login(self.users[name])
        return client

    def leaks(self, name: str, text: str) -> list[str]:
        """Where the canary of a type, or what a record of it holds, is in an answer for who may not see it."""
        low = text.lower()
        places = {
            kind: max(low.find(word.lower()) for word in (canary(kind), HELD.get(kind, canary(kind))))
            for kind in GUARDED
        }
        unseen = [kind for kind in GUARDED if kind not in PRINCIPALS[name] and places[kind] >= 0]
        return [f"{kind} in …{text[max(0, places[kind] - 90) : places[kind] + 40]!r}…" for kind in unseen]

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
        world["organisation"].change(employees=_SIZE)
        Territory.objects.get().redraw(query=f"f=employees:is:{_SIZE}", members=[(users["territory"], None)])
    with cast.acting(cast.alice):
        world["opportunity"].share_with(user=users["shared"])  # type: ignore[attr-defined]
    known = {"alice": cast.alice, "bob": cast.bob, "charlie": cast.charlie, "dora": cast.dora}
    return Matrix(cast, world, {**known, **users})


def _user(cast: Cast, name: str, role: Role) -> User:
    return User.create(name=name.capitalize(), email=f"{name}@rapport.example", role=role, team=cast.south)


def text_of(answer: HttpResponse) -> str:
    """What was answered, streamed or not; of an archive or a workbook all that is in it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return _unpacked(content).decode(errors="replace")


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(name.encode() + b": " + _unpacked(archive.read(name)) for name in archive.namelist())


def questions() -> Iterator[tuple[str, str]]:
    """Addresses that search, filter, sort, add up, suggest and export, each with the pattern it belongs to.

    They ask for the beginning of the canaries: whoever is told one whole was told by a record, not by the question.
    """
    for kind, name in GUARDED.items():
        slug = SLUGS.get(kind)
        yield "choose", f"/choose/{kind}/?q=Canar"
        yield "search", f"/search/?q=Canary{kind[:3]}"
        if slug is None:
            continue
        for query in (
            "view=all",
            "view=all&q=Canar",
            f"view=all&f={field}:contains:Canar",
            "view=all&sort=-created_at",
        ):
            for path in ("", "export.csv", "export.xlsx"):
                yield slug, f"/{slug}/{path}?{query}"
        yield slug, f"/{slug}/filter/?field={name}"
        yield slug, f"/{slug}/new/?{name}=Canar"
    yield "palette", "/palette/?q=canar"
    for kind in ("csv", "xlsx", "jsonl"):
        yield "settings-export-file", f"/settings/export/file/?format={kind}"


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


def differing(one: tuple[int, str], other: tuple[int, str]) -> str:
    """What tells two answers (status and text) apart, but for what is masked; empty when nothing does."""
    if one[0] != other[0]:
        return f"{one[0]}, one that does not exist {other[0]}"
    lines = unified_diff(masked(one[1]).splitlines(), masked(other[1]).splitlines(), n=0, lineterm="")
    return " | ".join(line.strip() for line in list(lines)[2:12])


def guessed(path: str, unseen: list[UUID]) -> Iterator[str]:
    """The path with the id of a record that may not be seen exchanged for one that nobody has."""
    for key in unseen:
        if str(key) in path:
            yield path.replace(str(key), str(uuid4()))
