"""Every address with nonsense in its path, its query, the headers and the cookies that come with it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import resolve

from tests.architecture.addresses import Address, all_addresses
from tests.time_given import as_many_as_fit

from .conftest import Company, Visiting
from .dealing import dealt
from .listening import listening
from .strings import KEYS, NUMBERS, TELLING, gathered, own
from .visiting import Visitor

QUERY = (
    *("q", "f", "f1", "match", "sort", "columns", "after", "before", "view", "page", "type"),
    *("tab", "compose", "next", "who", "verb", "state", "until", "from", "field", "edit", "beside"),
    *("stage", "pipeline", "size", "name", "campaign", "show", "group", "owner", "team", "period", "closing"),
    *("step", "all", "organisation", "amount", "due_on", "done", "value"),
)
HEADERS = (
    *("Accept-Language", "HX-Current-URL", "HX-Target", "HX-Trigger", "HX-Prompt", "Referer", "Accept", "User-Agent"),
    *(
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Request-ID",
        "Range",
        "If-None-Match",
        "If-Modified-Since",
        "Authorization",
    ),
    *("X-CSRFToken", "Content-Type", "Content-Length", "Accept-Encoding"),
)
COOKIES = ("django_language", "theme", "density", "sidebar", "csrftoken", "messages", "time_zone", "sessionid")
_PARAMETER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")
_PATHS = [
    "/%ff%fe/",
    "/people/%00/",
    "/%ed%a0%80/",
    "//evil.example/",
    "/..%2f..%2fetc/passwd",
    "/a" * 4_000,
    "/people/1/",
]
QUIET = {"log-out", "settings-history-verify", "healthz", "first-user"}
LEAST = 6  # times that each address is asked
HX = {"HX-Request": "true", "HX-Target": "div#list"}


def pages(world: Mapping[str, object]) -> list[Address]:
    return [address for address in all_addresses(world) if address.pattern not in QUIET]  # type: ignore[arg-type]


def hostile_paths(address: Address, texts: list[str]) -> Iterator[str]:
    """The path with each of its ids, and its last word, replaced."""
    for text in texts:
        safe = quote(text[:1_000], safe="")
        if _PARAMETER.search(address.path):
            yield _PARAMETER.sub(lambda _found, safe=safe: safe, address.path, count=1)
        head, _slash, _last = address.path.rstrip("/").rpartition("/")
        yield f"{head}/{safe}/"


@pytest.mark.slow
def test_every_address_stands_hostile_parameters(company: Company, visit: Visiting) -> None:
    cast, world = company
    visitor = visit(cast.dora)
    texts, names = cycle(TELLING), cycle(QUERY)
    tried: set[tuple[str, str]] = set()
    with visitor.watching():
        for number, address in enumerate(pages(world)):
            query = {name: next(texts) for name in islice(names, 9)}
            with listening() as heard:
                visitor.send("GET", address.path, query_params=query, headers=HX if number % 3 == 0 else {})
            new = {(view_of(address), name) for name in heard - query.keys()} - tried
            tried |= new
            if new:
                visitor.send("GET", address.path, query_params={name: next(texts) for _view, name in sorted(new)})
            if number % 3 == 1:
                for path in hostile_paths(address, [next(texts)]):
                    visitor.send("GET", path)
        for path in _PATHS:
            visitor.send("GET", path)
    visitor.report()


@pytest.mark.parametrize(
    "path",
    [
        *("/proposals/?view=all&action=%00", "/ai-control/ledger/?action=a%00b&estimator=%00", "/people/?q=%00&f=%00"),
        *("/ai-control/ledger/?until=2023-02-30T10:00", "/ai-control/ledger/?until=9999-12-31"),
        *(
            "/ai-control/ledger/?until=1000-01-01T00:00:00%2B23:59",
            "/ai-control/ledger/?until=0001-01-01T00:00:00%2B01:00",
        ),
        f"/search/?q={'+'.join('abcdefghijklmnopqrstuvwxyz' * 3)}",
    ],
)
def test_a_parameter_that_means_nothing_is_no_failure(company: Company, visit: Visiting, path: str) -> None:
    visitor = visit(company[0].dora)
    with visitor.watching():
        answer = visitor.send("GET", path)
    visitor.report()
    assert answer is not None
    assert answer.status_code == 200


def test_headers_and_cookies_may_say_anything(company: Company, visit: Visiting) -> None:
    cast, world = company
    shown = [address for address in pages(world) if address.pattern in {"today", "record", "opportunities", "pipeline"}]
    for user in (cast.dora, None):
        visitor = visit(user)
        texts = cycle(text for text in own() if text.isprintable() or "\x80" in text)
        with visitor.watching():
            for header, address in zip(HEADERS * 3, cycle(shown), strict=False):
                visitor.send("GET", address.path, headers={"HX-Request": "true", header: next(texts)[:4_000]})
            for cookie, address in zip(COOKIES[:-1] * 3, cycle(shown), strict=False):
                visitor.client.cookies[cookie] = quote(next(texts)[:2_000])
                visitor.send("GET", address.path)
                del visitor.client.cookies[cookie]
        visitor.report()


Question = tuple[str, Mapping[str, str], Mapping[str, str]]


def everything_for(addresses: Sequence[Address], asked: Mapping[str, frozenset[str]]) -> Iterator[Question]:
    """Path, query and headers: each parameter that a view asks for with each string, each id and last word too.

    Short strings that are not ours share a value here, as many as a line holds.
    """
    views = {address: view_of(address) for address in addresses}
    names = {address: sorted(asked[address.pattern]) for address in addresses}
    turns = dealt(names, gathered(shortest=1), least=LEAST, same=lambda address, name: (views[address], name))
    for number, (address, given) in enumerate(turns):
        yield address.path, given, HX if number % 3 == 0 else {}
    last = {address: ["path"] for address in addresses}
    for address, given in dealt(last, [*KEYS, *NUMBERS], least=2, same=lambda address, _name: views[address]):
        yield from ((path, {}, {}) for path in hostile_paths(address, [given["path"]]))


def view_of(address: Address) -> str:
    """What answers at an address: many patterns share a view."""
    view: Any = resolve(address.path.partition("?")[0]).func
    found = getattr(view, "view_class", view)
    return f"{found.__module__}.{getattr(found, '__wrapped__', found).__qualname__}"


def parameters_asked(visitor: Visitor, addresses: Iterable[Address]) -> dict[str, frozenset[str]]:
    """The names of parameters that each pattern's view looks for, learnt by listening; `QUERY` where it takes any."""
    found: dict[str, frozenset[str]] = {}
    for address in addresses:
        if address.pattern not in found:
            with listening() as names:
                visitor.send("GET", address.path)
                visitor.send("GET", address.path, query_params=dict.fromkeys(QUERY, "1"), headers=HX)
            found[address.pattern] = frozenset(names)
    return found


@pytest.mark.soak
def test_every_address_stands_everything_hostile(company: Company, visit: Visiting) -> None:
    cast, world = company
    visitor = visit(cast.dora)
    addresses = pages(world)
    with visitor.watching():
        asked = list(everything_for(addresses, parameters_asked(visitor, addresses)))
        for path, query, headers in as_many_as_fit(asked):
            visitor.send("GET", path, query_params=query, headers=headers, about=f"{query}")
    visitor.report()
