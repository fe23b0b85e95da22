"""Values offered where one is missing: taken by one press, told why, never filled in by themselves."""

from decimal import Decimal
from typing import Any

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of
from rapport.identity.models import Scope
from rapport.pipeline.models import Opportunity, Stage
from rapport.pipeline.models.stage import StageKind
from rapport.pipeline.setup import ensure_default_pipeline
from rapport.quality.offering import offers_of
from tests.cast import Cast, seen_by
from tests.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast: Cast) -> Opportunity:
    """An opportunity of a customer that bought twice, before a stage that asks for amount and next step."""
    with acting_as(SYSTEM):
        ensure_default_pipeline()
        for stage in Stage.objects.filter(kind=StageKind.SELLING):
            stage.change(required_fields=["amount", "next_step"])
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme Pumps", country="FR")
        for amount in (1_000, 3_000):
            Opportunity.create(name="Before", organisation=acme, amount=Decimal(amount), next_step="Call the buyer")
        return Opportunity.create(name="Now", organisation=acme)


def moving(deal: Opportunity) -> tuple[str, dict[str, Any]]:
    stages = deal.pipeline.ordered_stages()
    return f"/pipeline/cards/{deal.pk}/move/", {"stage": str(stages[1].pk)}


def test_q5_a_stage_offers_what_is_known_of_the_customer_and_fills_nothing_in(cast: Cast, deal: Opportunity) -> None:
    address, to = moving(deal)
    client = signed_in(cast.alice)
    asked = client.post(address, to).content.decode()
    assert 'value="amount=2000"' in asked
    assert "in the middle of the customer&#x27;s 2 earlier ones" in asked
    assert 'value="next_step=Call the buyer"' in asked
    taken = client.post(address, {**to, "answered": "1", "amount": "", "next_step": "", "offer": "amount=2000"})
    text = taken.content.decode()
    assert 'value="2000"' in text
    assert 'value="amount=2000"' not in text
    deal.refresh_from_db()
    assert deal.amount is None
    done = client.post(address, {**to, "answered": "1", "amount": "2000", "next_step": "Call the buyer"})
    assert done.status_code == 302
    deal.refresh_from_db()
    assert deal.amount == 2000


def test_q5_offers_come_from_what_the_user_sees(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.charlie):
        Opportunity.create(name="South", organisation=deal.organisation, amount=Decimal(999_000), team=cast.south)
    seen_by("opportunity", Scope.TEAM)
    address, to = moving(deal)
    asked = signed_in(cast.alice).post(address, to).content.decode()
    assert 'value="amount=2000"' in asked


def test_q5_the_edit_of_an_empty_fact_offers_them_too(cast: Cast, deal: Opportunity) -> None:
    text = signed_in(cast.alice).get(f"/opportunities/{deal.pk}/edit/next_step/").content.decode()
    assert 'value="next_step=Call the buyer"' in text
    assert "in 2 earlier ones of this customer" in text


def test_offers_for_many_fields_cost_no_more_questions_than_for_one(
    cast: Cast, deal: Opportunity, django_assert_max_num_queries: Any
) -> None:
    fields = entry_of("opportunity").fields
    names = ("amount", "next_step", "expected_close", "description", "close_reason", "source")
    with cast.acting(cast.alice) as actor, django_assert_max_num_queries(3):
        found = offers_of(deal, [fields[name] for name in names if name in fields], actor)
    assert [offer.value for offer in found["amount"]] == [Decimal(2_000)]
    assert [offer.value for offer in found["next_step"]] == ["Call the buyer"]
