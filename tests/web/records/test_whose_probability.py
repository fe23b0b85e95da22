"""In a record's head stands what is usual at its stage, or what its owner says, never to be taken for a chance."""

from decimal import Decimal

import pytest
from django.test import Client

from rapport.core.beginnings import begin
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast
from tests.clients import signed_in
from tests.rights.matrix import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast: Cast) -> Opportunity:
    begin()
    with cast.acting(cast.alice):
        return Opportunity.create(name="Pumps", amount=Decimal("1234.50"), owner=cast.alice)


def _head(client: Client, deal: Opportunity) -> str:
    return text_of(client.get(f"/opportunities/{deal.pk}/"))


def test_the_head_says_whose_probability_it_shows(cast: Cast, deal: Opportunity) -> None:
    alice = signed_in(cast.alice)
    assert deal.stage is not None
    assert f"usual at this stage: {deal.stage.probability}%" in _head(alice, deal)
    with cast.acting(cast.alice):
        deal.change(probability=35)
    head = _head(alice, deal)
    assert "own estimate: 35%" in head
    assert "usual at this stage" not in head


def test_the_api_writes_per_cents_in_their_shortest_exact_form(cast: Cast, deal: Opportunity) -> None:
    Opportunity._base_manager.filter(pk=deal.pk).update(chance_to_win=Decimal("76.000000"))
    told = Program(cast.alice).get(f"opportunities/{deal.pk}").json()
    assert (told["chance_to_win"], told["amount"]) == ("76", "1234.50")
    Opportunity._base_manager.filter(pk=deal.pk).update(chance_to_win=Decimal(0))
    assert Program(cast.alice).get(f"opportunities/{deal.pk}").json()["chance_to_win"] == "0"
