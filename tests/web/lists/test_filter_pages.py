"""Adding and changing filters, choosing columns: plain pages whose last step is the list itself."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM
from rapport.governance.selection import operators_for
from rapport.governance.selection.fields import selectable_fields
from rapport.identity.models import User
from rapport.web.lists.spec import lists
from tests.cast import Cast

SignedIn = Callable[[User], Client]


@pytest.mark.parametrize("record_type", sorted(lists()))
def test_every_field_can_be_asked_for(record_type: str, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    path = lists()[record_type].path
    assert client.get(f"{path}filter/").status_code == 200
    for field in selectable_fields(record_type, SYSTEM).values():
        if operators_for(field):
            assert client.get(f"{path}filter/?field={field.name}").status_code == 200, field.name


def test_the_answer_leads_to_the_filtered_list(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    answer = client.get("/users/filter/apply/?sort=-title&field=role&operator=is&option=manager&option=seller")
    assert answer.status_code == 302
    text = client.get(answer.headers["Location"]).content.decode()
    assert "Bob Bernard" in text
    assert "Dora Dupont" not in text
    assert text.index("Charlie") < text.index("Bob Bernard")


def test_an_answer_without_a_value_is_asked_again(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.alice).get("/users/filter/apply/?field=name&operator=contains&text=")
    assert answer.status_code == 422
    assert "A value is missing" in answer.content.decode()


def test_a_filter_is_changed_in_its_place_and_gets_alternatives(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    base = "f=role:is:manager&f=name:contains:b&sort="
    changed = client.get(f"/users/filter/apply/?{base}&edit=0&field=role&operator=is&option=seller")
    assert changed.headers["Location"].endswith("?f=role:is:seller&f=name:contains:b&sort=")
    beside = client.get(f"/users/filter/apply/?{base}&beside=0&field=name&operator=starts&text=Alice")
    assert beside.headers["Location"].endswith("?f1=role:is:manager&f=name:contains:b&f1=name:starts:Alice&sort=")


def test_columns_are_moved_and_left_out(cast: Cast, signed_in: SignedIn) -> None:
    context = signed_in(cast.alice).get("/users/columns/?cols=role,team,email&sort=").context
    assert [str(column["label"]) for column in context["chosen"]] == ["Role", "Team", "E-mail"]
    assert "cols=team,role,email" in context["chosen"][1]["earlier"]
    assert "cols=role,email,team" in context["chosen"][1]["later"]
    assert "cols=role,email" in context["chosen"][1]["remove"]
