"""An authenticator app and recovery codes: set up, asked for, used once, removed."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from rapport.core.events import Event
from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from tests.cast import Cast
from tests.jobs import do_jobs
from tests.web.signon.conftest import code_for, is_in, log_in, recovery_codes_of

pytestmark = pytest.mark.django_db

SECOND_STEP = "/login/second-step/"
AppOf = Callable[[User], str]


def test_an_app_is_set_up_with_a_code_and_then_asked_for(client: Client, cast: Cast) -> None:
    log_in(client, cast.alice)
    page = client.get("/settings/sign-in/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'value="([A-Z2-7]{32})"', page)
    assert secret
    wrong = client.post("/settings/sign-in/app/", {"code": "000000"}).content.decode()
    assert "That code is wrong" in wrong
    answer = client.post("/settings/sign-in/app/", {"code": code_for(secret[1])})
    assert answer.headers["Location"] == "/settings/sign-in/recovery-codes/"
    client.post("/logout/")
    assert log_in(client, cast.alice).headers["Location"] == SECOND_STEP
    assert not is_in(client)
    client.post(SECOND_STEP, {"code": code_for(secret[1], steps=1)})
    assert is_in(client)


def test_the_secret_is_encrypted_at_rest(client: Client, cast: Cast, app_of: AppOf) -> None:
    log_in(client, cast.alice)
    page = client.get("/settings/sign-in/app/").content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page)
    assert secret
    client.post("/settings/sign-in/app/", {"code": code_for(secret[1])})
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret[1] not in stored
    assert "gAAAA" in stored


def test_setting_up_leaves_an_event_and_a_mail(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    log_in(client, cast.alice)
    page = client.get("/settings/sign-in/app/").content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page)
    assert secret
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        client.post("/settings/sign-in/app/", {"code": code_for(secret[1])})
    told = set(Event.objects.filter(verb="user.note_factor_added").values_list("reason", flat=True))
    assert told == {"Authenticator app", "Recovery codes"}
    do_jobs()
    assert any("added a second factor (Authenticator app)" in letter.body for letter in mail.outbox)


def test_a_code_works_once(client: Client, cast: Cast, app_of: AppOf) -> None:
    secret = app_of(cast.alice)
    code = code_for(secret)
    for browser, succeeds in ((Client(), True), (Client(), False)):
        log_in(browser, cast.alice)
        browser.post(SECOND_STEP, {"code": code})
        assert is_in(browser) is succeeds


def test_an_older_code_works_no_more_after_a_newer_one(client: Client, cast: Cast, app_of: AppOf) -> None:
    secret = app_of(cast.alice)
    log_in(client, cast.alice)
    client.post(SECOND_STEP, {"code": code_for(secret, steps=1)})
    assert is_in(client)
    late = Client()
    log_in(late, cast.alice)
    late.post(SECOND_STEP, {"code": code_for(secret)})
    assert not is_in(late)


def test_a_recovery_code_works_once_and_is_told(client: Client, cast: Cast, app_of: AppOf) -> None:
    app_of(cast.alice)
    code = recovery_codes_of(cast.alice)[0]
    for browser, succeeds in ((Client(), True), (Client(), False)):
        log_in(browser, cast.alice)
        browser.post(SECOND_STEP, {"code": f"{code[:4]} {code[4:]}"})
        assert is_in(browser) is succeeds
    do_jobs()
    assert "used a recovery code" in mail.outbox[-1].body


def test_codes_can_not_be_guessed(client: Client, cast: Cast, app_of: AppOf) -> None:
    secret = app_of(cast.alice)
    log_in(client, cast.alice)
    for _ in range(6):
        page = client.post(SECOND_STEP, {"code": "000000"}).content.decode()
    assert "Too many wrong attempts" in page
    client.post(SECOND_STEP, {"code": code_for(secret)})
    assert not is_in(client)


def test_a_reset_password_does_not_pass_by_the_second_step(client: Client, cast: Cast, app_of: AppOf) -> None:
    app_of(cast.alice)
    with cast.acting(cast.alice):
        cast.alice.reset_own_password("a walk along the river", proof=Proof("reset link"))
    assert log_in(client, cast.alice, password="a walk along the river").headers["Location"] == SECOND_STEP


def test_without_a_fresh_log_in_the_password_is_asked_for_again(client: Client, cast: Cast, app_of: AppOf) -> None:
    app_of(cast.alice)
    client.force_login(cast.alice)
    asked = client.get("/settings/sign-in/app/remove/")
    assert asked.headers["Location"] == "/login/confirm/?next=%2Fsettings%2Fsign-in%2Fapp%2Fremove%2F"
    client.post(asked.headers["Location"], {"password": "wrong"})
    assert client.get("/settings/sign-in/app/remove/").status_code == 302
    client.post(asked.headers["Location"], {"password": "correct horse battery"})
    assert client.post("/settings/sign-in/app/remove/").status_code == 302
    assert not Authenticator.objects.filter(user_id=cast.alice.pk).exists()
    assert Event.objects.filter(verb="user.note_factor_removed", reason="Authenticator app").exists()


def test_recovery_codes_are_shown_downloaded_and_replaced(client: Client, cast: Cast, app_of: AppOf) -> None:
    app_of(cast.alice)
    codes = recovery_codes_of(cast.alice)
    client.force_login(cast.alice)
    client.post("/login/confirm/?next=/settings/", {"password": "correct horse battery"})
    assert codes[0] in client.get("/settings/sign-in/recovery-codes/").content.decode()
    file = client.get("/settings/sign-in/recovery-codes/file/")
    assert file.content.decode().split() == codes
    assert "attachment" in file.headers["Content-Disposition"]
    client.post("/settings/sign-in/recovery-codes/new/")
    assert codes[0] not in client.get("/settings/sign-in/recovery-codes/").content.decode()


def test_an_administrator_resets_lost_factors_which_signs_out_and_is_told(cast: Cast, app_of: AppOf) -> None:
    app_of(cast.alice)
    dora = Client()
    log_in(dora, cast.dora)
    assert dora.post(f"/settings/users/{cast.alice.pk}/reset-factors/").status_code == 302
    assert not Authenticator.objects.filter(user_id=cast.alice.pk).exists()
    assert Event.objects.filter(verb="user.reset_factors", actor_id=cast.dora.pk).exists()
    do_jobs()
    assert "reset the second factors of" in mail.outbox[-1].body
