"""Reading and plain forms work in a browser that runs no scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.directory.models import Organisation
from tests.cast import PASSWORD, Cast


@pytest.fixture
def plain(browser: Browser, stage: Cast, live_server: LiveServer) -> Iterator[Page]:
    """A browser without scripts at the log-in page; Alice knows two organisations."""
    with stage.acting(stage.alice):
        for name, industry in (("Acme", "Steel"), ("Brossard", "Bread")):
            Organisation.create(name=name, industry=industry, owner=stage.alice)
    context = browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/organisations/")
    yield page
    context.close()


def test_log_in_filter_open_edit_and_save(plain: Page) -> None:
    plain.get_by_label("E-mail").fill("alice@rapport.example")
    plain.get_by_label("Password").fill(PASSWORD)
    plain.get_by_role("button", name="Log in").click()
    expect(plain.get_by_role("link", name="Brossard")).to_be_visible()
    filter_by_name(plain, "Acm")
    expect(plain.get_by_role("link", name="Brossard")).to_have_count(0)
    plain.get_by_role("link", name="Acme").first.click()
    expect(plain.get_by_role("heading", name="Acme", level=1)).to_be_visible()
    plain.locator("#fact-industry a.fact-value").click()
    plain.get_by_label("Industry").fill("Machine tools")
    plain.get_by_role("button", name="Save").click()
    expect(plain.locator("#fact-industry")).to_contain_text("Machine tools")
    assert Organisation.objects.get(name="Acme").industry == "Machine tools"


def filter_by_name(page: Page, text: str) -> None:
    """Adds a filter through its pages."""
    page.get_by_role("link", name="Filter", exact=True).click()
    page.get_by_role("link", name="Name", exact=True).click()
    page.get_by_label("Comparison").select_option(label="contains")
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile("/organisations/"))
