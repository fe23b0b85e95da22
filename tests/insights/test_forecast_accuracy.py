"""D8: what the pipeline and the people said when months began is held against what came, beside the machine."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from rapport.core.beginnings import begin
from rapport.core.clock import fixed_at
from rapport.insights.forecasting.accuracy import Said, Source, measured, said_of
from rapport.insights.forecasting.standing_then import keep_standings_then
from rapport.insights.models import OwnEstimate, StandingThen
from rapport.pipeline.models import Opportunity
from tests.cast import Cast

UTC = ZoneInfo("UTC")
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def test_how_far_off_and_by_how_much_too_high() -> None:
    rows = [
        Said(Source.COMMIT, date(2026, month, 1), 1, said, 100.0) for month, said in enumerate((80, 90, 150, 100), 1)
    ]
    (found,) = measured([*rows, Said(Source.COMMIT, AUGUST, 1, 5.0, 0.0)])
    assert (found.n, found.off, found.bias) == (4, pytest.approx(0.2), pytest.approx(0.05))
    assert measured(rows[:3])[0].off is None


@pytest.mark.django_db
def test_d8_commit_is_as_it_stood_when_the_month_began_and_not_as_it_is_now(cast: Cast) -> None:
    with fixed_at(at(6, 10)), cast.acting(cast.alice):
        begin()
        sure, unsure = (
            Opportunity.create(
                name=name,
                owner=cast.alice,
                amount=Decimal(1_000),
                currency="EUR",
                expected_close=date(2026, 7, 20),
                probability=probability,
            )
            for name, probability in (("Sure", 90), ("Unsure", 20))
        )
    with fixed_at(at(7, 9)), cast.acting(cast.alice):
        unsure.change(probability=95)
        sure.change(amount=Decimal(700))
        sure.win()
    with fixed_at(at(8, 5)):
        assert keep_standings_then() == 15
        assert keep_standings_then() == 0
        kept = StandingThen.objects.get(at=JULY, month=JULY, team=cast.north)
        assert (kept.commit, kept.weighted, kept.count, kept.is_known) == (1_000, 1_100, 2, True)
        said = [one for one in said_of([cast.north.pk], None) if one.month == JULY and one.source is Source.COMMIT]
        assert [(one.ahead, one.said, one.came) for one in said] == [(1, 1_000, 700)]


@pytest.mark.django_db
def test_what_came_into_the_records_later_is_no_witness(cast: Cast) -> None:
    with fixed_at(at(7, 9)), cast.acting(cast.alice):
        begin()
        Opportunity.create(
            name="Known late",
            owner=cast.alice,
            amount=Decimal(500),
            currency="EUR",
            opened_on=date(2026, 3, 1),
            expected_close=date(2026, 7, 20),
        )
    with fixed_at(at(8, 5)):
        keep_standings_then()
        assert not StandingThen.objects.get(at=JULY, month=JULY, team=None).is_known
        assert not [one for one in said_of(None, None) if one.month == JULY and one.ahead == 1]


@pytest.mark.django_db
def test_three_people_are_held_against_what_they_sold_and_two_are_not(cast: Cast) -> None:
    users = (cast.alice, cast.bob, cast.charlie)
    with fixed_at(at(6, 10)):
        begin()
    for user in users:
        with fixed_at(at(6, 20)), cast.acting(user):
            OwnEstimate.give(period="2026-07", amount=Decimal(300))
            sold = Opportunity.create(name="Sold", owner=user, amount=Decimal(200), currency="EUR")
        with fixed_at(at(7, 9)), cast.acting(user):
            sold.win()
    with fixed_at(at(8, 5)):
        people = [one for one in said_of(None, None) if one.source is Source.PEOPLE]
        assert [(one.ahead, one.said, one.came) for one in people] == [(1, 900, 600)]
        assert not [one for one in said_of([cast.north.pk], None) if one.source is Source.PEOPLE]
