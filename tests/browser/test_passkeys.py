"""Passkeys, made and used by Chromium with an authenticator of its own."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.events import Event
from rapport.identity.models import User
from tests.browser.accessibility import Inspector
from tests.cast import PASSWORD, Cast

LIKE_A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def authenticator(page: Page) -> Iterator[CDPSession]:
    """What a phone or laptop has built in."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": LIKE_A_PHONE})
    yield session
    session.detach()


def log_in(page: Page, base: str, user: User) -> None:
    """Answer the log-in page."""
    page.goto(f"{base}/login/")
    page.get_by_label("E-mail").fill(str(user.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page: Page) -> None:
    """By the menu."""
    page.get_by_role("button", name="Account and preferences").click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page).to_have_url(re.compile("/login/"))


def test_a_passkey_is_made_and_then_signs_in_alone_or_as_the_second_step(
    stage: Cast, page: Page, live_server: LiveServer, authenticator: CDPSession
) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    log_in(page, base, stage.alice)
    page.goto(f"{base}/settings/sign-in/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("Phone", exact=True)).to_be_visible()
    log_out(page)
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("button", name="Account and preferences")).to_be_visible()
    log_out(page)
    log_in(page, base, stage.alice)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("button", name="Account and preferences")).to_be_visible()
    assert Event.objects.filter(verb="user.note_factor_added", reason="Passkey “Phone”").exists()


def test_a_passkey_is_renamed_and_removed(
    stage: Cast, page: Page, live_server: LiveServer, authenticator: CDPSession
) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    log_in(page, base, stage.alice)
    page.goto(f"{base}/settings/sign-in/passkeys/new/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="Done").click()
    page.get_by_role("link", name="Rename Passkey").click()
    page.get_by_label("Name").fill("Blue key")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Blue key").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Blue key", exact=True)).to_have_count(0)
    assert not Authenticator.objects.exists()


def test_refusing_the_browser_s_question_is_told_and_leaves_the_page(
    stage: Cast, page: Page, live_server: LiveServer
) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**LIKE_A_PHONE, "isUserVerified": False}})
    page.goto(f"{base}/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.locator(".toast")).to_contain_text("No passkey was used")


def test_the_pages_of_signing_in_have_no_accessibility_violation(
    stage: Cast, page: Page, live_server: LiveServer, authenticator: CDPSession
) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    inspector = Inspector(page.context)
    log_in(page, base, stage.dora)
    found = []
    page.goto(f"{base}/settings/sign-in/passkeys/new/")
    found += inspector.look_at(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    for path in (
        *("settings/sign-in/", "settings/sign-in/app/", "settings/sign-in/recovery-codes/"),
        *("settings/sign-in/recovery-codes/new/", "login/confirm/", "login/confirm/code/", "login/confirm/passkey/"),
        f"settings/users/{stage.alice.pk}/sign-on/",
    ):
        page.goto(f"{base}/{path}")
        found += inspector.look_at(page)
    page.context.clear_cookies()
    for path in ("login/", "login/reset/", "login/reset/sent/", "login/reset/x/y/"):
        page.goto(f"{base}/{path}")
        found += inspector.look_at(page)
    log_in(page, base, stage.dora)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    found += inspector.look_at(page)
    assert not found, "\n".join(map(str, found))
