"""Moving cards on the real board: by mouse, by keyboard, and through what a stage asks for."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rapport.core.beginnings import begin
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity, Stage
from tests.cast import Cast

SignOn = Callable[[User], Page]


@pytest.fixture
def board(live_server: Any, cast: Cast, sign_on: SignOn) -> Page:
    begin()
    with cast.acting(cast.dora):
        for stage in Stage.objects.all():
            stage.change(required_fields=["need"] if stage.code == "S3" else [])
    with cast.acting(cast.alice):
        first = Stage.objects.get(code="S1")
        Opportunity.create(name="Pumps for Acme", amount=Decimal(9000), owner=cast.alice, stage=first)
        Opportunity.create(name="Valves", owner=cast.alice, stage=first)
    page = sign_on(cast.alice)
    page.goto(f"{live_server.url}/pipeline/")
    expect(page.locator("[data-board][data-ready]")).to_be_visible()
    return page


def column(page: Page, code: str) -> Any:
    return page.locator(f"#stage-{Stage.objects.get(code=code).pk}")


def drag(page: Page, title: str, code: str) -> None:
    """By hand and in small steps, as people do."""
    card = page.get_by_role("article", name=title).bounding_box()
    target = column(page, code).locator("[data-board-list]").bounding_box()
    assert card
    assert target
    page.mouse.move(card["x"] + 40, card["y"] + 60)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 30, steps=12)
    page.mouse.move(target["x"] + 70, target["y"] + 40, steps=4)
    page.mouse.up()


def test_a_card_is_dragged_to_another_stage_and_the_move_undone(board: Page) -> None:
    drag(board, "Pumps for Acme", "S2")
    expect(column(board, "S2").get_by_role("article", name="Pumps for Acme")).to_be_visible()
    expect(column(board, "S2").locator(".board-sums")).to_contain_text("€9,000")
    expect(column(board, "S1").locator(".count")).to_have_text("1")
    board.get_by_role("button", name="Undo").click()
    expect(column(board, "S1").get_by_role("article", name="Pumps for Acme")).to_be_visible()


def test_a_stage_that_needs_something_asks_and_the_card_waits_for_the_answer(board: Page) -> None:
    drag(board, "Pumps for Acme", "S3")
    dialog = board.get_by_role("dialog")
    expect(dialog.get_by_label("Need")).to_be_visible()
    dialog.get_by_label("Need").fill("Less downtime")
    dialog.get_by_role("button", name="Move").click()
    expect(dialog).to_be_hidden()
    expect(column(board, "S3").get_by_role("article", name="Pumps for Acme")).to_be_visible()
    expect(column(board, "S3").locator(".count")).to_have_text("1")
    board.reload()
    expect(column(board, "S3").get_by_role("article", name="Pumps for Acme")).to_be_visible()


def test_without_the_answer_the_card_goes_home(board: Page) -> None:
    drag(board, "Pumps for Acme", "S3")
    expect(board.get_by_role("dialog").get_by_label("Need")).to_be_visible()
    board.keyboard.press("Escape")
    expect(column(board, "S1").get_by_role("article", name="Pumps for Acme")).to_be_visible()
    expect(column(board, "S3").get_by_role("article")).to_have_count(0)


def test_a_card_is_moved_by_keyboard_and_asked_what_is_missing(board: Page) -> None:
    board.get_by_role("article", name="Pumps for Acme").focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Space"):
        board.keyboard.press(key)
    dialog = board.get_by_role("dialog")
    dialog.get_by_label("Need").fill("Less downtime")
    dialog.get_by_role("button", name="Move").click()
    expect(column(board, "S3").get_by_role("article", name="Pumps for Acme")).to_be_visible()
    expect(column(board, "S3").locator(".count")).to_have_text("1")


def test_a_card_is_moved_by_its_menu(board: Page) -> None:
    board.get_by_role("link", name="Move Pumps for Acme").click()
    board.get_by_role("dialog").get_by_role("button", name="S2").click()
    expect(column(board, "S2").get_by_role("article", name="Pumps for Acme")).to_be_visible()


def test_a_card_is_lost_with_a_reason_from_its_menu(board: Page) -> None:
    board.get_by_role("link", name="Move Valves").click()
    board.get_by_role("dialog").get_by_role("link", name="Lose").click()
    dialog = board.get_by_role("dialog")
    dialog.get_by_label("Reason").first.fill("Too dear")
    dialog.get_by_role("button", name="Lose", exact=True).click()
    expect(board.get_by_role("article", name="Valves")).to_have_count(0)


def test_on_a_phone_one_stage_fills_the_screen(board: Page) -> None:
    board.set_viewport_size({"width": 390, "height": 844})
    board.reload()
    board.get_by_role("navigation", name="Stages").get_by_role("link", name="S4").click()
    box = column(board, "S4").bounding_box()
    assert box
    assert 300 < box["width"] <= 390
    expect(column(board, "S4")).to_be_in_viewport()
