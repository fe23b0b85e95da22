"""The command palette and the keys that go somewhere, with a search that knows two companies."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.config import urls as product_urls
from rapport.identity.models import User
from rapport.web.ui.palette import PaletteGroup, PaletteItem, palette_answer
from tests.cast import Cast


def _palette(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    items = [PaletteItem(name, f"/ui/#{name}", "building-2", "Customer") for name in ("Acme", "Nordlicht")]
    found = [item for item in items if query and query.lower() in str(item.title).lower()]
    return palette_answer(request, query, [PaletteGroup("Organisations", found)])


urlpatterns = [
    path("palette/", _palette, name="palette"),
    path("search/", _palette, name="search"),
    *product_urls.urlpatterns,
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def guide(sign_on: Callable[[User], Page], stage: Cast, live_server: LiveServer) -> Page:
    """A page, open for Dora, who may go everywhere."""
    page = sign_on(stage.dora)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(f"{live_server.url}/ui/")
    expect(page.locator("html")).to_have_attribute("data-js", "")
    return page


def test_the_palette_finds_chooses_and_goes(guide: Page) -> None:
    guide.keyboard.press("Control+k")
    palette = guide.get_by_role("dialog", name="Search and commands")
    expect(palette.get_by_role("option", name="Settings")).to_be_visible()
    guide.keyboard.type("o")
    expect(palette.get_by_role("option", name="Nordlicht")).to_have_attribute("aria-selected", "true")
    assert Axe().run(guide).response["violations"] == []
    guide.keyboard.press("ArrowDown")
    expect(palette.get_by_role("option", name="Nordlicht")).to_have_attribute("aria-selected", "false")
    guide.keyboard.press("ArrowUp")
    expect(palette.get_by_role("option", name="Nordlicht")).to_have_attribute("aria-selected", "true")
    guide.keyboard.press("Enter")
    expect(guide).to_have_url(re.compile("#Nordlicht$"))
    expect(palette).to_be_hidden()


def test_who_presses_enter_before_the_answer_goes_where_they_typed(guide: Page) -> None:
    guide.keyboard.press("Control+k")
    guide.keyboard.type("nord")
    guide.keyboard.press("Enter")
    expect(guide).to_have_url(re.compile("#Nordlicht$"))


def test_nothing_found_is_said(guide: Page) -> None:
    guide.keyboard.press("/")
    guide.keyboard.type("xyzzy")
    expect(guide.locator("#palette-results")).to_contain_text("Nothing found for “xyzzy”.")


def test_the_field_at_the_top_opens_the_palette(guide: Page) -> None:
    guide.get_by_role("searchbox", name="Search", exact=True).click()
    expect(guide.locator("#palette-field")).to_be_focused()
    guide.keyboard.press("Escape")
    expect(guide.get_by_role("dialog", name="Search and commands")).to_be_hidden()


def test_two_letters_go_to_a_page_but_not_while_typing(guide: Page) -> None:
    field = guide.get_by_role("textbox", name="Note").first
    field.press_sequentially("gs")
    expect(field).to_have_value("gs")
    field.blur()
    guide.keyboard.press("g")
    guide.keyboard.press("s")
    expect(guide).to_have_url(re.compile("/settings/$"))


def test_c_presses_what_the_page_creates(guide: Page) -> None:
    guide.keyboard.press("c")
    expect(guide.get_by_role("dialog", name="A dialog on the page")).to_be_visible()
