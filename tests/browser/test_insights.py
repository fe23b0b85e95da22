"""Insights in a real browser: a market size is entered, a figure of the forecast leads to its records (D8, D9, D13)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.core.clock import today
from rapport.identity.models import User
from rapport.insights.models import MarketSize
from rapport.pipeline.models import Opportunity
from tests.browser.accessibility import Inspector
from tests.cast import Cast

SignOn = Callable[[User], Page]


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page.context)


@pytest.fixture
def opened(live_server: LiveServer, stage: Cast, sign_on: SignOn) -> Callable[[str], Page]:
    begin()
    with stage.acting(stage.alice):
        end = date(today().year, today().month, 28)
        for name, chance in (("Sure", 90), ("Unsure", 10)):
            made = {"amount": Decimal(9_000), "currency": "EUR", "probability": chance, "expected_close": end}
            Opportunity.create(name=name, owner=stage.alice, **made)
    page = sign_on(stage.dora)

    def open_page(address: str) -> Page:
        page.goto(f"{live_server.url}{address}")
        expect(page.locator("html")).to_have_attribute("data-js", "")
        page.wait_for_load_state("networkidle")
        return page

    return open_page


def test_d9_a_market_size_is_entered_where_its_share_is_told(
    opened: Callable[[str], Page], inspector: Inspector
) -> None:
    page = opened("/insights/market-share/")
    page.get_by_role("link", name="Enter a market size").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Own name").fill("Everything")
    dialog.get_by_label("Market size").fill("500000")
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", name="Everything: no share can be told")).to_be_visible()
    assert MarketSize.objects.get().year == today().year - 1
    assert not inspector.look_at(page)


def test_d8_a_figure_of_the_forecast_leads_to_its_opportunities(
    opened: Callable[[str], Page], inspector: Inspector
) -> None:
    page = opened(f"/insights/forecast/?period={today():%Y-%m}")
    assert not inspector.look_at(page)
    page.get_by_role("link", name="Commit", exact=True).click()
    expect(page.get_by_role("link", name="Sure", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Unsure")).to_have_count(0)


def test_d13_who_and_where_is_readable_for_all(opened: Callable[[str], Page], inspector: Inspector) -> None:
    page = opened("/insights/who-and-where/")
    expect(page.get_by_role("heading", name="At which stage")).to_be_visible()
    assert not inspector.look_at(page)
