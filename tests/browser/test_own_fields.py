"""X6: fields of one's own, without code."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.records import Record
from rapport.identity.models import User
from rapport.web.places import record_address
from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_x6_a_field_is_added_in_the_browser_and_used_at_once(
    world: Mapping[str, Record], stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer
) -> None:
    page = sign_on(stage.dora)
    page.goto(f"{live_server.url}/settings/fields/organisation/")
    page.get_by_role("link", name="Number", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Rooftops")
    expect(dialog.locator("#own-preview")).to_contain_text("Rooftops")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Rooftops")).to_be_visible()
    page.goto(f"{live_server.url}{record_address('organisation', world['organisation'].pk)}edit/")
    page.get_by_label("Rooftops").fill("12")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#fact-own_rooftops")).to_contain_text("12")
    page.goto(f"{live_server.url}/organisations/?f=own_rooftops:least:10&cols=own_rooftops")
    expect(page.get_by_role("link", name="Acme").first).to_be_visible()
