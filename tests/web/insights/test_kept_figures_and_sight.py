"""Figures that are kept are never told to somebody who may no longer see what is in them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, Share, SightLoss, Territory, User
from rapport.insights.models import KeptFigures
from rapport.leads.models import Lead
from rapport.orders.models import Order
from rapport.orders.models.order import OrderStatus
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, seen_by
from tests.rights.rules import hide
from tests.web.insights.whispers import BEFORE, make_lead, told

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def shared_lead(cast: Cast) -> Lead:
    """One of two leads of Alice's that Charlie sees only because they are shared with him."""
    seen_by("lead", Scope.OWNER)
    lead = make_lead(cast.alice)
    with acting_as(SYSTEM):
        lead.share_with(user=cast.charlie)
        make_lead(cast.alice, "Hearsay").share_with(user=cast.charlie)
    return lead


def make_order(owner: User, industry: str = "Whaling") -> Order:
    with acting_as(SYSTEM):
        organisation = Organisation.create(name="Ahab", industry=industry, country="FR", owner=owner)
        given = {"number": "A-1", "organisation": organisation, "owner": owner, "ordered_on": today() - BEFORE}
        return Order.create(status=OrderStatus.CONFIRMED, **given)


def stop_sharing(cast: Cast, lead: Lead) -> None:
    with acting_as(SYSTEM):
        lead.stop_sharing(Share.objects.get(record_id=lead.pk).pk)


def share_expires(cast: Cast, lead: Lead) -> None:
    with acting_as(SYSTEM):
        lead.share_with(user=cast.charlie, until=today())


def remove(cast: Cast, lead: Lead) -> None:
    with acting_as(SYSTEM):
        lead.remove()


def hide_source(cast: Cast, lead: Lead) -> None:
    hide("lead.source")


@pytest.mark.parametrize("withdraw", [stop_sharing, remove, hide_source])
def test_what_is_withdrawn_is_not_told_any_longer(
    cast: Cast, shared_lead: Lead, signed_in: SignedIn, withdraw: Callable[[Cast, Lead], None]
) -> None:
    charlie = signed_in(cast.charlie)
    assert told(charlie, "Whisper") == {"Whisper"}
    withdraw(cast, shared_lead)
    assert told(charlie, "Whisper") == set()


@pytest.mark.parametrize("withdraw", [stop_sharing, remove, hide_source])
def test_what_is_withdrawn_is_not_told_while_newer_figures_take_long(
    cast: Cast, shared_lead: Lead, signed_in: SignedIn, withdraw: Callable[[Cast, Lead], None]
) -> None:
    charlie = signed_in(cast.charlie)
    assert "in the last twelve months (leads)" in charlie.get("/insights/trends/").content.decode()
    KeptFigures.objects.update(milliseconds=4000)
    withdraw(cast, shared_lead)
    page = charlie.get("/insights/trends/").content.decode()
    assert "The figures are being worked out" in page
    assert "in the last twelve months" not in page


def test_a_share_ends_with_its_day(cast: Cast, signed_in: SignedIn) -> None:
    seen_by("lead", Scope.OWNER)
    lead = make_lead(cast.alice)
    share_expires(cast, lead)
    charlie = signed_in(cast.charlie)
    midnight = now().replace(hour=23, minute=50)
    with fixed_at(midnight):
        assert told(charlie, "Whisper") == {"Whisper"}
    with fixed_at(midnight + timedelta(minutes=20)):
        assert told(charlie, "Whisper") == set()


@pytest.mark.parametrize("scope", [Scope.OWNER, Scope.TEAM])
def test_a_record_that_went_to_somebody_else_is_not_told_to_who_had_it(
    cast: Cast, signed_in: SignedIn, scope: Scope
) -> None:
    seen_by("lead", scope)
    lead = make_lead(cast.alice)
    alice, bob = signed_in(cast.alice), signed_in(cast.bob)
    assert told(alice, "Whisper") == told(bob, "Whisper") == {"Whisper"}
    with acting_as(SYSTEM):
        lead.change(owner=cast.charlie, team=cast.south)
    assert told(alice, "Whisper") == told(bob, "Whisper") == set()


