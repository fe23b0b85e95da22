"""The component kit in a real browser: the style guide is used as people use the pages."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.identity.models import User
from tests.cast import Cast


@pytest.fixture
def guide(sign_on: Callable[[User], Page], stage: Cast, live_server: LiveServer) -> Page:
    """The style guide, open for Alice; fails the test on any error of a script."""
    page = sign_on(stage.alice)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(f"{live_server.url}/ui/")
    expect(page.locator("html")).to_have_attribute("data-js", "")
    return page


def violations(page: Page) -> list[str]:
    """What axe finds wrong, as `rule: selector`."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_accessibility_violation_in_either_theme(guide: Page, theme: str) -> None:
    guide.get_by_role("button", name="Account and preferences").click()
    guide.get_by_role("menuitemradio", name=theme.capitalize()).click()
    expect(guide.locator("html")).to_have_attribute("data-theme", theme)
    guide.keyboard.press("Escape")
    assert violations(guide) == []
    guide.reload()
    expect(guide.locator("html")).to_have_attribute("data-theme", theme)


def test_an_action_is_told_with_undo_and_undo_tells_too(guide: Page) -> None:
    guide.get_by_role("button", name="Toast").click()
    toast = guide.locator(".toast")
    expect(toast).to_contain_text("Removed · Kestrel Optics")
    toast.get_by_role("button", name="Undo").click()
    expect(guide.locator(".toast")).to_contain_text("Undone")


def test_a_refused_verb_is_explained_and_the_page_stays(guide: Page) -> None:
    guide.get_by_role("button", name="Refused").click()
    expect(guide.locator(".toast-bad")).to_contain_text("already won. Re-open it first.")
    expect(guide.get_by_role("heading", name="Style guide")).to_be_visible()


def test_an_unreachable_server_is_told_and_nothing_is_lost(guide: Page) -> None:
    guide.context.set_offline(True)
    guide.get_by_role("button", name="Toast").click()
    expect(guide.locator(".toast-bad")).to_contain_text("can't be reached")


def test_a_failure_without_a_sentence_of_its_own_is_told_in_words(guide: Page) -> None:
    guide.route("**/ui/live/say/", lambda route: route.fulfill(status=502, body="Bad gateway"))
    guide.get_by_role("button", name="Toast").click()
    expect(guide.locator(".toast-bad")).to_contain_text("That didn't work, and nothing was changed.")


def test_a_fact_is_edited_in_place_with_enter(guide: Page) -> None:
    fact = guide.locator("#fact-industry")
    fact.get_by_role("link", name="Machine building").click()
    field = fact.get_by_role("textbox", name="Industry")
    expect(field).to_be_focused()
    field.fill("")
    field.press("Enter")
    expect(fact.get_by_role("alert")).to_contain_text("An industry is needed")
    fact.get_by_role("textbox").fill("Optics")
    fact.get_by_role("textbox").press("Enter")
    expect(fact.get_by_role("link", name="Optics")).to_be_focused()
    expect(guide.locator(".toast")).to_contain_text("Changed")


def test_escape_leaves_a_fact_as_it_was(guide: Page) -> None:
    fact = guide.locator("#fact-industry")
    fact.get_by_role("link", name="Machine building").press("Enter")
    fact.get_by_role("textbox").fill("Nonsense")
    fact.get_by_role("textbox").press("Escape")
    expect(fact.get_by_role("link", name="Machine building")).to_be_focused()


def test_a_list_obeys_the_keyboard_and_the_bar_counts(guide: Page) -> None:
    bar = guide.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    guide.keyboard.press("j")
    guide.keyboard.press("j")
    expect(guide.locator("#row-2")).to_be_focused()
    guide.keyboard.press("x")
    expect(bar).to_contain_text("1 selected")
    guide.locator("#row-4 input").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 selected")
    guide.get_by_role("button", name="Clear the selection").click()
    expect(bar).to_be_hidden()
    guide.locator("#row-2").focus()
    guide.keyboard.press("j")
    guide.keyboard.press("Enter")
    expect(guide).to_have_url(re.compile("/ui/#row-3$"))


def test_the_keys_are_listed_in_a_dialog(guide: Page) -> None:
    guide.keyboard.press("?")
    dialog = guide.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Search, go anywhere, do anything")
    guide.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_menu_opens_walks_and_asks_before_removing(guide: Page) -> None:
    guide.get_by_role("button", name="More actions").click()
    expect(guide.get_by_role("menuitem", name="Edit")).to_be_focused()
    guide.keyboard.press("ArrowUp")
    expect(guide.get_by_role("menuitem", name="Remove")).to_be_focused()
    guide.keyboard.press("Enter")
    question = guide.get_by_role("dialog", name="Remove this sample?")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    expect(guide.locator(".toast")).to_have_count(0)


def test_a_record_is_linked_by_typing(guide: Page) -> None:
    field = guide.get_by_role("combobox", name="Organisation").first
    field.press_sequentially("kes")
    expect(guide.get_by_role("option", name="Kestrel Optics")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("Kestrel Optics")
    expect(guide.locator("input[name=organisation]").first).to_have_value("4")


def test_rows_are_added_and_removed(guide: Page) -> None:
    group = guide.get_by_role("group", name="E-mail addresses").first
    expect(group.get_by_role("textbox")).to_have_count(3)
    group.get_by_role("button", name="Add another").click()
    expect(group.get_by_role("textbox")).to_have_count(4)
    expect(group.get_by_role("combobox").last).to_be_focused()
    group.get_by_role("button", name="Remove this row").last.click()
    expect(group.get_by_role("textbox")).to_have_count(3)


def test_progress_goes_on_by_itself_until_done(guide: Page) -> None:
    expect(guide.locator("#sample-progress")).to_contain_text("Imported accounts.csv", timeout=8000)


def test_an_upload_is_refused_with_a_reason_or_taken(guide: Page) -> None:
    chooser = guide.locator("#sample-upload")
    chooser.set_input_files({"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"x"})
    expect(guide.locator("[data-files]")).to_contain_text("virus.exe")
    guide.get_by_role("button", name="Upload").click()
    expect(guide.locator(".toast-bad")).to_contain_text("A program is no table")
    chooser.set_input_files({"name": "accounts.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    guide.get_by_role("button", name="Upload").click()
    expect(guide.locator(".toast")).to_contain_text("1 files received")
