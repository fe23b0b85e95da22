"""Every page that an administrator can open, opened: no script fails, and axe finds no violation in either theme."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.records import Record
from rapport.identity.models import User
from tests.architecture.addresses import all_addresses
from tests.architecture.test_pages import NOT_HERE_NOW
from tests.browser.accessibility import Inspector, Violation
from tests.cast import Cast

OF_EACH = 3
"""So many addresses of one pattern are opened: they differ by the record type alone. `./test soak` opens all."""
LOADING = ".htmx-request, #record-panels > .panel:not([id])"


@pytest.fixture(params=[OF_EACH, pytest.param(None, marks=pytest.mark.soak)], ids=["a few of each", "all"])
def paths(request: pytest.FixtureRequest, stage: Cast, world: Mapping[str, Record]) -> Iterator[list[str]]:
    """Addresses that answer Dora with a whole page, so many of each pattern; each record type has a record."""
    client = Client()
    client.force_login(stage.dora)
    logging.disable()  # refusals are expected: some addresses are only posted to
    by_pattern: dict[str, list[str]] = defaultdict(list)
    for address in all_addresses(world):
        by_pattern[address.pattern].append(address.path)
    asked = chain(*(paths[: request.param] for pattern, paths in by_pattern.items() if pattern not in NOT_HERE_NOW))
    yield [path for path in asked if _is_page(client, path)]
    logging.disable(logging.NOTSET)


def _is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 200 and not answer.streaming and b"<html" in answer.content[:500]


@pytest.mark.slow
def test_no_page_has_an_accessibility_violation_in_either_theme(
    stage: Cast, paths: list[str], sign_on: Callable[[User], Page], live_server: LiveServer
) -> None:
    page = sign_on(stage.dora)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    inspector = Inspector(page.context)
    found: list[Violation] = []
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        expect(page.locator(LOADING)).to_have_count(0)
        found += inspector.look_at(page)
    assert not found, "\n".join(map(str, found))
    assert not errors, "\n".join(errors)


def test_signing_on_has_no_accessibility_violation_in_either_theme(
    transactional_db: None, page: Page, live_server: LiveServer
) -> None:
    inspector = Inspector(page.context)
    page.goto(f"{live_server.url}/first-user/")
    found = inspector.look_at(page)
    page.get_by_role("button", name="Create my account").click()
    found += inspector.look_at(page)
    assert not found, "\n".join(map(str, found))
