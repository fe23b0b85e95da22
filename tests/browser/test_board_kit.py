"""Moving cards on a board: by mouse, by keyboard, by the card's button; with a stage that asks for something."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.identity.models import User
from tests.cast import Cast


@pytest.fixture
def guide(sign_on: Callable[[User], Page], stage: Cast, live_server: LiveServer) -> Page:
    """The style guide, open for Alice, its board ready."""
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/ui/")
    expect(page.locator("html")).to_have_attribute("data-js", "")
    expect(page.locator("[data-board][data-ready]")).to_be_visible()
    return page


def card_in(page: Page, column: str, name: str) -> Locator:
    """A card where it should be."""
    return page.get_by_role("region", name=column).get_by_role("article", name=name)


def test_a_card_is_dragged_and_the_move_is_told(guide: Page) -> None:
    card = card_in(guide, "Qualification", "Nordlicht Maschinenbau")
    card.scroll_into_view_if_needed()
    card.drag_to(guide.locator("#col-2 [data-board-list]"), target_position={"x": 60, "y": 20})
    expect(card_in(guide, "Discovery", "Nordlicht Maschinenbau")).to_be_visible()
    expect(guide.locator(".toast")).to_contain_text("Moved · Nordlicht")


def test_a_card_is_moved_by_keyboard(guide: Page) -> None:
    card_in(guide, "Qualification", "Nordlicht Maschinenbau").focus()
    guide.keyboard.press("Space")
    expect(guide.locator("#announcements")).to_contain_text("taken")
    guide.keyboard.press("ArrowRight")
    guide.keyboard.press("Space")
    expect(guide.locator("#announcements")).to_contain_text("Moved to Discovery")
    expect(card_in(guide, "Discovery", "Nordlicht Maschinenbau")).to_be_visible()


def test_escape_brings_the_card_back(guide: Page) -> None:
    card_in(guide, "Qualification", "Nordlicht Maschinenbau").focus()
    guide.keyboard.press("Space")
    guide.keyboard.press("ArrowRight")
    guide.keyboard.press("Escape")
    expect(card_in(guide, "Qualification", "Nordlicht Maschinenbau")).to_be_visible()
    expect(guide.locator(".toast")).to_have_count(0)


def move_to_proposal(page: Page) -> None:
    """Moves the last card into the stage that asks for an amount."""
    card_in(page, "Discovery", "Kestrel Optics").focus()
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Move Kestrel Optics")).to_contain_text("A proposal needs an amount.")


def test_a_stage_asks_for_what_it_needs_and_then_keeps_the_card(guide: Page) -> None:
    move_to_proposal(guide)
    guide.get_by_role("textbox", name="Amount").fill("900")
    guide.keyboard.press("Enter")
    expect(guide.get_by_role("dialog")).to_have_count(0)
    expect(card_in(guide, "Proposal", "Kestrel Optics")).to_be_visible()
    expect(guide.locator(".toast")).to_contain_text("Moved · Kestrel")


def test_a_question_left_unanswered_sends_the_card_home(guide: Page) -> None:
    move_to_proposal(guide)
    guide.keyboard.press("Escape")
    expect(card_in(guide, "Discovery", "Kestrel Optics")).to_be_visible()


def test_a_server_that_fails_sends_the_card_home(guide: Page) -> None:
    guide.context.set_offline(True)
    card_in(guide, "Qualification", "Nordlicht Maschinenbau").focus()
    for key in ("Space", "ArrowRight", "Enter"):
        guide.keyboard.press(key)
    expect(guide.locator(".toast-bad")).to_contain_text("can't be reached")
    expect(card_in(guide, "Qualification", "Nordlicht Maschinenbau")).to_be_visible()


def test_the_button_of_a_card_opens_the_same_question(guide: Page) -> None:
    guide.get_by_role("link", name="Move Ribeiro & Filhos").click()
    dialog = guide.get_by_role("dialog", name="Move Ribeiro & Filhos")
    dialog.get_by_role("combobox", name="Stage").select_option("s3")
    dialog.get_by_role("button", name="Move").click()
    expect(dialog).to_be_hidden()
    expect(guide.locator(".toast")).to_contain_text("Moved · Ribeiro")
