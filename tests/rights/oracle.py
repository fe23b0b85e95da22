"""Questions that could tell something of a hidden value, through every parameter that pages and programs have.

The same questions are asked in worlds that differ in the hidden value only; an answer that differs tells of it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from rapport.api.collections import collection_of
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.attributes import is_attribute
from rapport.core.clock import fixed_at, now
from rapport.core.concealing import blank_of
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Choice
from rapport.governance.selection.operators import operators_for
from rapport.web.places import SLUGS
from tests.api.conftest import Program
from tests.governance.operands import example_of
from tests.rights.matrix import masked, text_of
from tests.rights.rules import hide
from tests.rights.toasts import taken_toasts

Ask = Callable[[Client, Program], HttpResponse]
_AGO = re.compile(r"just now|\d+ (?:second|minute|hour)s? ago")
_ZOE, _EVA = "zoe.hush@secret.example", "eva.hush@secret.example"
_PAIRS: dict[str, tuple[Any, Any]] = {
    **dict.fromkeys(("text", "long_text", "open_list"), ("Hushalpha", "Hushbeta")),
    **dict.fromkeys(("decimal", "amount"), (Decimal(51), Decimal(153))),
    "integer": (2, 4),
    "percentage": (Decimal(11), Decimal(33)),
    "year": (1951, 1987),
    "date": (date(2026, 1, 5), date(2027, 3, 9)),
    "datetime": (datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2027, 3, 9, 9, tzinfo=UTC)),
    "time": ("09:15", "17:45"),
    "boolean": (True, False),
    "email": (_ZOE, _EVA),
    "emails": ([{"value": _ZOE, "kind": "work"}], [{"value": _EVA, "kind": "work"}]),
    "mail_addresses": ([_ZOE], [_EVA]),
    "phone": ("+33170189900", "+351217001234"),
    "phones": ([{"value": "+33170189900", "kind": "work"}], [{"value": "+351217001234", "kind": "work"}]),
    "url": ("https://hushalpha.example", "https://hushbeta.example"),
    "vat": ("FR40303265045", "PT501442600"),
    "addresses": ([{"kind": "main", "city": "Hushalpha"}], [{"kind": "main", "city": "Hushbeta"}]),
    "several": (["Hushalpha"], ["Hushbeta"]),
}


@dataclass(frozen=True)
class Hidden:
    """One field of one record, hidden from sellers."""

    record: Record
    field: Field

    @property
    def name(self) -> str:
        """As rules name it."""
        return f"{self.record.record_type}.{self.field.name}"

    def values(self) -> list[Any]:
        """Two values, and none."""
        domain: Any = self.field.domain
        each = getattr(domain, "each", domain)
        if isinstance(each, Choice):
            codes = list(each.labels())
            pair: list[Any] = [codes[0], codes[-1]]
            pair = [[code] for code in pair] if each is not domain else pair
        else:
            pair = list(_PAIRS[domain.kind])
        return [*pair, None if is_attribute(self.field.name) else blank_of(type(self.record), self.field.name)]

    def words(self) -> list[str]:
        """What the values may be asked for by."""
        found = []
        for value in self.values()[:2]:
            one = value[0] if isinstance(value, list) else value
            one = (one.get("value") or one.get("city")) if isinstance(one, dict) else one
            found.append(one.isoformat() if isinstance(one, date | datetime) else str(one))
        return found


def probes(hidden: Hidden) -> Iterator[tuple[str, Ask]]:
    """Every question about the field, each with a name."""
    yield from _lists(hidden)
    yield from _pages(hidden)
    yield from _api(hidden)
    yield from _around(hidden)


def _conditions(hidden: Hidden) -> Iterator[str]:
    name, words = hidden.field.name, hidden.words()
    for operator in operators_for(hidden.field):
        example = example_of(operator.operand, hidden.field) or ()
        for values in dict.fromkeys([tuple(example), *(tuple([word] * max(1, len(example))) for word in words)]):
            yield f"{name}:{operator.key}:{'|'.join(values)}"
    yield f"{name}:contains:{words[0][:4]}"


def _lists(hidden: Hidden) -> Iterator[tuple[str, Ask]]:
    slug = SLUGS.get(hidden.record.record_type)
    if slug is None:
        return
    name = hidden.field.name
    for condition in map(quote, _conditions(hidden)):
        yield _page(f"/{slug}/?view=all&f={condition}")
        yield _page(f"/{slug}/?view=all&match=any&f={condition}&f=updated_at:before:today-900")
        yield _page(f"/{slug}/export.csv?view=all&f={condition}")
    for sort in (name, f"-{name}", f"{name}&after=WzUxLCIwMCJd"):
        yield _page(f"/{slug}/?view=all&sort={sort}")
        yield _page(f"/{slug}/export.csv?view=all&sort={sort}&cols={name}")
    for word in hidden.words():
        yield _page(f"/{slug}/?view=all&q={quote(word)}")
        yield _page(f"/{slug}/filter/apply/?field={name}&operator=is&text={quote(word)}&number=51&view=all")
        yield _page(f"/{slug}/new/?{name}={quote(word)}")
    for path in (f"?view=all&cols={name}", f"filter/?field={name}", f"columns/?cols={name}", "?view=all"):
        yield _page(f"/{slug}/{path}")


def _pages(hidden: Hidden) -> Iterator[tuple[str, Ask]]:
    slug, name = SLUGS.get(hidden.record.record_type), hidden.field.name
    if slug is None:
        return
    page = f"/{slug}/{hidden.record.pk}/"
    for path in ("", "?tab=related", "?tab=timeline", "history/", "edit/", f"edit/{name}/", f"fact/{name}/", "panels/"):
        yield _page(f"{page}{path}")
    yield _page(f"{page}cell/{name}/")
    for word in hidden.words():
        yield _posted(f"{page}edit/{name}/", {name: word})
        yield _posted(f"/{slug}/new/", {name: word})
        yield _posted(f"/{slug}/bulk/change/", {"ids": str(hidden.record.pk), "field": name, name: word})
        yield _page(f"{page}?tab=timeline&q={quote(word)}")


def _api(hidden: Hidden) -> Iterator[tuple[str, Ask]]:
    collection = collection_of(hidden.record.record_type)
    if collection is None:
        return
    name, one = hidden.field.name, f"{collection.name}/{hidden.record.pk}"
    for condition in map(quote, _conditions(hidden)):
        yield _program(f"{collection.name}?filter={condition}")
        yield _program(
            f"{collection.name}?include=count&match=any&filter={condition}&filter=created_at:before:today-900"
        )
    for path in (f"sort={name}", f"sort=-{name}", f"fields={name}", "include=count", f"sort={name}&limit=1"):
        yield _program(f"{collection.name}?{path}")
    for word in hidden.words():
        yield _program(f"{collection.name}?q={quote(word)}")
        yield _written("patch", one, {name: word})
        yield _written("post", collection.name, {name: word})
        yield _written("post", f"{collection.name}/bulk", {"rows": [{"id": str(hidden.record.pk), name: word}]})
    for path in (one, f"{one}?fields={name}", f"{one}/history", f"{one}/timeline"):
        yield _program(path)


def _around(hidden: Hidden) -> Iterator[tuple[str, Ask]]:
    """Search, suggestions, sums, the board, what is alike, and the day's page."""
    for word in hidden.words():
        for path in ("/palette/?q=", "/search/?q=", f"/choose/{hidden.record.record_type}/?q="):
            yield _page(f"{path}{quote(word)}")
        for asked in ("website=", "emails__value="):
            yield _page(f"/look-alikes/{hidden.record.record_type}/?{asked}{quote(word)}")
        yield _program(f"search?q={quote(word)}")
    yield from map(_page, ("/pipeline/", "/", "/?tab=team", "/notifications/"))


