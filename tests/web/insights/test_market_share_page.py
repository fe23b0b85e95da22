"""D9: our share of a market whose size somebody entered, told in the title, or why none can be told."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.bulk import create_many
from rapport.core.clock import today
from rapport.core.models import Event
from rapport.core.undo import undo_event
from rapport.core.work import Work, working
from rapport.directory.models import Organisation
from rapport.identity.models import FieldRule, Scope, User, VisibilityRule
from rapport.insights.models import MarketSize
from rapport.pipeline.models import Opportunity, Stage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/insights/market-share/"
LAST = today().year - 1


def page_of(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def sell(year: int, *, number: int = 10, amount: int | None = 1_000, industry: str = "Retail", month: int = 3) -> None:
    """So many sales of a year, in France."""
    begin()
    with acting_as(SYSTEM):
        shop = Organisation.create(name=f"Shop {industry}", industry=industry, country="FR" if industry else "")
        stage = Stage.objects.filter(kind="selling").order_by("position").first()
        assert stage
        rows = [
            {
                "name": f"Sale {place}",
                "organisation_id": shop.pk,
                "stage_id": stage.pk,
                "status": "won",
                "amount": amount,
                "currency": "EUR",
                "opened_on": date(year, 1, 2),
                "closed_on": date(year, month, 5),
            }
            for place in range(number)
        ]
        with working(Work("opportunity.import", SYSTEM)):
            create_many(Opportunity, rows)


def size(year: int, amount: int, **market: str) -> MarketSize:
    with acting_as(SYSTEM):
        return MarketSize.create(
            year=year, amount=Decimal(amount), **(market or {"industry": "Retail", "country": "FR"})
        )


def test_d9_a_share_that_rose_stands_in_the_title_and_leads_to_its_sales(cast: Cast, signed_in: SignedIn) -> None:
    sell(LAST - 1, number=10)
    sell(LAST, number=20)
    size(LAST - 1, 500_000)
    size(LAST, 500_000)
    page = page_of(signed_in(cast.dora))
    assert f"Our share of Retail, France rose from 2.0% in {LAST - 1} to 4.0% in {LAST}" in page
    address = page.split('href="/opportunities/?')[1].split('"')[0].replace("&amp;", "&")
    assert len(signed_in(cast.dora).get(f"/opportunities/?{address}").context["page"].rows) == 20
    rows = list(csv.DictReader(io.StringIO(signed_in(cast.dora).get(f"{PAGE}export/").content.decode())))
    assert [(row["year"], row["share"]) for row in rows] == [(str(LAST), "0.04"), (str(LAST - 1), "0.02")]


def test_few_sales_move_nothing(cast: Cast, signed_in: SignedIn) -> None:
    for year, number in ((LAST - 1, 1), (LAST, 3)):
        sell(year, number=number)
        size(year, 500_000)
    assert "too few sales to say that it moved" in page_of(signed_in(cast.dora))


@pytest.mark.parametrize(
    ("amount", "of", "why"),
    [(1_000, 5_000, "The size is doubtful"), (None, 500_000, "More than a tenth of what was won has no amount")],
)
def test_it_abstains_where_it_can_be_no_share(
    cast: Cast, signed_in: SignedIn, amount: int | None, of: int, why: str
) -> None:
    sell(LAST, amount=amount)
    size(LAST, of)
    page = page_of(signed_in(cast.dora))
    assert "Retail, France: no share can be told" in page
    assert why in page


def test_what_was_won_nobody_knows_where_widens_it_or_makes_it_none(cast: Cast, signed_in: SignedIn) -> None:
    sell(LAST)
    sell(LAST, number=5, industry="")
    size(LAST, 500_000)
    assert f"At most 3.0% in {LAST}" in page_of(signed_in(cast.dora))
    sell(LAST, number=6, industry="")
    assert "More was won nobody knows where than here." in page_of(signed_in(cast.dora))


def test_years_before_the_records_have_no_share(cast: Cast, signed_in: SignedIn) -> None:
    sell(LAST)
    size(LAST - 3, 500_000)
    assert "The records begin later" in page_of(signed_in(cast.dora))


def test_a_market_of_ones_own_is_a_filtered_list(cast: Cast, signed_in: SignedIn) -> None:
    sell(LAST, number=8, industry="Retail")
    sell(LAST, number=4, industry="Energy")
    size(LAST, 100_000, name="Power", conditions="http://localhost/organisations/?f=industry:is:Energy")
    page = page_of(signed_in(cast.dora))
    assert f"Our share of Power was 4.0% in {LAST}" in page
    assert "organisation.industry:is:Energy" in page


def test_where_nothing_is_known_it_says_what_to_do_and_where_most_is_sold(cast: Cast, signed_in: SignedIn) -> None:
    sell(today().year - 1, month=12)
    page = page_of(signed_in(cast.dora))
    assert "No market size is known yet" in page
    assert "Retail, France" in page
    assert "industry=Retail&amp;country=FR" in page
    with acting_as(SYSTEM):
        auditor = User.create(name="Eve", email="eve@rapport.example", role="auditor")
    assert "A manager or an administrator enters" in page_of(signed_in(auditor))


def test_a_manager_enters_changes_and_removes_and_undo_brings_it_back(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.bob)
    asked = {"size": "whole", "industry": "Retail", "country": "FR", "year": str(LAST), "amount": "500000"}
    assert client.post("/market-sizes/new/", asked).status_code == 302
    assert client.post("/market-sizes/new/", asked).status_code == 422  # there is one of this market and year
    assert client.post("/market-sizes/new/", {"size": "whole", "year": str(LAST), "amount": "5"}).status_code == 422
    kept = MarketSize.objects.get()
    assert kept.currency == "EUR"
    with cast.acting(cast.bob):
        kept.change(amount=Decimal(400_000))
        kept.remove()
        undo_event(Event.objects.latest("id"))
    assert MarketSize.objects.get().amount == 400_000
    assert signed_in(cast.alice).post("/market-sizes/new/", asked).status_code == 403


def test_the_form_stars_what_is_needed_whatever_else_is_said(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.bob).get("/market-sizes/new/?size=whole").content.decode()
    starred = re.findall(r'for="field-(\w+)">[^<]*<span class="field-required"', page)
    assert starred == ["year", "amount"]
    assert "Needed: where neither industry nor country is given." in page


def test_a_list_of_something_else_makes_no_market(cast: Cast, signed_in: SignedIn) -> None:
    asked = {"size": "whole", "name": "Own", "year": str(LAST), "amount": "500000"}
    for conditions in ("/people/?f=name:contains:a", "/organisations/", "/organisations/?f=nothing:is:1"):
        answer = signed_in(cast.bob).post("/market-sizes/new/", {**asked, "conditions": conditions})
        assert answer.status_code == 422, conditions


def test_who_sees_a_part_or_not_the_amounts_is_told_no_share(cast: Cast, signed_in: SignedIn) -> None:
    sell(LAST)
    size(LAST, 500_000)
    page = page_of(signed_in(cast.bob))
    assert "You see a part of what was won" in page
    assert "You may enter market sizes all the same." in page
    assert "Our share" not in page
    assert signed_in(cast.bob).get(f"{PAGE}export/").status_code == 403
    with acting_as(SYSTEM):
        for for_type in ("opportunity", "organisation"):
            VisibilityRule.create(for_type=for_type, scope=Scope.EVERYONE)
    assert "Our share of Retail, France was 2.0%" in page_of(signed_in(cast.alice))
    with acting_as(SYSTEM):
        FieldRule.create(for_type="opportunity", field="amount", role="seller", right="hidden")
    assert signed_in(cast.alice).get(PAGE).status_code == 403
