"""Every address and every operation of the API, asked by everybody: nobody is told what they may not see.

The addresses come from the URL resolver; one that nobody wrote down in `KINDS` fails. The short form asks as two of
the principals about two types; `./test soak` asks as all of them.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from rapport.governance.dictionary import entries
from tests.api.conftest import Program
from tests.architecture.addresses import Address, all_addresses
from tests.cast import Cast
from tests.rights.matrix import GUARDED, PRINCIPALS, Matrix, differing, guessed, make_matrix, questions, text_of
from tests.rights.toasts import taken_toasts
from tests.time_given import as_many_as_fit

pytestmark = pytest.mark.django_db

NOT_ASKED = {"healthz", "settings-job-action", "bulk-progress", "log-out"}
SHORT = ("charlie", "shared")
SHORT_TYPES = ("/opportunities/", "/notes/")

# By whom each part of the product may be opened at all: "everyone" is whoever is signed in, "anyone" needs no log-in;
# the rest are names of PRINCIPALS. What is seen there is told by PRINCIPALS.
SIGNED_IN = frozenset(PRINCIPALS) - {"stranger"}
ADMINISTRATORS = frozenset({"dora"})
KINDS: Mapping[str, frozenset[str]] = {
    "rapport.api.pages": SIGNED_IN,
    "rapport.web.activities": SIGNED_IN,
    "rapport.web.board": SIGNED_IN,
    "rapport.web.duplicates": frozenset({"alice", "bob", "charlie", "shared", "territory", "support", "dora"}),
    "rapport.web.help": SIGNED_IN,
    "rapport.web.importing": frozenset({"alice", "bob", "charlie", "shared", "territory", "dora"}),
    "rapport.web.insights": SIGNED_IN,
    "rapport.web.insights.forecast": frozenset({"bob", "dora", "auditor"}),
    "rapport.web.lists": SIGNED_IN,
    "rapport.web.notifications": SIGNED_IN,
    "rapport.web.oversight": SIGNED_IN,
    "rapport.web.palette": SIGNED_IN,
    "rapport.web.quality.own_rules": frozenset({"dora", "bob"}),
    "rapport.web.quality.settling": ADMINISTRATORS,
    "rapport.web.quality": SIGNED_IN,
    "rapport.web.estimates": SIGNED_IN,
    "rapport.web.records": SIGNED_IN,
    "rapport.web.next_actions": SIGNED_IN,
    "rapport.web.predictions": SIGNED_IN,
    "rapport.web.outlooks": SIGNED_IN,
    "rapport.web.today": SIGNED_IN,
    "rapport.web.trials": SIGNED_IN,
    "rapport.web.ui": frozenset(PRINCIPALS),
    "rapport.web.visitors": frozenset(PRINCIPALS),
    "rapport.web.signon": frozenset(PRINCIPALS),
    "rapport.web.settings.account": SIGNED_IN,
    "rapport.web.settings.index": SIGNED_IN,
    "rapport.web.settings.dictionary": SIGNED_IN,
    "rapport.web.settings.roles": frozenset({"dora", "auditor"}),
    "rapport.web.settings.history": frozenset({"dora", "auditor"}),
    "rapport.web.settings.jobs": frozenset({"dora", "auditor"}),
    "rapport.web.settings.status": frozenset({"dora", "auditor"}),
    "rapport.web.settings.tokens": SIGNED_IN,
    "rapport.web.settings.export": frozenset({"alice", "bob", "charlie", "shared", "territory", "dora"}),
    "rapport.web.settings.downloads": ADMINISTRATORS,  # one's own; the world has one of Dora's
    "rapport.web.settings.currencies": frozenset({"dora", "bob"}),
    "rapport.web.settings": ADMINISTRATORS,
    "rapport.web.own_fields": ADMINISTRATORS,
    "rapport.config": frozenset(PRINCIPALS),
    "allauth": frozenset(PRINCIPALS),
    "django": frozenset(PRINCIPALS),
}


@pytest.fixture
def matrix(fresh: None, cast: Cast, settings: Any) -> Iterator[Matrix]:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000  # tests ask faster than programs may
    logging.disable()  # refusals are expected, and counted below
    yield make_matrix(cast)
    logging.disable(logging.NOTSET)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        elif pattern.name:
            yield pattern


def _module_of(pattern: URLPattern) -> str:
    view: Any = pattern.callback
    found = getattr(view, "view_class", view)
    return str(getattr(found, "__wrapped__", found).__module__)


def _kind_of(module: str) -> str:
    known = [kind for kind in KINDS if module == kind or module.startswith(f"{kind}.")]
    return max(known, key=len, default="")


def test_every_address_is_in_the_matrix() -> None:
    unknown = {
        f"{pattern.name} ({_module_of(pattern)})"
        for pattern in _patterns(get_resolver())
        if not _kind_of(_module_of(pattern))
    }
    assert not unknown, "Say in KINDS who may open: " + ", ".join(sorted(unknown))


def _addresses(matrix: Matrix) -> list[Address]:
    asked = [Address(pattern, path) for pattern, path in questions()]
    return [*(address for address in all_addresses(matrix.world) if address.pattern not in NOT_ASKED), *asked]


def _wrong(matrix: Matrix, name: str, addresses: Iterable[Address]) -> Iterator[str]:
    """Asks for each address as the principal; tells of each leak, and of each id whose guessing tells something."""
    kinds = {str(pattern.name): _kind_of(_module_of(pattern)) for pattern in _patterns(get_resolver())}
    client, unseen = matrix.client(name), matrix.unseen_ids(name)
    for address in addresses:
        status, told = _got(client, address.path)
        matrix.asked[name] += 1
        if leaks := matrix.leaks(name, told):
            yield f"{name} GET {address.path}: {leaks}"
        if name not in KINDS[kinds.get(address.pattern, "rapport.web.lists")] and status == 200:
            yield f"{name} GET {address.path}: may be opened"
        for other in guessed(address.path, unseen):
            matrix.asked[name] += 2
            if difference := differing((status, told), _got(client, other)):
                yield f"{name} GET {address.path}: {difference}"
            if _posted(client, address.path) != _posted(client, other):
                yield f"{name} POST {address.path}: {status}"


def _got(client: Client, path: str) -> tuple[int, str]:
    """The status and text of a page, with what the next page would say of it."""
    answer = client.get(path)
    return answer.status_code, "\n".join([text_of(answer), *taken_toasts(client)])


def _posted(client: Client, path: str) -> tuple[int, list[str]]:
    """The status of an answer to nothing sent, and what the next page would say of it."""
    return client.post(path).status_code, taken_toasts(client)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHORT)
def test_nobody_is_shown_what_they_may_not_see(matrix: Matrix, name: str) -> None:
    asked = [one for one in _addresses(matrix) if "format=" not in one.path]  # whole exports take long
    short = [one for one in asked if "-" not in one.path or one.path.startswith(SHORT_TYPES)]
    assert not list(_wrong(matrix, name, short))


@pytest.mark.soak
@pytest.mark.parametrize("name", PRINCIPALS)
def test_nobody_is_shown_what_they_may_not_see_anywhere(matrix: Matrix, name: str) -> None:
    wrong = list(_wrong(matrix, name, as_many_as_fit(_addresses(matrix))))
    print(f"\n{name}: {matrix.asked[name]} questions, {len(wrong)} wrong")
    assert not wrong


def _operations(document: Mapping[str, Any], matrix: Matrix) -> Iterator[tuple[str, str, str]]:
    """Method, path, and the path with an id that nobody has, of each operation that the description tells of."""
    for path, operations in document["paths"].items():
        record = _record_of(_collection(path), matrix)
        if "{" in path and record is None:
            continue
        filled, other = _filled(path, str(record and record.pk)), _filled(path, "00000000-0000-4000-8000-000000000000")
        for method in operations:
            if method in ("get", "post", "patch", "delete"):
                yield method, filled, other


def _questions_of_api() -> Iterator[tuple[str, str, str]]:
    """Searches, filters, orders and counts, by the beginning of the canaries."""
    from rapport.api.collections import collection_of

    for kind, field in GUARDED.items():
        known = collection_of(kind)
        if known is None:
            continue
        queries = ("q=Canar", f"filter={field}:contains:Canar&include=count", "sort=-updated_at", f"fields={field}")
        yield from (("get", f"{known.name}?{query}", "") for query in queries)
    yield "get", "search?q=canar", ""


def _collection(path: str) -> str:
    return path.removeprefix("/api/v1").strip("/").partition("/")[0]


def _record_of(collection: str, matrix: Matrix) -> Any:
    from rapport.api.collections import collections

    found = {known.name: known.record_type for known in collections()}
    return matrix.world.get(found.get(collection, ""))


def _filled(path: str, key: str) -> str:
    import re

    return re.sub(r"\{[^}]*\}", key, path.removeprefix("/api/v1").lstrip("/"))


def _wrong_in_api(matrix: Matrix, name: str) -> Iterator[str]:
    dora = Program(matrix.cast.dora)
    document = dora.get("openapi.json").json()
    program = Program(matrix.users[name])
    unseen = {str(key) for key in matrix.unseen_ids(name)}
    for method, path, other in [*_operations(document, matrix), *_questions_of_api()]:
        answer = _asked(program, method, path)
        told = text_of(answer)
        matrix.asked[name] += 1
        if leaks := matrix.leaks(name, told):
            yield f"{name} {method} {path}: {leaks}"
        if any(key in path for key in unseen):
            matrix.asked[name] += 1
            missing = _asked(program, method, other)
            if difference := differing((answer.status_code, told), (missing.status_code, text_of(missing))):
                yield f"{name} {method} {path}: {difference}"


def _asked(program: Program, method: str, path: str) -> Any:
    if method == "get":
        return program.get(path)
    return program.delete(path) if method == "delete" else getattr(program, method)(path, {})


def test_no_program_is_told_what_its_user_may_not_see(matrix: Matrix) -> None:
    assert not list(_wrong_in_api(matrix, "charlie"))


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_no_program_is_told_it_whoever_asks(matrix: Matrix, name: str) -> None:
    wrong = list(_wrong_in_api(matrix, name))
    print(f"\n{name} by API: {matrix.asked[name]} questions, {len(wrong)} wrong")
    assert not wrong


def test_all_described_types_are_guarded_or_open_to_everyone(matrix: Matrix) -> None:
    """A new type of owned records must be named in GUARDED, so that the matrix looks for it."""
    from rapport.identity.models import OwnedRecord

    owned = {name for name, entry in entries().items() if issubclass(entry.model, OwnedRecord)}
    assert owned - {"ownrecord"} <= set(GUARDED)  # what all own types share: no record is of that type itself