def _page(path: str) -> tuple[str, Ask]:
    return f"GET {path}", lambda client, _program: client.get(path)  # type: ignore[return-value]


def _posted(path: str, values: dict[str, str]) -> tuple[str, Ask]:
    return f"POST {path} {values}", lambda client, _program: client.post(path, values)  # type: ignore[return-value]


def _program(path: str) -> tuple[str, Ask]:
    return f"API {path}", lambda _client, program: program.get(path)


def _written(method: str, path: str, body: Any) -> tuple[str, Ask]:
    return f"API {method} {path} {body}", lambda _client, program: getattr(program, method)(path, body)


def told(hidden: Hidden, asked: list[tuple[str, Ask]], client: Client, program: Program) -> Iterator[str]:
    """The questions whose answers differ with the hidden value alone."""
    one, other, nothing = hidden.values()
    with transaction.atomic(), fixed_at(now()):
        hide(hidden.name)
        ways = [(other, one), (one, other), (one, nothing)]
        worlds = [_answers(hidden, way, asked, client, program) for way in ways]
        transaction.set_rollback(True)
    for (name, _ask), *answers in zip(asked, *worlds, strict=True):
        if len(set(answers)) > 1:
            yield f"{hidden.name} by {name}: {_difference(answers)}"


def _answers(
    hidden: Hidden, way: tuple[Any, ...], asked: list[tuple[str, Ask]], client: Client, program: Program
) -> list[str]:
    """What is answered after the field had these values; everything is as before afterwards."""
    with transaction.atomic():
        _count_events_from_here()
        with acting_as(SYSTEM):
            for value in way:
                _set(hidden, value)
        found = [_answered(ask, client, program) for _name, ask in asked]
        transaction.set_rollback(True)
    return found


def _set(hidden: Hidden, value: Any) -> None:
    """By the verb; what only other verbs may set, straight in the database."""
    model, name = type(hidden.record), hidden.field.name
    try:
        with transaction.atomic():
            model._base_manager.get(pk=hidden.record.pk).change(**{name: value})
    except (ValidationError, Problem):
        QuerySet(model).filter(pk=hidden.record.pk).update(**{name: value})


def _answered(ask: Ask, client: Client, program: Program) -> str:
    with transaction.atomic():
        answer = ask(client, program)
        said = f"{answer.status_code} {answer.headers.get('ETag')} {_AGO.sub('#', masked(text_of(answer)))}"
        said += str(taken_toasts(client))
        transaction.set_rollback(True)
    return said


def _count_events_from_here() -> None:
    """The same numbers in each world, so that versions differ with the value only if they tell of it."""
    with connection.cursor() as cursor:
        for table in ("core_event", "core_change"):
            cursor.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")


def _difference(answers: list[str]) -> str:
    one, other = next((a, b) for a in answers for b in answers if a != b)
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, place - 60) : place + 60]!r}… against …{other[max(0, place - 60) : place + 60]!r}…"
