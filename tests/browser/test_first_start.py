"""The first start: nobody is there yet, the first user comes in, goes out and comes back."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.identity.models import User

PASSWORD = "a walk along the river"


@pytest.fixture
def start(transactional_db: None, page: Page, live_server: LiveServer) -> Page:
    """The first page that somebody sees who opens an empty installation."""
    begin()
    page.goto(live_server.url)
    return page


def test_the_first_user_is_made_and_lands_on_a_page_that_greets(start: Page) -> None:
    expect(start).to_have_url(re.compile("/first-user/$"))
    start.get_by_label("Your name").fill("Marta Maier")
    start.get_by_label("E-mail").fill("marta@example.org")
    start.get_by_label("Password").fill("1234")
    start.get_by_role("button", name="Create my account").click()
    expect(start.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    create_account(start)
    expect(start.locator(".toast")).to_contain_text("Welcome, Marta Maier. You are the administrator.")
    assert User.objects.get(email="marta@example.org").role == "administrator"


def create_account(page: Page) -> None:
    """Answers the page of the first user."""
    page.get_by_label("Your name").fill("Marta Maier")
    page.get_by_label("E-mail").fill("marta@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    expect(page).not_to_have_url(re.compile("/first-user/"))


def log_in(page: Page, password: str) -> None:
    """Answers the log-in page."""
    page.get_by_label("E-mail").fill("marta@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_who_logs_out_must_log_in_and_comes_back_to_the_page_asked_for(start: Page, live_server: LiveServer) -> None:
    create_account(start)
    start.get_by_role("button", name="Account and preferences").click()
    start.get_by_role("menuitem", name="Log out").click()
    expect(start).to_have_url(re.compile("/login/"))
    start.goto(f"{live_server.url}/organisations/")
    log_in(start, "wrong")
    expect(start.get_by_text("don't belong together")).to_be_visible()
    log_in(start, PASSWORD)
    expect(start).to_have_url(re.compile("/organisations/$"))
    start.goto(f"{live_server.url}/first-user/")
    expect(start).not_to_have_url(re.compile("first-user"))
