"""X6: fields of one's own, without code."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import Record
from rapport.governance.own.derived.recomputing import stale, work_out
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
    assert_on_phone(page)
    page.goto(f"{live_server.url}/organisations/?f=own_rooftops:least:10&cols=own_rooftops")
    expect(page.get_by_role("link", name="Acme").first).to_be_visible()


def assert_on_phone(page: Page) -> None:
    """What is asked and shown fits on a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1440, "height": 900})


def test_x6_a_formula_and_a_roll_up_are_made_in_the_browser(
    world: Mapping[str, Record], stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer
) -> None:
    page = sign_on(stage.dora)
    settings = f"{live_server.url}/settings/fields/organisation/"
    page.goto(f"{settings}new/formula/")
    page.get_by_label("Name").fill("Shoes")
    formula = page.get_by_role("textbox", name="Formula")
    formula.fill("employes * 2")
    expect(page.locator("#own-preview")).to_contain_text("Did you mean “employees”?")
    assert_on_phone(page)
    formula.fill("first(employees, 10) * 2")
    expect(page.locator("#own-preview")).to_contain_text("Acme")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Shoes")).to_be_visible()
    page.goto(f"{settings}new/rollup/")
    page.get_by_label("Name").fill("Heads")
    page.get_by_label("Rolled-up records").select_option("person.organisation")
    expect(page.locator("#own-preview")).to_contain_text("Acme")
    assert_on_phone(page)
    page.get_by_role("button", name="Save").click()
    with acting_as(SYSTEM):
        work_out(stale())
    page.goto(f"{live_server.url}{record_address('organisation', world['organisation'].pk)}")
    expect(page.locator("#fact-own_shoes")).to_contain_text("20")
    expect(page.locator("#fact-own_heads")).to_be_visible()
    page.goto(f"{live_server.url}/organisations/?f=own_shoes:least:20&sort=-own_shoes&cols=own_shoes")
    expect(page.get_by_role("link", name="Acme").first).to_be_visible()
    assert_on_phone(page)
