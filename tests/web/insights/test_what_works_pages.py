"""D12 on its pages: what works is told with its figures, leads to the cases, and stands beside open opportunities."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.insights.models import WorksReview
from rapport.insights.works.reviewing import review
from rapport.pipeline.models import Opportunity, Stage
from tests.cast import Cast

from .history import make_history

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_before_the_first_review_the_page_says_what_belongs_there(cast: Cast, signed_in: SignedIn) -> None:
    assert "What works" in page_of(signed_in(cast.alice), "/insights/")
    assert "Nothing has been looked at yet" in page_of(signed_in(cast.alice), "/insights/what-works/")


def test_without_history_nothing_is_told(cast: Cast, signed_in: SignedIn) -> None:
    review()
    page = page_of(signed_in(cast.alice), "/insights/what-works/")
    assert "Nothing can be told for certain yet" in page
    assert "too few cases: 0 with it, 0 without" in page


def test_d12_what_works_is_told_with_its_interval_and_leads_to_the_cases(cast: Cast, signed_in: SignedIn) -> None:
    make_history(cast.alice)
    review()
    client = signed_in(cast.alice)
    page = page_of(client, "/insights/what-works/")
    assert "Meet within two weeks: S5 Negotiation and close is reached" in page
    assert "95% interval" in page
    cases = page_of(client, "/insights/what-works/early_meeting/")
    assert "Sale 239" in cases
    assert "not followed" in cases
    assert "Sale 239" not in page_of(signed_in(cast.charlie), "/insights/what-works/early_meeting/")


def test_d12_it_is_advised_beside_an_open_opportunity_until_it_is_done(cast: Cast, signed_in: SignedIn) -> None:
    make_history(cast.alice)
    review()
    with cast.acting(cast.alice):
        fresh = Opportunity.create(name="Fresh", owner=cast.alice, stage=Stage.objects.get(code="S1"))
    panel = page_of(signed_in(cast.alice), f"/opportunities/{fresh.pk}/panel/what-works/")
    assert "Meet within two weeks" in panel
    assert "No meeting in this stage yet." in panel


def test_a_manager_has_the_history_looked_at_again(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.alice).post("/insights/what-works/review/").status_code == 403
    assert signed_in(cast.bob).post("/insights/what-works/review/").status_code == 302
    assert not WorksReview.objects.exists(), "it is done by a worker"


def test_an_unknown_pattern_is_not_found(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.alice).get("/insights/what-works/nonsense/").status_code == 404


def test_all_that_was_looked_at_is_exported(cast: Cast, signed_in: SignedIn) -> None:
    make_history(cast.alice)
    review()
    exported = signed_in(cast.alice).get("/insights/what-works/export/").content.decode()
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert len(rows) > len({row["way_of_working"] for row in rows}) > 1
    found = next(row for row in rows if row["way_of_working"] == "Meet within two weeks" and row["outcome"] == "faster")
    assert found["verdict"] == "published"
    assert 1 < float(found["low"]) < float(found["size"]) < float(found["high"])


EXPORTED = (
    *("what-works", "forecast", "forecast/accuracy", "my-forecast", "segments", "next-actions", "trends"),
    *("who-and-where", "market-share", "outlooks/lifetime_value", "predictions/win_probability"),
)


def test_exports_are_for_those_who_may(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.dora):
        cast.bob.change(role=Role.AUDITOR)
    review()
    page = page_of(signed_in(cast.bob), "/insights/what-works/")
    assert "Nothing can be told" in page
    assert "what-works/export" not in page
    for address in EXPORTED:
        assert signed_in(cast.bob).get(f"/insights/{address}/export/").status_code == 403, address
