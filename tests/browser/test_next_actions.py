"""What to do next, by keys: read why, begin, put off, refuse with a reason, take it back."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.identity.models import User
from rapport.insights.models import NextActionAnswer
from rapport.pipeline.models import Opportunity
from tests.browser.accessibility import Inspector
from tests.cast import Cast


@pytest.fixture
def list_of_alice(stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer) -> Page:
    """Three open opportunities in which nothing is planned, the greatest first."""
    begin()
    with stage.acting(stage.alice):
        for name, amount in (("Pumps", 90_000), ("Valves", 50_000), ("Belts", 20_000)):
            Opportunity.create(name=name, amount=Decimal(amount), owner=stage.alice)
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/next/")
    expect(page.locator("html")).to_have_attribute("data-js", "")
    page.wait_for_load_state("networkidle")
    return page


def test_d7_the_list_is_worked_off_by_keys(list_of_alice: Page) -> None:
    page = list_of_alice
    inspector = Inspector(page.context)
    page.reload()
    page.wait_for_load_state("networkidle")
    first = page.locator(".next-action").first
    expect(first).to_contain_text("Plan the next step of Pumps")
    expect(first).to_contain_text("Nothing is planned")
    first.get_by_text("Why here").click()
    expect(first).to_contain_text("an hour.")
    assert [str(one) for one in inspector.look_at(page)] == []
    page.keyboard.press("j")
    expect(first).to_have_attribute("data-current", "")
    page.keyboard.press("a")
    page.wait_for_url("**/edit/next_step/**")
    page.get_by_label("Next step").first.fill("Call Zoé")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/next/")
    expect(page.locator(".next-action").first).to_contain_text("Valves")
    assert Opportunity.objects.get(name="Pumps").next_step == "Call Zoé"


def test_d7_what_is_put_off_or_refused_can_be_taken_back(list_of_alice: Page) -> None:
    page = list_of_alice
    page.keyboard.press("j")
    expect(page.locator(".next-action").first).to_have_attribute("data-current", "")
    page.keyboard.press("z")
    expect(page.locator(".next-action.today-done")).to_contain_text("Put off")
    second = page.locator(".next-action", has_text="Valves")
    second.get_by_text("Other day, or no").click()
    second.get_by_label("Reason in your words").fill("They buy by themselves.")
    second.get_by_role("button", name="Refuse").click()
    expect(page.locator(".next-action.today-done", has_text="Valves")).to_contain_text("Refused")
    assert NextActionAnswer._base_manager.get(reply="refused").reason == "They buy by themselves."
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_text("Undone").first).to_be_visible()
    page.reload()
    expect(page.locator(".next-action", has_text="Valves")).to_be_visible()
    expect(page.locator(".next-action", has_text="Pumps")).to_have_count(0)
