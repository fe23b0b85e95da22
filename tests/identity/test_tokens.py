"""API tokens act for their user, never with more rights than that user has."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.problems import Forbidden
from rapport.identity.models import ApiToken
from rapport.identity.tokens import actor_of, grants, narrowed, spend, token_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def issued(cast: Cast, *scopes: str, who: str = "alice") -> ApiToken:
    with cast.acting(getattr(cast, who)):
        return ApiToken.issue(name="Program", scopes=scopes)


def test_scopes_narrow_what_the_user_may(cast: Cast) -> None:
    actor = actor_of(issued(cast, "*.read", "lead.*"))
    assert actor.may("organisation.read")
    assert actor.may("lead.convert")
    assert not actor.may("organisation.create")
    assert not actor_of(issued(cast, "*")).may("user.create")


@pytest.mark.parametrize(
    ("own", "scope", "both"),
    [
        ("lead.*", "*.read", "lead.read"),
        ("*", "lead.win", "lead.win"),
        ("lead.read", "lead.read", "lead.read"),
        ("*.read", "*.read", "*.read"),
    ],
)
def test_wildcards_meet(own: str, scope: str, both: str) -> None:
    assert narrowed(frozenset({own}), (scope,)) == {both}
    assert grants([scope], both)


def test_what_only_one_side_grants_is_not_granted() -> None:
    assert narrowed(frozenset({"lead.*"}), ("order.*", "*.read")) == {"lead.read"}


def test_a_narrow_token_of_an_administrator_sees_only_its_types(cast: Cast) -> None:
    actor = actor_of(issued(cast, "lead.read", who="dora"))
    assert not actor.sees_everything
    assert not actor.may("organisation.read")
    assert actor_of(issued(cast, "*", who="dora")).sees_everything


def test_a_token_ends_with_its_time_and_with_its_user(cast: Cast) -> None:
    token = issued(cast, "*")
    with cast.acting(cast.alice):
        short = ApiToken.issue(name="Short", expires_at=now() + timedelta(days=1))
    with fixed_at(now() + timedelta(days=2)):
        assert token_of(short.key) is None
        assert token_of(token.key) == token
    with acting_as(SYSTEM):
        cast.alice.deactivate()
    assert token_of(token.key) is None


def test_nonsense_is_no_key(cast: Cast) -> None:
    assert token_of("") is None
    assert token_of("x" * 100_000) is None


def test_only_users_make_tokens(cast: Cast) -> None:
    with acting_as(SYSTEM), pytest.raises(Forbidden):
        ApiToken.issue(name="Nobody's")


def test_a_token_may_ask_so_often_and_more_after_a_while(cast: Cast, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 12  # two at once, one more each five seconds
    token, start = issued(cast, "*"), now()
    with fixed_at(start):
        assert [spend(token).is_within for _ in range(3)] == [True, True, False]
    with fixed_at(start + timedelta(seconds=3)):
        refused = spend(token)
    with fixed_at(start + timedelta(seconds=6)):
        assert [spend(token).is_within for _ in range(2)] == [True, False]
    assert not refused.is_within
    assert refused.wait == timedelta(seconds=2)
