"""D9 on its pages: what rises is named in the title, with the months and records behind it, as far as one may see."""

import csv
import io
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import today
from rapport.core.work import Work, working
from rapport.identity.models import FieldRule, Scope, User
from rapport.insights.trends.counting import last_months
from rapport.leads.models import Lead
from tests.cast import Cast, seen_by

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def make_leads(owner: User, *, months: int = 24, rises: bool = True) -> None:
    """Sixty leads a month from five sources; from the seventeenth month on one of them brings three times as many."""
    chance = random.Random(3)
    rows = []
    for number, month in enumerate(last_months()[-months:]):
        weights = [3 if rises and number >= 16 else 1, 2, 2, 2, 2]
        for source in chance.choices(["Webinar", "Fair", "Referral", "Web", "Calls"], weights, k=60):
            day = month + timedelta(days=chance.randrange(28))
            rows.append({"last_name": f"L {len(rows)}", "source": source, "received_on": day, "owner_id": owner.pk})
    with acting_as(SYSTEM), working(Work("lead.import", SYSTEM)):
        create_many(Lead, rows)


def page_of(client: Client, address: str = "/insights/trends/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_without_history_it_says_what_is_missing(cast: Cast, signed_in: SignedIn) -> None:
    make_leads(cast.alice, months=5)
    page = page_of(signed_in(cast.alice))
    assert "Where leads come from: not enough history: 5 of 12 months" in page
    assert "Products sold: nothing recorded yet" in page


def test_d9_what_rises_is_told_with_months_and_records(cast: Cast, signed_in: SignedIn) -> None:
    make_leads(cast.alice)
    client = signed_in(cast.alice)
    overview = page_of(client)
    assert overview.index("Where leads come from: Webinar up") < overview.index("Products sold: nothing")
    since = last_months()[16]
    page = page_of(client, f"/insights/trends/sources/?value=Webinar&month={since:%Y-%m}")
    assert "95% interval" in page
    of_month = Lead.objects.filter(source="Webinar", received_on__year=since.year, received_on__month=since.month)
    assert page.count('class="cell-title" href="/leads/') == of_month.count()


def test_each_value_is_exported(cast: Cast, signed_in: SignedIn) -> None:
    make_leads(cast.alice)
    rows = list(csv.DictReader(io.StringIO(signed_in(cast.alice).get("/insights/trends/export/").content.decode())))
    assert {row["value"]: row["verdict"] for row in rows}["Webinar"] == "rising"


def test_others_records_are_not_counted(cast: Cast, signed_in: SignedIn) -> None:
    seen_by("lead", Scope.OWNER)
    make_leads(cast.alice)
    client = signed_in(cast.charlie)
    assert "Webinar" not in page_of(client)
    assert client.get("/insights/trends/sources/?value=Webinar").status_code == 404
    assert b"Webinar" not in client.get("/insights/trends/export/").content


def test_hidden_fields_are_not_told(cast: Cast, signed_in: SignedIn) -> None:
    make_leads(cast.alice)
    with acting_as(SYSTEM):
        FieldRule.create(for_type="lead", field="source", role="seller", right="hidden")
    assert "Webinar" not in page_of(signed_in(cast.alice))


@pytest.mark.parametrize("address", ["nothing/?value=x", "sources/?value=nobody", "products/?value=not-an-id"])
def test_what_is_unknown_is_not_found(cast: Cast, signed_in: SignedIn, address: str) -> None:
    make_leads(cast.alice)
    assert signed_in(cast.alice).get(f"/insights/trends/{address}").status_code == 404


def test_the_present_month_is_not_looked_at(cast: Cast) -> None:
    assert last_months()[-1] < today().replace(day=1)
    assert len(last_months()) == 24
