"""D8: people's own estimates are kept with their history, private to each; leaders see the sum of at least three."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.beginnings import begin
from rapport.core.clock import fixed_at, now, today
from rapport.core.problems import Problem
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.insights.forecasting.periods import coming_periods, month_of
from rapport.insights.models import OwnEstimate
from rapport.pipeline.models import Opportunity
from rapport.web.insights.forecast_words import period_label
from tests.cast import Cast
from tests.csv_answers import rows_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/insights/my-forecast/"


def page_of(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def give(client: Client, amount: str, period: str = "") -> int:
    return client.post(PAGE, {"amount": amount, "period": period or month_of(today()).key}).status_code


def test_the_question_names_the_period(cast: Cast, signed_in: SignedIn) -> None:
    period = coming_periods()[0]
    assert f"What do you expect for {period_label(period)}?" in page_of(signed_in(cast.alice))


def test_d8_an_estimate_is_kept_and_the_earlier_one_stays(cast: Cast, signed_in: SignedIn) -> None:
    client, period = signed_in(cast.alice), month_of(today()).key
    assert give(client, "4711") == 302
    assert give(client, "5822") == 302
    assert "€5,822" in page_of(client, f"{PAGE}?period={period}")
    assert list(OwnEstimate.objects.order_by("at").values_list("amount", flat=True)) == [4711, 5822]


def test_what_is_no_amount_is_told(cast: Cast, signed_in: SignedIn) -> None:
    assert give(signed_in(cast.alice), "-3") == 422
    assert not OwnEstimate.objects.exists()


def test_an_estimate_of_a_period_that_ended_meanwhile_is_not_kept_for_another(cast: Cast, signed_in: SignedIn) -> None:
    client, ended = signed_in(cast.alice), month_of(today().replace(day=1) - timedelta(days=1)).key
    for period in (ended, "soon"):
        answer = client.post(PAGE, {"amount": "4711", "period": period})
        assert (answer.status_code, "That period is over" in answer.content.decode()) == (422, True)
    assert not OwnEstimate.objects.exists()


def test_leaders_see_the_sum_of_three_and_nobodys_own(cast: Cast, signed_in: SignedIn) -> None:
    period = month_of(today()).key
    with acting_as(SYSTEM):
        eve = User.create(name="Eve", email="eve@rapport.example", role=Role.SELLER, team=cast.north)
    address = f"/insights/forecast/?period={period}"
    assert give(signed_in(cast.alice), "1000") == give(signed_in(eve), "2000") == 302
    assert "fewer than three estimates" in page_of(signed_in(cast.bob), address)
    assert give(signed_in(cast.bob), "4000") == 302
    page = page_of(signed_in(cast.bob), address)
    assert "3 estimates" in page
    assert "€7,000" in page
    assert not OwnEstimate.objects.visible_to(_actor(cast.bob)).filter(user=cast.alice).exists()
    assert not OwnEstimate.objects.visible_to(_actor(cast.dora)).exists()


def test_a_period_that_is_over_shows_what_came(cast: Cast, signed_in: SignedIn) -> None:
    begin()
    last = month_of(today().replace(day=1) - timedelta(days=1))
    with fixed_at(now() - timedelta(days=70)), cast.acting(cast.alice):
        OwnEstimate.give(period=last.key, amount=Decimal(3_000))
        sold = Opportunity.create(name="Sold", owner=cast.alice, amount=Decimal(2_500), currency="EUR")
    with fixed_at(now() - timedelta(days=today().day + 3)), cast.acting(cast.alice):
        sold.win()
    page = page_of(signed_in(cast.alice))
    assert "€3,000" in page
    assert "€2,500" in page
    exported = rows_of(signed_in(cast.alice).get(f"{PAGE}export/"))
    assert exported == [{"period": last.key, "estimate": "3000.00", "came": "2500.00"}]


def test_nobody_estimates_the_past(cast: Cast) -> None:
    with cast.acting(cast.alice), pytest.raises(Problem):
        OwnEstimate.give(period="2020-01", amount=Decimal(1))


def _actor(user: User) -> Actor:
    return actor_for(user)
