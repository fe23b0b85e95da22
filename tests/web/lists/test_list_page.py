"""The page of a list, seen through the list of users."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.identity.models import User
from tests.cast import Cast

SignedIn = Callable[[User], Client]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:2000]
    return answer.content.decode()


def names(text: str) -> list[str]:
    return [part.split(">", 1)[1].split("<")[0] for part in text.split('class="cell-title"')[1:]]


def test_everybody_is_listed_by_name(cast: Cast, signed_in: SignedIn) -> None:
    text = page(signed_in(cast.alice), "/users/")
    assert names(text) == ["Alice Almeida", "Bob Bernard", "Charlie Costa", "Dora Dupont"]
    assert "4 of 4" in text


def test_a_heading_sorts_and_a_second_press_turns_it_round(cast: Cast, signed_in: SignedIn) -> None:
    assert names(page(signed_in(cast.alice), "/users/?sort=-title"))[0] == "Dora Dupont"


def test_filters_stand_in_the_address_and_on_the_page(cast: Cast, signed_in: SignedIn) -> None:
    text = page(signed_in(cast.alice), "/users/?f=role:is:manager&sort=")
    assert names(text) == ["Bob Bernard"]
    assert "Remove the filter Role" in text


@pytest.mark.parametrize(
    "query",
    [
        *("f=x", "f=name:is", "f=team:is:no", "f99=:::", "sort=password", "cols=password,;drop", "after=xx"),
        *("before=%00", "view=00000000-0000-0000-0000-000000000000", "size=1e9", "match=any&f=role:is:czar", "q=%00"),
    ],
)
def test_an_address_that_makes_no_sense_still_shows_a_page(query: str, cast: Cast, signed_in: SignedIn) -> None:
    assert "Alice Almeida" in page(signed_in(cast.alice), f"/users/?{query}")


def test_a_filter_that_makes_no_sense_says_why(cast: Cast, signed_in: SignedIn) -> None:
    assert "There is no field “salary” here." in page(signed_in(cast.alice), "/users/?f=salary:least:1000&sort=")


def test_a_stranger_is_asked_to_log_in(cast: Cast) -> None:
    answer = Client().get("/users/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


def test_pages_follow_each_other(cast: Cast, signed_in: SignedIn) -> None:
    from rapport.core.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        for number in range(30):
            User.create(name=f"Zed {number:02}")
    client = signed_in(cast.alice)
    first = client.get("/users/?size=25&sort=title")
    second = client.get(first.context["next"])
    assert names(second.content.decode())[-1] == "Zed 29"
    assert names(client.get(second.context["previous"]).content.decode()) == names(first.content.decode())
    assert second.context["next"] == ""


def test_a_list_takes_few_queries(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = signed_in(cast.bob)
    page(client, "/users/")
    with django_assert_max_num_queries(13):  # 12, and one that lifts the time limit inside the transaction of a test
        page(client, "/users/")


def test_names_are_escaped(cast: Cast, signed_in: SignedIn) -> None:
    from rapport.core.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        User.create(name="<script>alert(1)</script>", job_title='"><img src=x>')
    text = page(signed_in(cast.alice), "/users/?cols=job_title,team&sort=")
    assert "<script>alert" not in text
    assert "<img" not in text
