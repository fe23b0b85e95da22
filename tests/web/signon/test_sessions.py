"""Where one is signed in, and how sessions end: by oneself, by an administrator, by age, by rights withdrawn."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from rapport.core.events import Event
from tests.cast import Cast
from tests.web.signon.conftest import is_in, log_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture
def browsers(cast: Cast) -> tuple[Client, Client]:
    """Alice at her desk and on her phone."""
    desk = Client(headers={"user-agent": FIREFOX})
    phone = Client(headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.9")
    for browser in (desk, phone):
        log_in(browser, cast.alice)
    return desk, phone


def test_the_list_names_browser_and_address_and_marks_this_one(browsers: tuple[Client, Client]) -> None:
    page = browsers[0].get("/settings/sign-in/").content.decode()
    assert "Firefox · Linux" in page
    assert "Safari · iPhone" in page
    assert "203.0.113.9" in page
    assert page.count("this one") == 1


def test_one_session_is_ended(browsers: tuple[Client, Client]) -> None:
    desk, phone = browsers
    session = UserSession.objects.get(ip="203.0.113.9")
    desk.post(f"/settings/sign-in/sessions/{session.pk}/end/")
    assert not is_in(phone)
    assert is_in(desk)
    assert Event.objects.filter(verb="user.note_sessions_ended").count() == 1


def test_all_others_are_ended(browsers: tuple[Client, Client]) -> None:
    desk, phone = browsers
    desk.post("/settings/sign-in/sessions/end-others/")
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_nobody_ends_another_s_session(cast: Cast, browsers: tuple[Client, Client]) -> None:
    charlie = Client()
    log_in(charlie, cast.charlie)
    for session in UserSession.objects.filter(user_id=cast.alice.pk):
        charlie.post(f"/settings/sign-in/sessions/{session.pk}/end/")
    assert is_in(browsers[0])


def test_an_administrator_signs_somebody_out_everywhere(cast: Cast, browsers: tuple[Client, Client]) -> None:
    dora = Client()
    log_in(dora, cast.dora)
    assert "Safari · iPhone" in dora.get(f"/settings/users/{cast.alice.pk}/sign-on/").content.decode()
    dora.post(f"/settings/users/{cast.alice.pk}/sign-out/")
    assert [is_in(browser) for browser in browsers] == [False, False]
    assert Event.objects.filter(verb="user.sign_out", actor_id=cast.dora.pk).exists()


def test_gb5_whoever_is_deactivated_is_refused_at_the_next_request(cast: Cast, browsers: tuple[Client, Client]) -> None:
    with cast.acting(cast.dora):
        cast.alice.deactivate()
    assert [is_in(browser) for browser in browsers] == [False, False]


def test_gb5_a_role_taken_away_counts_at_the_next_request(cast: Cast) -> None:
    dora = Client()
    log_in(dora, cast.dora)
    assert dora.get("/settings/users/").status_code == 200
    with cast.acting(cast.dora):
        cast.dora.change(role="seller")
    assert dora.get("/settings/users/").status_code == 403


def test_a_changed_password_ends_the_other_sessions(browsers: tuple[Client, Client]) -> None:
    desk, phone = browsers
    desk.post("/settings/account/password/", {"present": "correct horse battery", "new": "a walk along the river"})
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_a_session_ends_after_idleness_and_after_its_longest_time(cast: Cast, settings: Any) -> None:
    for name, value in (("SESSION_IDLE_SECONDS", -1), ("SESSION_COOKIE_AGE", -1)):
        browser = Client()
        log_in(browser, cast.alice)
        assert is_in(browser)
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert not is_in(browser)
        setattr(settings, name, before)


def test_a_new_session_has_a_new_number(cast: Cast) -> None:
    browser = Client()
    browser.get("/login/passkey/", headers={"accept": "application/json"})
    before = browser.cookies["sessionid"].value
    log_in(browser, cast.alice)
    assert browser.cookies["sessionid"].value != before
