"""Chromium for the tests in this folder; each is marked `browser`."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.dispatch import receiver
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.core.records import Record
from rapport.identity.models import User
from tests.cast import Cast, make_cast
from tests.world import make_world
from toolchain.assets import ensure_assets
from toolchain.chromium import find_chromium

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


_LONGEST = 15.0  # seconds
_LONGEST_FILE = "test_every_page.py"
_PATIENCE = 90_000  # milliseconds in which a busy machine serves its first page
expect.set_options(timeout=30_000)
_served: dict[str, int] = {"begun": 0, "ended": 0}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what lies in this folder; what takes longest begins first, for a process at its end has nobody to help."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    with_commits = [place for place, item in enumerate(items) if _commits(item)]
    if with_commits:
        first = with_commits[0]  # behind what is rolled back, which wants the database as it was made
        items[first:] = sorted(items[first:], key=lambda item: item.path.name != _LONGEST_FILE)


def _commits(item: pytest.Item) -> bool:
    return "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def built() -> None:
    """Scripts and styles as their sources are now: `./test` builds them, a bare `pytest` would take older ones."""
    ensure_assets()


@pytest.fixture(scope="session")
def browser_type_launch_args(built: None, browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Starts the machine's own Chromium."""
    path = find_chromium()
    if path is None:
        pytest.fail("no Chromium on this machine: run ./test, which installs it, or set RAPPORT_CHROMIUM")
    return {**browser_type_launch_args, "executable_path": path, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop window, English, a fixed time zone and no animations, whatever the machine's."""
    viewport = {"width": 1440, "height": 900}
    return {
        **browser_context_args,
        "viewport": viewport,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "color_scheme": "light",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def stage(transactional_db: None) -> Cast:
    """The cast, committed, so that the served pages see it."""
    return make_cast()


@pytest.fixture
def world(stage: Cast) -> Mapping[str, Record]:
    """One record of each type, committed; they hang together."""
    begin()
    return make_world(stage)


@pytest.fixture
def sign_on(page: Page, live_server: LiveServer) -> Iterator[Callable[[User], Page]]:
    """Signs a user on in the test's page, without the log-in page; waits at the end for what is still being served."""
    _served.update(begun=0, ended=0)
    page.set_default_navigation_timeout(_PATIENCE)

    def signed_on(user: User) -> Page:
        page.context.add_cookies([cookie_of(user, live_server)])
        return page

    yield signed_on
    if not page.is_closed():
        page.goto("about:blank")
    _wait_until_all_is_served()


def cookie_of(user: User, live_server: LiveServer) -> Any:
    """What makes a browser this user's."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


@receiver(request_started)
def _count_begun(**_told: object) -> None:
    _served["begun"] += 1


@receiver(request_finished)
def _count_ended(**_told: object) -> None:
    _served["ended"] += 1


def _wait_until_all_is_served() -> None:
    """A panel that was asked for late still reads the database, which the next test empties."""
    until = time.monotonic() + _LONGEST
    while _served["begun"] > _served["ended"] and time.monotonic() < until:
        time.sleep(0.02)
