"""The board and the work lists."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from rapport.catalog.models import Currency
from rapport.core.clock import fixed_at, now, today
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.pipeline.models import Opportunity, Status
from rapport.pipeline.queries import (
    Column,
    board,
    business_of,
    cards_of,
    closing_until,
    next_steps_due,
    open_opportunities_of,
    stalled_opportunities,
)
from tests.cast import Cast
from tests.pipeline.sales import cycle, sale, stage

pytestmark = pytest.mark.usefixtures("fresh")


def columns(cast: Cast, **options: object) -> dict[str, Column]:
    found = board(actor_for(cast.alice), cycle(), **options)  # type: ignore[arg-type]
    return {column.stage.code: column for column in found.columns}


def test_each_stage_shows_count_sum_and_weighted_sum_in_the_base_currency(cast: Cast) -> None:
    with cast.acting(cast.dora):
        Currency.create(code="USD").set_rate(Decimal("0.5"))
    sale(cast, "A", amount=Decimal(1_000))
    sale(cast, "B", amount=Decimal(1_000), currency="USD", probability=50)
    sale(cast, "C", amount=Decimal(7), currency="GBP")
    sale(cast, "D")
    first = columns(cast)["S1"]
    assert (first.count, first.total.amount, first.weighted.amount) == (4, Decimal(1_500), Decimal(350))
    assert (first.total.currency, first.total.left_out) == ("EUR", ("GBP",))
    assert columns(cast)["S5"].count == 0


def test_cards_come_by_expected_close_and_page_by_page(cast: Cast) -> None:
    days = [None, 9, 3, 3, None, 1, 5]
    for position, day in enumerate(days):
        sale(cast, f"{position}", expected_close=today() + timedelta(days=day) if day else None)
    seen: list[str] = []
    page = columns(cast, cards=3)["S1"].page
    while True:
        seen += [card.name for card in page.cards]
        if page.after is None:
            break
        page = cards_of(actor_for(cast.alice), stage("S1"), after=page.after, cards=3)
    assert seen == ["5", "2", "3", "6", "1", "0", "4"]


def test_won_ones_are_shown_while_they_are_followed_up(cast: Cast) -> None:
    with fixed_at(now() - timedelta(days=100)):
        old = sale(cast, "Old", amount=Decimal(1))
        with cast.acting(cast.alice):
            old.win()
    for name in ("A", "B", "C"):
        machine = sale(cast, name, amount=Decimal(1))
        with cast.acting(cast.alice):
            machine.win()
    follow_up = columns(cast, cards=2)["S6"]
    assert (follow_up.count, [card.name for card in follow_up.page.cards]) == (3, ["C", "B"])
    rest = cards_of(actor_for(cast.alice), stage("S6"), after=follow_up.page.after, cards=2)
    assert [card.name for card in rest.cards] == ["A"]


def test_the_board_shows_what_one_may_see_and_what_one_asks_for(cast: Cast) -> None:
    sale(cast, "Alice's")
    with cast.acting(cast.charlie):
        Opportunity.create(name="Charlie's", owner=cast.charlie)
    with cast.acting(cast.bob):
        Opportunity.create(name="Bob's", owner=cast.bob)
    assert columns(cast)["S1"].count == 2
    mine = columns(cast, among=Q(owner=cast.alice))["S1"]
    assert [card.name for card in mine.page.cards] == ["Alice's"]


def test_the_board_takes_few_statements_however_many_cards(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        acme = Organisation.create(name="Acme")
    for position in range(12):
        sale(cast, f"{position}", organisation=acme)
    pipeline = cycle()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for column in board(alice, pipeline).columns:
            for card in column.page.cards:
                assert (card.organisation, card.owner, card.stage) == (acme, cast.alice, column.stage)
                assert card.days_in_stage == 0
    assert len(queries) <= 6


def test_the_index_of_the_board_finds_the_cards(cast: Cast) -> None:
    from rapport.pipeline.queries.board import _in_stage

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = _in_stage(Opportunity.objects.all(), stage("S1").pk, is_selling=True)[:25].explain()
    assert "opportunity_open_in_stage" in plan
    assert "Sort" not in plan


def test_work_lists_tell_what_stands_still_what_closes_and_what_is_due(cast: Cast) -> None:
    with fixed_at(now() - timedelta(days=40)):
        sale(cast, "Stuck")
        sale(cast, "Planned", next_step_on=today() + timedelta(days=45))
    sale(cast, "Closing", expected_close=today() + timedelta(days=3))
    sale(cast, "Late", expected_close=today() - timedelta(days=3), next_step_on=today())
    alice = actor_for(cast.alice)
    assert [one.name for one in stalled_opportunities(alice, days=30)] == ["Stuck"]
    assert [one.name for one in closing_until(alice, today() + timedelta(days=7))] == ["Late", "Closing"]
    assert [one.name for one in next_steps_due(alice)] == ["Late"]
    assert not stalled_opportunities(actor_for(cast.charlie)).exists()


def test_the_business_with_an_organisation_is_summed_up(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        acme = Organisation.create(name="Acme")
    sale(cast, "Open", organisation=acme, amount=Decimal(10))
    for name in ("Won", "Lost", "Won too"):
        machine = sale(cast, name, organisation=acme, amount=Decimal(100))
        with cast.acting(cast.alice):
            machine.lose(reason="Price") if name == "Lost" else machine.win()
    business = business_of(alice, acme)
    assert (business.count(Status.OPEN), business.count(Status.WON), business.count(Status.LOST)) == (1, 2, 1)
    assert business.totals[Status.WON].amount == Decimal(200)
    assert business.win_rate == pytest.approx(2 / 3)
    assert [one.name for one in open_opportunities_of(alice, acme)] == ["Open"]
    assert business_of(actor_for(cast.charlie), acme).win_rate is None
