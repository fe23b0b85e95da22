"""Addresses and forms with numbers and languages that nobody would type: each is answered, none fails."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.identity.models import User
from tests.cast import Cast

SignedIn = Callable[[User], Client]
ENDLESS = "9" * 5_000  # more digits than Python reads as a number


@pytest.mark.parametrize(
    "address",
    [
        f"/settings/history/?before={ENDLESS}",
        f"/quality/duplicates/person/?from={ENDLESS}",
        f"/quality/duplicates/lead/known/?from={ENDLESS}",
        f"/next/?lines={ENDLESS}",
        f"/search/?q=a&page={ENDLESS}",
    ],
)
def test_an_endless_number_in_an_address_is_no_failure(address: str, cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.dora).get(address).status_code == 200


@pytest.mark.parametrize("share", [ENDLESS, "1" * 20, "²"])
def test_an_endless_share_without_numbers_is_refused_in_words(share: str, cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.dora).post("/insights/predictions/without-numbers/", {"on": "1", "share": share})
    assert answer.status_code == 409


def test_a_rule_that_takes_endless_minutes_is_refused_in_words(cast: Cast, signed_in: SignedIn) -> None:
    given = {"name": "Slow", "for_type": "organisation", "severity": "medium", "steward": "", "meaning": ""}
    line = {"field": "name", "operator": "is", "value": "x", "step": "save"}
    answer = signed_in(cast.dora).post("/quality/own/new/", {**given, **line, "minutes": "9" * 4_000})
    assert answer.status_code == 422


@pytest.mark.parametrize("language", ["tlh", "xx-" + "a" * 40, "../../etc", "en\u00e9", "de"])
def test_a_language_that_is_not_spoken_here_leaves_the_page_in_ones_own(
    language: str, cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in(cast.alice)
    client.cookies["django_language"] = language
    page = client.get("/settings/account/")
    assert page.status_code == 200
    assert '<html lang="en"' in page.content.decode()
