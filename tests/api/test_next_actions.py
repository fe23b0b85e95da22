"""D7 for programs: the same list, with its figures, and nothing that the caller may not see."""

from decimal import Decimal

from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast


def test_d7_the_list_comes_with_its_figures(fresh: None, cast: Cast, alice: Program) -> None:
    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Pumps", amount=Decimal(9_000), owner=cast.alice)
    told = alice.get("next-actions").json()
    (item,) = told["items"]
    assert item["todo"] == "Plan the next step of Pumps"
    assert item["record"]["id"] == str(deal.pk)
    assert Decimal(item["per_hour"]) > 0
    assert (told["order"], item["place"], item["propensity"]) == ("value per hour/1", 1, 1.0)
    assert alice.get("next-actions", {"about": f"opportunity:{deal.pk}"}).json()["items"][0]["key"] == item["key"]


def test_what_one_may_not_see_is_not_told(fresh: None, cast: Cast, alice: Program) -> None:
    with cast.acting(cast.charlie):
        deal = Opportunity.create(name="Pumps", owner=cast.charlie)
    assert alice.get("next-actions").json()["items"] == []
    for about in (f"opportunity:{deal.pk}", "opportunity:1", "", "nothing", f"nothing:{deal.pk}"):
        assert alice.get("next-actions", {"about": about}).status_code == 422


def test_an_id_written_otherwise_is_refused(fresh: None, cast: Cast, alice: Program) -> None:
    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Pumps", owner=cast.alice)
    assert alice.get("next-actions", {"about": f"opportunity:{{{deal.pk}}}"}).status_code == 422
