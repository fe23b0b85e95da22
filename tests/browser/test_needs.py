"""The needs this version answers, each as somebody meets it (the import, X2, is in test_importing)."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.records import Record
from rapport.identity.models import User
from rapport.web.places import record_address
from tests.cast import Cast

Opened = Callable[[str], Page]


@pytest.fixture
def opened(
    world: Mapping[str, Record], stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer
) -> Opened:
    """Opens the page of the record of a type, for Alice."""
    page = sign_on(stage.alice)

    def open_record(record_type: str) -> Page:
        page.goto(f"{live_server.url}{record_address(record_type, world[record_type].pk)}")
        expect(page.locator("html")).to_have_attribute("data-js", "")
        return page

    return open_record


def test_r1_one_page_tells_who_an_organisation_is_what_happened_and_what_is_open(opened: Opened) -> None:
    page = opened("organisation")
    expect(page.get_by_role("heading", name="Acme", level=1)).to_be_visible()
    for happened in ("Likes sailing", "Visit", "Asked for a price", "The price", "Leaks"):
        expect(page.locator("#timeline")).to_contain_text(happened)
    panels = page.locator("#record-panels")
    panels.get_by_role(
        "heading", name="Files"
    ).scroll_into_view_if_needed()  # what is far down loads when it is reached
    for known in ("Zoé Laurent", "Pumps for Acme", "Send the price", "Leaks", "terms.txt"):
        row = panels.get_by_text(known).first
        row.scroll_into_view_if_needed()
        expect(row).to_be_visible()


def test_s3_a_sale_is_only_developed_once_the_need_is_known_and_history_tells_who_learned_it(opened: Opened) -> None:
    page = opened("opportunity")
    page.get_by_role("button", name="Discovery").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Need").fill("A pump that doesn't leak")
    person = dialog.get_by_role("combobox", name="Main contact")
    person.press_sequentially("Zo")
    page.get_by_role("option", name="Zoé Laurent").click()
    dialog.get_by_role("button", name="Move").or_(dialog.locator("button.button-primary")).first.click()
    expect(page.locator("#fact-need")).to_contain_text("A pump that doesn't leak")
    expect(page.locator("[aria-current=step]")).to_contain_text("Discovery")
    page.get_by_role("link", name="History").first.click()
    line = page.locator("li.timeline-item").filter(has_text="A pump that doesn't leak")
    expect(line).to_contain_text("Alice Almeida")


def test_q8_each_value_tells_its_source_and_age_and_keeps_its_history(opened: Opened) -> None:
    page = opened("organisation")
    page.locator("summary").filter(has_text="still empty").click()
    fact = page.locator("#fact-industry")
    fact.locator("a.fact-value").click()
    field = page.get_by_role("combobox", name="Industry")
    field.fill("Steel")
    field.press("Enter")
    expect(fact.locator(".fact-value")).to_have_attribute("aria-description", re.compile("Alice Almeida, typed here, "))
    page.get_by_role("link", name="History").first.click()
    expect(page.locator("li.timeline-item").filter(has_text="Steel")).to_contain_text("Alice Almeida")
