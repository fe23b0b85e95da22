"""Lists in a real browser: by keyboard, in a cell, many rows at once, and searching while typing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rapport.directory.models import Organisation
from rapport.identity.models import User
from tests.cast import Cast

SignOn = Callable[[User], Page]


@pytest.fixture
def organisations(live_server: Any, cast: Cast, sign_on: SignOn) -> Page:
    with cast.acting(cast.alice):
        for name in ("Acme", "Brossard", "Élan"):
            Organisation.create(name=name, owner=cast.alice)
    page = sign_on(cast.alice)
    page.goto(f"{live_server.url}/organisations/?cols=industry,employees,owner&sort=title")
    return page


def cell(page: Page, title: str, label: str) -> Any:
    return page.get_by_role("row", name=title).locator(f'td[data-label="{label}"]')


def test_a_cell_is_edited_in_place_and_the_edit_undone(organisations: Page) -> None:
    cell(organisations, "Acme", "Employees").dblclick()
    organisations.get_by_label("Employees", exact=True).fill("120")
    organisations.keyboard.press("Enter")
    expect(cell(organisations, "Acme", "Employees")).to_have_text("120")
    organisations.get_by_role("button", name="Undo").click()
    expect(cell(organisations, "Acme", "Employees")).to_have_text("")


def test_a_wrong_value_is_explained_and_given_up_with_escape(organisations: Page) -> None:
    cell(organisations, "Acme", "Employees").dblclick()
    organisations.get_by_label("Employees", exact=True).fill("many")
    organisations.keyboard.press("Enter")
    expect(organisations.get_by_role("alert")).to_contain_text("is not a number")
    organisations.get_by_label("Employees", exact=True).press("Escape")
    expect(cell(organisations, "Acme", "Employees")).to_have_text("")


def test_rows_are_walked_selected_and_opened_by_keyboard(organisations: Page) -> None:
    for key in ("j", "j", "x"):
        organisations.keyboard.press(key)
    expect(organisations.get_by_role("checkbox", name="Select Brossard")).to_be_checked()
    expect(organisations.locator(".bulk-bar")).to_contain_text("1 selected")
    organisations.keyboard.press("j")
    organisations.keyboard.press("Enter")
    expect(organisations.get_by_role("heading", name="Élan").first).to_be_visible()


def test_rows_that_are_folded_away_are_passed_over(organisations: Page) -> None:
    organisations.evaluate(
        "document.querySelector('tbody').insertAdjacentHTML('afterbegin', '<tr data-row hidden><td>folded</td></tr>')"
    )
    organisations.keyboard.press("j")
    expect(organisations.locator("tr[data-current]")).to_contain_text("Acme")


def test_a_cell_is_reached_and_edited_by_keyboard(organisations: Page) -> None:
    for key in ("j", "ArrowRight", "ArrowRight", "Enter"):
        organisations.keyboard.press(key)
    organisations.get_by_label("Employees", exact=True).fill("7")
    organisations.keyboard.press("Enter")
    expect(cell(organisations, "Acme", "Employees")).to_have_text("7")


def test_many_rows_are_changed_after_a_look_at_what_would_change(organisations: Page) -> None:
    organisations.get_by_role("checkbox", name="Select all rows shown").check()
    organisations.get_by_role("button", name="Change…").click()
    dialog = organisations.get_by_role("dialog")
    dialog.get_by_role("button", name="Employees").click()
    dialog.get_by_label("Employees").fill("50")
    dialog.get_by_role("button", name="Show what will change").click()
    expect(dialog.get_by_text("Brossard")).to_be_visible()
    dialog.get_by_role("button", name="Change them").click()
    expect(cell(organisations, "Élan", "Employees")).to_have_text("50")


def test_a_filter_is_added_and_taken_off(organisations: Page) -> None:
    organisations.keyboard.press("f")
    organisations.get_by_role("dialog").get_by_role("link", name="Name", exact=True).click()
    field = organisations.get_by_role("dialog").get_by_label("Text")
    field.fill("bro")
    field.press("Enter")
    expect(organisations.locator("tbody tr")).to_have_count(1)
    organisations.go_back()
    expect(organisations.locator("tbody tr")).to_have_count(3)


def test_the_list_narrows_while_typing(organisations: Page) -> None:
    organisations.get_by_label("Find in this list").press_sequentially("elan")
    expect(organisations.locator("tbody tr")).to_have_count(1)
    expect(organisations).to_have_url(re.compile("q=elan"))


def test_on_a_phone_rows_are_cards(organisations: Page) -> None:
    organisations.set_viewport_size({"width": 390, "height": 844})
    expect(organisations.get_by_role("link", name="Acme")).to_be_visible()
    assert organisations.evaluate("document.documentElement.scrollWidth") <= 390
    owner = organisations.locator("td:has(> .mention-chip)").first.bounding_box()
    assert owner
    assert owner["width"] > 300
    assert owner["height"] < 48


def test_the_palette_finds_a_record_and_goes_there(organisations: Page) -> None:
    organisations.keyboard.press("Control+k")
    organisations.get_by_role("combobox", name="Search and commands").press_sequentially("bros")
    expect(organisations.get_by_role("option", name="Brossard")).to_be_visible()
    organisations.keyboard.press("Enter")
    expect(organisations.get_by_role("heading", name="Brossard").first).to_be_visible()
