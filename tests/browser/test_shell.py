"""What is around every page: keys, palette, quick create, and the phone."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.records import Record
from rapport.identity.models import User
from rapport.web.places import record_address
from tests.cast import Cast

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def page_at(
    world: Mapping[str, Record], stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer
) -> Callable[[str], Page]:
    """Opens a page for Alice and waits until its keys work."""
    page = sign_on(stage.alice)

    def opened(address: str) -> Page:
        page.goto(f"{live_server.url}{address}")
        expect(page.locator("html")).to_have_attribute("data-js", "")
        return page

    return opened


def test_the_keys_of_the_page_are_listed(page_at: Callable[[str], Page]) -> None:
    page = page_at("/organisations/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Search, go anywhere, do anything")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_two_letters_lead_from_today_to_the_pipeline(page_at: Callable[[str], Page]) -> None:
    page = page_at("/")
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("/pipeline/$"))


def test_the_palette_forgives_a_typo_and_a_missing_accent(page_at: Callable[[str], Page]) -> None:
    page = page_at("/")
    page.keyboard.press("Control+k")
    page.locator("#palette-field").press_sequentially("zoe lauremt")
    found = page.locator("#palette").get_by_role("option", name=re.compile("Zoé Laurent"))
    expect(found).to_be_visible()
    expect(found).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zoé Laurent", level=1)).to_be_visible()


def test_the_plus_creates_from_any_page(page_at: Callable[[str], Page]) -> None:
    page = page_at("/pipeline/")
    page.get_by_role("button", name="Create", exact=True).click()
    page.get_by_role("menuitem", name="Organisation").click()
    dialog = page.get_by_role("dialog", name="New: Organisation")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Kestrel Optics")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kestrel Optics", level=1)).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Kestrel Optics")


def test_escape_leads_back_to_where_one_was_before_the_menu(page_at: Callable[[str], Page]) -> None:
    page = page_at("/insights/")
    page.keyboard.press("j")
    before = page.locator(":focus").inner_text()
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New: Organisation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_text(before, use_inner_text=True)


def test_a_click_beside_a_dialog_closes_it_until_something_was_chosen(page_at: Callable[[str], Page]) -> None:
    page = page_at("/organisations/")
    dialog = page.get_by_role("dialog", name="New: Organisation")
    for chosen in ("", "Prospect"):
        page.get_by_role("button", name="Create", exact=True).click()
        page.get_by_role("menuitem", name="Organisation").click()
        expect(dialog).to_be_visible()
        if chosen:
            dialog.get_by_label("Relationship").select_option(label=chosen)
        page.mouse.click(5, 5)
        expect(dialog).to_be_visible(visible=bool(chosen))


def test_on_a_phone_every_page_fits_and_the_bar_at_the_foot_leads_on(
    page_at: Callable[[str], Page], world: Mapping[str, Record]
) -> None:
    records = [record_address(kind, world[kind].pk) for kind in ("organisation", "person", "opportunity")]
    pages = ["/", "/organisations/", "/opportunities/", "/pipeline/", "/imports/", *records]
    bar = page_at("/").get_by_role("navigation", name="On the phone")
    expect(bar).to_be_hidden()
    for address in pages:
        page = page_at(address)
        page.set_viewport_size({"width": 390, "height": 844})
        expect(bar).to_be_visible()
        assert page.evaluate(FITS), f"{address} scrolls sideways"
    bar.get_by_role("link", name="Pipeline").click()
    expect(page).to_have_url(re.compile("/pipeline/$"))
