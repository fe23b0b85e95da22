"""D8: from last week's volume of a period to today's, each difference has its reason, and they add up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q

from rapport.core.beginnings import begin
from rapport.core.clock import fixed_at
from rapport.identity.actors import actor_for
from rapport.insights.forecasting.bridge import Bridge, Step, bridge
from rapport.insights.forecasting.periods import period_named
from rapport.insights.forecasting.standing import Kind, standings
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("UTC"))
QUARTER = period_named("2026-Q4")
assert QUARTER


@pytest.fixture
def cast(db: None) -> Cast:
    found = make_cast()
    with fixed_at(TODAY - timedelta(days=30)):
        begin()
        with found.acting(found.alice):
            for name in ("grows", "shrinks", "slips", "is lost", "is parked", "is won", "stays"):
                made = {"amount": Decimal(1_000), "currency": "EUR", "expected_close": date(2026, 12, 1)}
                Opportunity.create(name=name, owner=found.alice, **made)
            Opportunity.create(
                name="comes", owner=found.alice, amount=Decimal(700), currency="EUR", expected_close=date(2027, 2, 1)
            )
    return found


def named(name: str) -> Opportunity:
    return Opportunity.objects.get(name=name)


def a_week_of_work(cast: Cast) -> None:
    with fixed_at(TODAY - timedelta(days=3)), cast.acting(cast.alice):
        named("grows").change(amount=Decimal(1_500))
        named("grows").change(amount=Decimal(1_800))
        named("shrinks").change(amount=Decimal(400))
        named("slips").change(expected_close=date(2027, 1, 15))
        named("comes").change(expected_close=date(2026, 12, 20))
        named("is lost").lose(reason="Price")
        named("is parked").park(until=date(2027, 3, 1))
        named("is won").win()
        Opportunity.create(
            name="new", owner=cast.alice, amount=Decimal(250), currency="EUR", expected_close=date(2026, 12, 3)
        )


def seen_by(cast: Cast) -> Bridge:
    assert QUARTER
    with fixed_at(TODAY), cast.acting(cast.alice):
        return bridge(actor_for(cast.alice), QUARTER, among=Q())


def test_d8_each_difference_has_its_reason_and_they_add_up(cast: Cast) -> None:
    a_week_of_work(cast)
    found = seen_by(cast)
    assert {step: found.sum_of(step) for step in found.steps} == {
        Step.NEW: 250,
        Step.MOVED_IN: 700,
        Step.GROWN: 800,
        Step.SHRUNK: -600,
        Step.SLIPPED: -1_000,
        Step.LOST: -1_000,
        Step.PARKED: -1_000,
    }
    assert (found.before, found.won) == (7_000, 1_000)
    assert found.before + sum(found.sum_of(step) for step in found.steps) == found.after


def test_what_is_undone_is_no_difference(cast: Cast) -> None:
    with fixed_at(TODAY - timedelta(days=2)), cast.acting(cast.alice):
        grows = named("grows")
        grows.change(amount=Decimal(9))
        grows.change(amount=Decimal(1_000))
    assert seen_by(cast).steps == {}


def test_others_see_only_what_they_may(cast: Cast) -> None:
    a_week_of_work(cast)
    assert QUARTER
    with fixed_at(TODAY), cast.acting(cast.charlie):
        found = bridge(actor_for(cast.charlie), QUARTER, among=Q())
    assert (found.before, found.after, found.steps) == (0, 0, {})


def test_what_stands_is_sorted_by_how_sure_it_is(cast: Cast) -> None:
    a_week_of_work(cast)
    with cast.acting(cast.alice):
        named("grows").change(probability=80)
        named("shrinks").change(probability=40)
    assert QUARTER
    with fixed_at(TODAY):
        quarter, december = standings(actor_for(cast.alice), [QUARTER, period_named("2026-12") or QUARTER], among=Q())
    assert {kind: part.total.amount for kind, part in quarter.parts.items()} == {
        Kind.WON: 1_000,
        Kind.COMMIT: 1_800,
        Kind.BEST_CASE: 400,
        Kind.PIPELINE: 1_950,
    }
    assert december.parts[Kind.WON].count == 0
    assert quarter.weighted.amount == Decimal(1_000) + 1_440 + 160 + 195


@pytest.mark.parametrize("key", ["2026-13", "2026-Q5", "nonsense", "", "0000-01", "2026-1"])
def test_what_is_no_period_is_none(key: str) -> None:
    assert period_named(key) is None


def test_what_an_import_brought_stood_there_before(cast: Cast) -> None:
    with fixed_at(TODAY - timedelta(days=1)), cast.acting(cast.alice):
        Opportunity.create(
            name="brought",
            owner=cast.alice,
            amount=Decimal(90),
            currency="EUR",
            opened_on=date(2026, 3, 1),
            expected_close=date(2026, 12, 3),
        )
    found = seen_by(cast)
    assert (found.before, found.steps) == (7_090, {})


def test_however_many_there_are_it_takes_two_statements(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    a_week_of_work(cast)
    assert QUARTER
    with fixed_at(TODAY), cast.acting(cast.alice) as actor, django_assert_max_num_queries(2):
        bridge(actor, QUARTER, among=Q())
