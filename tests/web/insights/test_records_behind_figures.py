"""Figures lead to exactly the records behind them, as far as the reader may see these."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.clock import today
from rapport.identity.models import Scope, User
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, seen_by
from tests.rights.rules import hide

from .test_who_where_page import lines_of, make_sales, sellers

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/insights/who-and-where/"


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def slow_addresses(client: Client) -> list[str]:
    page = unescape(client.get(PAGE).content.decode())
    return [part.partition('"')[0] for part in page.split(f'href="{PAGE}slow/')[1:]]


def counted(client: Client, query: str) -> int:
    return len(rows_of(client, f"{PAGE}slow/export/{query}"))


def test_every_figure_of_slow_stays_leads_to_them(cast: Cast, signed_in: SignedIn) -> None:
    make_sales([*sellers(cast.north, 3), cast.alice], number=90, lost=0.2)
    for client in (signed_in(cast.alice), signed_in(cast.dora)):
        about = ("you", "team", "stage", "product", "country")
        figures = [int(one["found"]) for name in about for one in lines_of(client, name) if one["measure"] == "slow"]
        found = [counted(client, query) for query in slow_addresses(client)]
        assert sorted(found) == sorted(figures)
        assert sum(found) > 20
        page = unescape(client.get(f"{PAGE}slow/{slow_addresses(client)[0]}").content.decode())
        assert page.count("Slow stays: ") == 2  # once as heading, once in the browser's tab
        assert "Slow stays: Slow stays" not in page
    assert signed_in(cast.alice).get(f"{PAGE}slow/?about=you").status_code == 302


def test_stays_of_opportunities_that_one_may_not_see_are_not_named(cast: Cast, signed_in: SignedIn) -> None:
    seen_by("opportunity", Scope.OWNER)
    make_sales([*sellers(cast.north, 3), cast.alice], number=100, lost=0.2)
    alice, dora = signed_in(cast.alice), signed_in(cast.dora)
    of_team = next(one for one in slow_addresses(dora) if "about=team" in one)
    assert counted(dora, of_team) > 20
    assert alice.get(f"{PAGE}slow/{of_team}").status_code == 302
    of_stage = next(one for one in slow_addresses(alice) if "about=stage" in one)
    named = {one["opportunity"] for one in rows_of(alice, f"{PAGE}slow/export/{of_stage}")}
    assert named
    assert named <= set(Opportunity.objects.filter(owner=cast.alice).values_list("name", flat=True))


def test_slow_stays_are_closed_where_the_figures_are(cast: Cast, signed_in: SignedIn) -> None:
    make_sales([cast.alice, cast.bob], number=100, lost=0.3)
    alice = signed_in(cast.alice)
    query = slow_addresses(alice)[0]
    hide("opportunity.amount")
    assert alice.get(f"{PAGE}slow/{query}").status_code == 403
    assert alice.get(f"{PAGE}slow/export/{query}").status_code == 403


def make_deals(owner: User, *deals: dict[str, Any]) -> None:
    begin()
    with acting_as(SYSTEM):
        for place, given in enumerate(deals):
            Opportunity.create(name=f"{owner.name} {place}", owner=owner, team=owner.team, **given)


OPEN = {"expected_close": today() + timedelta(days=1), "currency": "EUR"}


def test_the_weighted_volume_leads_to_what_makes_it(cast: Cast, signed_in: SignedIn) -> None:
    own = {**OPEN, "amount": Decimal("1000.10"), "probability": 33}
    usual = {**OPEN, "amount": Decimal(500)}
    unknown = {**OPEN, "amount": Decimal(700), "currency": "XAU", "probability": 50}
    later = {**OPEN, "amount": Decimal(900), "expected_close": today() + timedelta(days=400)}
    make_deals(cast.alice, own, usual, unknown, {**OPEN, "amount": None}, later)
    make_deals(cast.charlie, own)
    period = f"{OPEN['expected_close']:%Y-%m}"
    for user, count in ((cast.bob, 4), (cast.dora, 5)):
        client = signed_in(user)
        page = client.get(f"/insights/forecast/weighted/?period={period}")
        rows = rows_of(client, f"/insights/forecast/weighted/export/?period={period}")
        told = sum(Decimal(row["weighted"] or 0) for row in rows)
        assert len(rows) == page.context["page"].count == count
        assert round(told, 2) == page.context["weighted"].amount > 300
        assert "no rate" in page.content.decode()
        assert f"{count} of {count}" in client.get(page.context["list"]).content.decode()
    assert signed_in(cast.alice).get("/insights/forecast/weighted/").status_code == 403
