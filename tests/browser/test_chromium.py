"""The browser itself: it is given what was built from the sources as they are, and obeys our headers."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from toolchain.assets import are_built


@pytest.mark.django_db(transaction=True)
def test_the_health_check_can_be_opened_and_runs_no_foreign_script(page: Page, live_server: LiveServer) -> None:
    answer = page.goto(f"{live_server.url}/healthz")
    assert answer is not None
    assert answer.headers["content-type"] == "application/json"
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]


def test_pages_are_tried_with_scripts_and_styles_as_their_sources_are_now(page: Page) -> None:
    assert are_built()
