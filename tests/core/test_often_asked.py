"""A question asked often is as right as one made anew each time: for everybody's rights, values, days."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.clock import fixed_at, now, today
from rapport.core.often_asked import NotPutIn, often_asked
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope, VisibilityRule
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, seen_by

pytestmark = pytest.mark.usefixtures("fresh")

made: list[str] = []


@often_asked
def _named(actor: Actor, *, name: str) -> QuerySet[Opportunity]:
    made.append(actor.name)
    return Opportunity.objects.visible_to(actor).filter(name=name).select_related("organisation")


@often_asked
def _names_among(*, keys: list[UUID]) -> QuerySet[Opportunity, str]:
    return Opportunity.objects.filter(pk__among=keys).order_by("name").values_list("name", flat=True)


@often_asked
def _closing_today(*, name: str) -> QuerySet[Opportunity, date]:
    closing = Opportunity.objects.filter(name=name, expected_close=today())
    return closing.values_list("expected_close", flat=True)


@often_asked
def _holding(*, word: str) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(name__contains=word)


def _opportunity(cast: Cast, name: str, **facts: Any) -> Opportunity:
    with acting_as(SYSTEM):
        return Opportunity.create(name=name, owner=cast.alice, **facts)


@pytest.fixture
def lathe(cast: Cast) -> Opportunity:
    return _opportunity(cast, "Lathe")


def test_the_sql_is_made_once_whatever_is_put_in(cast: Cast, lathe: Opportunity) -> None:
    alice = actor_for(cast.alice)
    made.clear()
    assert [_named(alice, name=name) for name in ("Lathe", "Drill", "Lathe")] == [[lathe], [], [lathe]]
    assert made == [cast.alice.name]


def test_other_rights_are_another_question(cast: Cast, lathe: Opportunity) -> None:
    seen_by("opportunity", Scope.EVERYONE)
    assert _named(actor_for(cast.charlie), name="Lathe") == [lathe]
    with acting_as(SYSTEM):
        VisibilityRule.objects.get().change(scope=Scope.OWNER)
    assert _named(actor_for(cast.charlie), name="Lathe") == []
    assert _named(actor_for(cast.alice), name="Lathe") == [lathe]
    assert _named(replace(actor_for(cast.alice), permissions=frozenset()), name="Lathe") == []


def test_many_values_are_put_in_as_one(cast: Cast) -> None:
    keys = [_opportunity(cast, name).pk for name in ("Lathe", "Drill", "Saw")]
    assert _names_among(keys=keys[:2]) == ["Drill", "Lathe"]
    assert _names_among(keys=[]) == []
    assert _names_among(keys=keys) == ["Drill", "Lathe", "Saw"]


def test_each_day_is_asked_about_itself(cast: Cast) -> None:
    _opportunity(cast, "Lathe", expected_close=today())
    assert _closing_today(name="Lathe") == [today()]
    with fixed_at(now() + timedelta(days=1)):
        assert _closing_today(name="Lathe") == []


def test_a_value_that_the_sql_changes_is_refused() -> None:
    with pytest.raises(NotPutIn):
        _holding(word="Lathe")
