"""Guessing at an account is slow, and keeps nobody out who knows the password."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.signon.conftest import is_in, log_in

pytestmark = pytest.mark.django_db

ATTACKER = "203.0.113.66"


def guessing(cast: Cast, times: int, *, address: str = ATTACKER) -> int:
    """Wrong passwords for Alice from one address; the last answer's status."""
    client = Client(REMOTE_ADDR=address)
    return [log_in(client, cast.alice, password=f"guess {number}").status_code for number in range(times)][-1]


def test_an_attacker_is_stopped_even_with_the_right_password(cast: Cast) -> None:
    assert guessing(cast, 6) == 429
    late = Client(REMOTE_ADDR=ATTACKER)
    assert log_in(late, cast.alice).status_code == 429
    assert not is_in(late)


def test_the_page_says_how_long_and_how_to_get_in_nevertheless(cast: Cast) -> None:
    guessing(cast, 6)
    page = log_in(Client(REMOTE_ADDR=ATTACKER), cast.alice).content.decode()
    assert "Too many wrong attempts. Wait 30 seconds" in page
    assert "from a device on which you signed in before" in page


def test_alice_gets_in_from_elsewhere_while_one_address_guesses(cast: Cast) -> None:
    guessing(cast, 20)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    log_in(elsewhere, cast.alice)
    assert is_in(elsewhere)


def test_alice_gets_in_on_a_known_device_behind_the_attackers_own_address(cast: Cast) -> None:
    laptop = Client(REMOTE_ADDR=ATTACKER)
    log_in(laptop, cast.alice)
    laptop.post("/logout/")
    guessing(cast, 20)
    log_in(laptop, cast.alice)
    assert is_in(laptop)


def test_guessing_from_many_addresses_is_slow_and_a_known_device_is_free(cast: Cast) -> None:
    laptop = Client(REMOTE_ADDR="198.51.100.7")
    log_in(laptop, cast.alice)
    laptop.post("/logout/")
    answers = [guessing(cast, 1, address=f"192.0.2.{number}") for number in range(40)]
    assert answers[-1] == 429
    log_in(laptop, cast.alice)
    assert is_in(laptop)


def test_a_reset_link_makes_the_browser_a_known_device(cast: Cast) -> None:
    for number in range(40):
        guessing(cast, 1, address=f"192.0.2.{number}")
    from django.contrib.auth.tokens import default_token_generator

    from rapport.web.signon.jobs import reset_path

    browser = Client(REMOTE_ADDR="198.51.100.7")
    form = browser.get(reset_path(cast.alice, default_token_generator.make_token(cast.alice))).headers["Location"]
    browser.post(form, {"password": "a walk along the river"})
    log_in(browser, cast.alice, password="a walk along the river")
    assert is_in(browser)


def test_a_known_device_can_not_guess_without_end_either(cast: Cast) -> None:
    stolen = Client()
    log_in(stolen, cast.alice)
    stolen.post("/logout/")
    statuses = [log_in(stolen, cast.alice, password=f"guess {number}").status_code for number in range(12)]
    assert statuses[-1] == 429


def test_a_forged_device_cookie_counts_for_nothing(cast: Cast) -> None:
    client = Client(REMOTE_ADDR=ATTACKER)
    client.cookies["rapport_device"] = "forged:value"
    statuses = [log_in(client, cast.alice, password=f"guess {number}").status_code for number in range(6)]
    assert statuses[-1] == 429


def test_one_address_guessing_at_many_accounts_is_slowed(cast: Cast) -> None:
    client = Client(REMOTE_ADDR=ATTACKER)
    entries = ({"username": f"user{number}@rapport.example", "password": "summer"} for number in range(52))
    statuses = [client.post("/login/", entry).status_code for entry in entries]
    assert statuses[-1] == 429


def test_an_unknown_account_answers_like_a_known_one(cast: Cast) -> None:
    known = [log_in(Client(REMOTE_ADDR="192.0.2.1"), cast.alice, password="x").status_code for _ in range(7)]
    unknown = [
        Client(REMOTE_ADDR="192.0.2.2").post("/login/", {"username": "no@rapport.example", "password": "x"}).status_code
        for _ in range(7)
    ]
    assert known == unknown
