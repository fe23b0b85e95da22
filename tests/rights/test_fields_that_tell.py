"""Where a field is hidden, so is what it could be worked out from: an amount and the lines it follows from."""

from decimal import Decimal

import pytest
from django.test import Client

from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.telling import TELLING, told_by
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.orders.models import Order
from rapport.pipeline.models import Opportunity, OpportunityLine
from tests.cast import Cast
from tests.rights.matrix import masked, text_of
from tests.rights.rules import hide

PRICED = ("quantity", "unit_price", "discount", "amount")


@pytest.fixture
def deal(fresh: None, cast: Cast) -> Opportunity:
    """Alice's, of seven pumps at 3,111 less 4 per cent: 20,905.92."""
    with cast.acting(cast.dora):
        pump = Product.create(name="Pump")
        deal = Opportunity.create(name="Secret", owner=cast.alice)
        deal.add_line(pump, quantity=Decimal(7), unit_price=Decimal(3111), discount=Decimal(4))
    return deal


def test_a_hidden_amount_hides_what_the_lines_cost(cast: Cast, deal: Opportunity, client: Client) -> None:
    hide("opportunity.amount")
    assert actor_for(cast.alice).hidden_fields == {
        "opportunity.amount",
        "opportunity.chance_to_win",
        "opportunity.chance_to_slip",
        "opportunity.foreseen_close",
        "lead.expected_kind",
        "lead.expected_size",
        *(f"opportunityline.{name}" for name in PRICED),
    }
    pages = {}
    for user in (cast.dora, cast.alice):
        client.force_login(user)
        pages[user] = masked(text_of(client.get(f"/opportunities/{deal.pk}/?tab=related")))
        assert "Pump" in pages[user]
    assert all(told in pages[cast.dora] for told in ("20,905", "3,111", "Together"))
    assert not [told for told in ("20,905", "20905", "3,111", "3111", "Together") if told in pages[cast.alice]]


def test_a_hidden_line_hides_the_amount_that_follows_from_it(cast: Cast, deal: Opportunity) -> None:
    hide("orderline.discount", "opportunityline.discount")
    assert {"opportunity.amount", "order.amount"} <= actor_for(cast.alice).hidden_fields


def test_who_does_not_see_amounts_still_changes_lines_without_spoiling_them(cast: Cast, deal: Opportunity) -> None:
    hide("opportunity.amount", "order.amount")
    with cast.acting(cast.dora):
        acme = Organisation.create(name="Acme")
        order = Order.create(organisation=acme, owner=cast.alice)
        order.add_line(quantity=Decimal(3), unit_price=Decimal(50))
    with cast.acting(cast.alice):
        seen = Opportunity.objects.get(pk=deal.pk)
        line = seen.lines.get()
        assert (line.quantity, line.unit_price, line.amount, seen.amount) == (0, 0, 0, None)
        seen.change_line(line, description="Blue ones")
        order.lines.get().change(description="Blue ones")
    line, deal = OpportunityLine.objects.get(), Opportunity.objects.get()
    assert (line.description, line.quantity, line.amount, deal.amount) == (
        "Blue ones",
        Decimal(7),
        Decimal("20905.92"),
        Decimal("20905.92"),
    )
    assert Order.objects.get().amount == Decimal(150)


def test_what_tells_of_a_field_is_asked_anew_each_time(cast: Cast) -> None:
    """Own fields come and go: who knows of them is asked, over however many steps."""
    known = {"organisation.employees": ["organisation.own_size"], "organisation.own_size": ["person.own_crowd"]}
    TELLING.append(lambda field: known.get(field, ()))
    try:
        assert told_by("organisation.employees") >= {"organisation.own_size", "person.own_crowd"}
        hide("organisation.employees")
        assert "person.own_crowd" in actor_for(cast.alice).hidden_fields
    finally:
        TELLING.pop()


def test_administrators_are_told_what_goes_together(fresh: None, cast: Cast, client: Client) -> None:
    client.force_login(cast.dora)
    page = text_of(client.get("/settings/field-rights/opportunity/"))
    assert "Opportunity line: Amount, Discount in %, Quantity, Unit price" in page
    assert "Hidden together with" in page
    with acting_as(SYSTEM):
        assert not told_by("organisation.name")
