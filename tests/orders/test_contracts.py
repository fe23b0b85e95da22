"""Contracts: when they end, until when notice can be given, how they go on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.work import Work, working
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.orders.models import Contract, ContractStatus, Renewal
from rapport.orders.queries import contracts_ending, contracts_of, notice_due
from tests.cast import Cast


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with acting_as(SYSTEM):
        return Organisation.create(name="Acme", owner=cast.alice)


def contract(acme: Organisation, *, ends_in: int, **values: Any) -> Contract:
    """A contract that ends in so many days."""
    return Contract.create(organisation=acme, ends_on=today() + timedelta(days=ends_in), **values)


def test_the_last_day_for_notice_follows_from_end_and_period(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        found = Contract.create(organisation=acme, ends_on=date(2027, 12, 31), notice_period_days=90)
        assert found.notice_by == date(2027, 10, 2)
        found.change(notice_period_days=30)
        assert found.notice_by == date(2027, 12, 1)


def test_a_given_day_for_notice_stands_where_no_period_is_known(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        found = Contract.create(organisation=acme, ends_on=date(2027, 12, 31), notice_by=date(2027, 9, 30))
    assert found.notice_by == date(2027, 9, 30)


def test_many_at_once_get_it_too(as_system: Actor, acme: Organisation) -> None:
    with working(Work("contract.create", as_system)):
        create_many(
            Contract,
            [{"organisation_id": acme.pk, "number": "7", "ends_on": date(2027, 12, 31), "notice_period_days": 31}],
        )
    assert Contract.objects.get().notice_by == date(2027, 11, 30)


def test_it_ends_after_it_starts(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice), pytest.raises(ValidationError, match="ends before it starts"):
        Contract.create(organisation=acme, starts_on=date(2027, 1, 2), ends_on=date(2027, 1, 1))


def test_what_ends_soon_comes_in_order_and_leaves_out_what_is_over(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        later, sooner = contract(acme, ends_in=60), contract(acme, ends_in=5)
        contract(acme, ends_in=91)
        contract(acme, ends_in=-1)
        contract(acme, ends_in=5, status=ContractStatus.CANCELLED)
        assert list(contracts_ending(alice)) == [sooner, later]
        assert list(contracts_ending(alice, days=30)) == [sooner]


def test_where_notice_is_due(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        due = contract(acme, ends_in=100, notice_period_days=90, renewal=Renewal.AUTOMATIC)
        contract(acme, ends_in=200, notice_period_days=90)
        assert list(notice_due(alice)) == [due]
        due.give_notice()
        assert list(notice_due(alice)) == []
        assert (due.status, due.renewal) == (ContractStatus.NOTICE_GIVEN, Renewal.NONE)
        assert due in contracts_ending(alice, days=100)


def test_renewed_it_runs_on(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        found = contract(acme, ends_in=10, notice_period_days=30)
        until = today() + timedelta(days=375)
        found.renew(until=until)
        assert (found.ends_on, found.notice_by) == (until, until - timedelta(days=30))
        with pytest.raises(Problem, match="after the present end"):
            found.renew(until=today())
        found.end()
        assert found.status == ContractStatus.ENDED
        assert list(contracts_of(alice, acme)) == [found]


def test_another_team_sees_contracts_unless_a_rule_says_otherwise(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        contract(acme, ends_in=10, owner=cast.alice)
    assert contracts_ending(actor_for(cast.charlie)).count() == 1
    assert contracts_ending(cast.stranger).count() == 0