def test_a_deal_that_went_to_another_team_is_not_named_in_the_forecast(cast: Cast, signed_in: SignedIn) -> None:
    begin()
    seen_by("opportunity", Scope.OWNER)
    with acting_as(SYSTEM):
        deal = Opportunity.create(name="Nightfall", amount=Decimal(5_000), expected_close=today(), owner=cast.alice)
    bob = signed_in(cast.bob)
    assert "Nightfall" in bob.get("/insights/forecast/").content.decode()
    with acting_as(SYSTEM):
        deal.change(owner=cast.charlie, team=cast.south)
    assert "Nightfall" not in bob.get("/insights/forecast/").content.decode()


def test_a_record_of_nobody_that_gets_an_owner_is_not_told_to_others(cast: Cast, signed_in: SignedIn) -> None:
    seen_by("lead", Scope.OWNER)
    lead = make_lead(None)
    charlie = signed_in(cast.charlie)
    assert told(charlie, "Whisper") == {"Whisper"}
    with acting_as(SYSTEM):
        lead.change(owner=cast.alice)
    assert told(charlie, "Whisper") == set()


def test_undoing_what_gave_sight_takes_it(cast: Cast, shared_lead: Lead, signed_in: SignedIn) -> None:
    charlie = signed_in(cast.charlie)
    assert told(charlie, "Whisper") == {"Whisper"}
    with acting_as(SYSTEM):
        undo_event(Event.objects.filter(verb="lead.share_with", subject_id=shared_lead.pk).get())
    assert told(charlie, "Whisper") == set()


def test_a_team_that_one_leads_no_longer_is_not_told_of(cast: Cast, signed_in: SignedIn) -> None:
    seen_by("lead", Scope.TEAM)
    make_lead(cast.alice)
    bob = signed_in(cast.bob)
    assert told(bob, "Whisper") == {"Whisper"}
    with acting_as(SYSTEM):
        cast.bob.change(team=cast.south)
    assert told(signed_in(cast.bob), "Whisper") == set()


def leave(order: Order, territory: Territory) -> None:
    order.organisation.change(country="DE")


def redraw(order: Order, territory: Territory) -> None:
    territory.redraw(members=list(_members(territory)), query="f=country:is:PT")


def lose_members(order: Order, territory: Territory) -> None:
    territory.redraw(members=[])


def belong_elsewhere(order: Order, territory: Territory) -> None:
    elsewhere = Organisation.create(name="Elsewhere", country="DE", owner=order.owner)
    order.change(organisation=elsewhere)


def _members(territory: Territory) -> Any:
    return [(one.user, one.team) for one in territory.members.all()]


@pytest.mark.parametrize("withdraw", [leave, redraw, lose_members, belong_elsewhere])
def test_what_left_a_territory_is_not_told_to_its_members(
    cast: Cast, signed_in: SignedIn, withdraw: Callable[[Order, Territory], None]
) -> None:
    seen_by("order", Scope.OWNER)
    seen_by("organisation", Scope.OWNER)
    order = make_order(cast.alice)
    with acting_as(SYSTEM):
        territory = Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None)])
    charlie = signed_in(cast.charlie)
    assert told(charlie, "Whaling") == {"Whaling"}
    with acting_as(SYSTEM):
        withdraw(order, territory)
    assert told(charlie, "Whaling") == set()


def test_records_that_all_see_outdate_nothing_when_they_change_hands(cast: Cast) -> None:
    seen_by("lead", Scope.EVERYONE)
    lead = make_lead(cast.alice)
    with acting_as(SYSTEM):
        lead.change(owner=cast.charlie)
    assert not SightLoss.objects.exists()


def test_a_share_taken_while_figures_are_made_outdates_them(
    cast: Cast, shared_lead: Lead, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rapport.insights.trends import kept

    count = kept.trends

    def slowly(actor: Any) -> Any:
        found = count(actor)
        stop_sharing(cast, shared_lead)
        monkeypatch.setattr(kept, "trends", count)
        return found

    monkeypatch.setattr(kept, "trends", slowly)
    charlie = signed_in(cast.charlie)
    charlie.get("/insights/trends/")
    assert told(charlie, "Whisper") == set()
