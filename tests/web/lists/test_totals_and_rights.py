"""Totals in the base currency, and what Charlie can't learn by filtering, sorting or adding up."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from rapport.catalog.models import Currency
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, seen_by

SignedIn = Callable[[User], Client]


@pytest.fixture
def deals(fresh: None, cast: Cast) -> list[Opportunity]:
    with cast.acting(cast.dora):
        base = Currency.objects.get(is_base=True)
        other = "USD" if base.code != "USD" else "EUR"
        Currency.create(code=other, rate=Decimal("0.5"))
        secret = Organisation.create(name="Secret Works", owner=cast.alice)
        return [
            Opportunity.create(
                name="One", amount=Decimal(100), currency=base.code, organisation=secret, owner=cast.alice
            ),
            Opportunity.create(name="Two", amount=Decimal(50), currency=other, owner=cast.alice),
            Opportunity.create(name="Three", amount=Decimal(7), currency="JPY", owner=cast.charlie),
            Opportunity.create(name="Four", owner=cast.charlie),
        ]


def found(client: Client, query: str) -> list[str]:
    answer = client.get(f"/opportunities/?{query}")
    assert answer.status_code == 200
    return [row.name for row in answer.context["page"].rows]


def test_amounts_are_added_up_in_the_base_currency(cast: Cast, deals: list[Opportunity], signed_in: SignedIn) -> None:
    tally = signed_in(cast.dora).get("/opportunities/?view=all").context["listing"].tally
    assert (tally.count, tally.total.amount, tally.total.left_out) == (4, Decimal(125), ("JPY",))


def test_sums_hold_only_what_one_sees(cast: Cast, deals: list[Opportunity], signed_in: SignedIn) -> None:
    tally = signed_in(cast.alice).get("/opportunities/?view=all").context["listing"].tally
    assert (tally.count, tally.total.amount) == (2, Decimal(125))


def test_charlie_finds_nothing_of_the_other_team_by_any_filter(
    cast: Cast, deals: list[Opportunity], signed_in: SignedIn
) -> None:
    client = signed_in(cast.charlie)
    for query in (
        "view=all",
        "f=name:is:One&sort=",
        f"f=owner:is:{cast.alice.pk}&sort=",
        "q=one&sort=",
        "f=amount:least:1&sort=-amount",
    ):
        assert {"One", "Two"}.isdisjoint(found(client, query)), query
    assert found(client, "match=any&f=name:contains:o&f=amount:filled&sort=title") == ["Four", "Three"]


def test_a_hidden_link_can_not_be_read_filtered_or_sorted_by(
    cast: Cast, deals: list[Opportunity], signed_in: SignedIn
) -> None:
    with cast.acting(cast.dora):
        secret = Organisation.objects.get()
        for name in ("Three", "Four"):
            Opportunity.objects.get(name=name).change(organisation=secret if name == "Four" else None)
    seen_by("organisation", Scope.OWNER)
    client = signed_in(cast.charlie)
    assert "Secret" not in client.get("/opportunities/?view=all&cols=organisation&sort=").content.decode()
    assert found(client, "f=organisation:contains:secret&sort=") == []
    answer = client.get(f"/opportunities/?f=organisation:is:{secret.pk}&sort=")
    assert "was not found" in answer.content.decode()
    assert found(client, "view=all&sort=organisation") == found(client, "view=all&sort=id")
    text = b"".join(client.get("/opportunities/export.csv?cols=organisation&sort=").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Secret" not in text
    assert (
        "Secret"
        in b"".join(
            signed_in(cast.alice).get("/opportunities/export.csv?cols=organisation&sort=").streaming_content  # type: ignore[attr-defined]
        ).decode()
    )


def test_a_text_that_very_many_hold_gives_the_same_rows(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.acting(cast.alice):
        for name in ("Solar Alpha", "Solar Beta", "Wind Gamma", "Solar Delta"):
            Organisation.create(name=name)
    found = signed_in(cast.alice).get("/organisations/?q=solar").content.decode()
    monkeypatch.setattr("rapport.web.lists.listing.rough_number", lambda table: 0.0)
    many = signed_in(cast.alice).get("/organisations/?q=solar").content.decode()
    for text in (found, many):
        assert [name for name in ("Alpha", "Beta", "Gamma", "Delta") if f" {name}<" in text] == [
            "Alpha",
            "Beta",
            "Delta",
        ]
