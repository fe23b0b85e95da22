"""What to do next, by keys: read why, begin, put off, refuse with a reason, take it back."""

from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.identity.models import User
from rapport.insights.models import NextActionAnswer
from rapport.pipeline.models import Opportunity
from tests.browser.accessibility import Inspector
from tests.cast import Cast


def test_d7_the_list_is_worked_off_by_keys(
    stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer
) -> None:
    begin()
    with stage.acting(stage.alice):
        for name, amount in (("Pumps", 90_000), ("Valves", 50_000), ("Belts", 20_000)):
            Opportunity.create(name=name, amount=Decimal(amount), owner=stage.alice)
    page = sign_on(stage.alice)
    inspector = Inspector(page.context)
    page.goto(f"{live_server.url}/next/")
    _must_be_ready(page)
    _reads_why(page)
    assert [str(one) for one in inspector.look_at(page)] == []
    _begins(page)
    _puts_off(page)
    _is_asked_for_a_reason_by_key(page)
    _refuses_and_takes_it_back(page)


def _must_be_ready(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-js", "")
    page.wait_for_load_state("networkidle")


def _reads_why(page: Page) -> None:
    first = page.locator(".next-action").first
    expect(first).to_contain_text("Plan the next step of Pumps")
    expect(first).to_contain_text("Nothing is planned")
    first.get_by_text("Why here").click()
    expect(first).to_contain_text("an hour.")


def _begins(page: Page) -> None:
    """One key leads to what is missing, and saving it back to the list, without the line."""
    page.keyboard.press("k")  # the row in which something was clicked is the current one
    expect(page.locator(".next-action").first).to_have_attribute("data-current", "")
    page.keyboard.press("a")
    page.wait_for_url("**/edit/next_step/**")
    _must_be_ready(page)
    page.get_by_label("Next step").first.fill("Call Zoé")
    page.keyboard.press("Enter")
    page.wait_for_url("**/next/")
    _must_be_ready(page)
    expect(page.locator(".next-action").first).to_contain_text("Valves")
    assert Opportunity.objects.get(name="Pumps").next_step == "Call Zoé"


def _puts_off(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator(".next-action").first).to_have_attribute("data-current", "")
    page.keyboard.press("z")
    expect(page.locator(".next-action.today-done")).to_contain_text("Put off")


def _is_asked_for_a_reason_by_key(page: Page) -> None:
    """The reasons open, so that none is told that nobody chose; Escape would lead back."""
    line = page.locator(".next-action", has_text="Belts")
    line.get_by_text("Why here").click()
    page.keyboard.press("r")
    expect(line.get_by_label("Not at all, because")).to_be_focused()
    expect(page.locator(".next-action.today-done", has_text="Belts")).to_have_count(0)
    line.get_by_text("Other day, or no").click()


def _refuses_and_takes_it_back(page: Page) -> None:
    line = page.locator(".next-action", has_text="Belts")
    line.get_by_text("Other day, or no").click()
    line.get_by_label("Reason in your words").fill("They buy by themselves.")
    line.get_by_role("button", name="Refuse").click()
    expect(page.locator(".next-action.today-done", has_text="Belts")).to_contain_text("Refused")
    assert NextActionAnswer._base_manager.get(reply="refused").reason == "They buy by themselves."
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_text("Undone").first).to_be_visible()
    page.reload()
    expect(page.locator(".next-action", has_text="Belts")).to_be_visible()
    expect(page.locator(".next-action", has_text="Valves")).to_have_count(0)
