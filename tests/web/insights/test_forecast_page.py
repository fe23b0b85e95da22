"""D8 on its page: a manager sees what stands, what changed and what the history foretells; others don't."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from rapport.identity.actors import actor_for
from rapport.identity.models import Team, User
from rapport.identity.roles import Role
from rapport.insights.forecasting.sales import OTHERS, Dimension
from rapport.insights.forecasting.volume import foretell
from rapport.insights.models import VolumeForecast
from rapport.pipeline.models import Opportunity
from rapport.web.insights.forecast_past import Cell, Row, names_in
from rapport.web.insights.forecast_words import parts_title
from tests.cast import Cast
from tests.rights.rules import hide

from .history import make_history

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def page_of(client: Client, address: str = "/insights/forecast/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_an_empty_pipeline_has_a_page_too(cast: Cast, signed_in: SignedIn) -> None:
    page = page_of(signed_in(cast.bob))
    assert "Nothing changed the volume of this period." in page
    assert "There is no forecast for this choice yet." in page


def test_with_little_history_it_abstains(cast: Cast, signed_in: SignedIn) -> None:
    make_history(cast.alice, sales=20)
    Opportunity._base_manager.filter(status="won").update(amount=100)
    foretell()
    assert "Too little history for a forecast" in page_of(signed_in(cast.bob))


def test_d8_the_history_foretells_months_with_intervals(cast: Cast, signed_in: SignedIn) -> None:
    make_history(cast.alice, sales=330)
    Opportunity._base_manager.filter(status="won").update(amount=1_000, currency="EUR")
    foretell()
    kept = VolumeForecast.objects.get(team=cast.north)
    assert len(kept.months) == 6
    for month in kept.months:
        assert 0 <= month["low"]["80"] <= month["expected"] <= month["high"]["80"]
    page = page_of(signed_in(cast.bob), f"/insights/forecast/?team={cast.north.pk}")
    assert "80% interval" in page
    assert "The history foretells €" in page
    assert f"f=team:is:{cast.north.pk}" in page
    assert "Nearest when the months began" in page
    with cast.acting(cast.dora):
        cast.north.change(name="=SUM(1)")
    exported = signed_in(cast.bob).get(f"/insights/forecast/accuracy/export/?team={cast.north.pk}").content.decode()
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert {row["name"] for row in rows} == {"'=SUM(1)"}
    assert {("machine", "1"), ("machine", "3")} <= {(row["who"], row["months_ahead"]) for row in rows}
    assert float(rows[0]["off_by"]) >= 0
    foretell()
    again = VolumeForecast.objects.filter(team=cast.north).latest("at")
    assert (again.figures["inputs"], again.months, again.weeks) == (kept.figures["inputs"], kept.months, kept.weeks)
    assert "Earlier forecasts of the same kind would have been off by" in page


def test_d8_who_leads_several_teams_is_told_of_them_together(cast: Cast, signed_in: SignedIn) -> None:
    for seller in (cast.alice, cast.charlie):
        make_history(seller, sales=330)
    Opportunity._base_manager.filter(status="won").update(amount=1_000, currency="EUR")
    with cast.acting(cast.dora):
        above = Team.objects.get(name="Sales")
        leader = User.create(name="Lee Lead", email="lee@rapport.example", role=Role.MANAGER, team=above)
    foretell()
    parts = [VolumeForecast.objects.get(team=team).months for team in (cast.north, cast.south)]
    whole = VolumeForecast.objects.get(team=above).months
    for month, *of_teams in zip(whole, *parts, strict=True):
        assert month["expected"] == pytest.approx(sum(part["expected"] for part in of_teams))
        assert month["low"]["80"] < month["expected"] < month["high"]["80"]
    page = page_of(signed_in(leader))
    assert "The history foretells €" in page
    assert "Nearest when the months began" in page
    assert f"team:is:{cast.north.pk}|{above.pk}|{cast.south.pk}" in page
    assert not VolumeForecast.objects.filter(dimension="team", key=str(above.pk))
    assert "Each team when the month began" in page


def test_who_leads_all_that_sold_sees_the_parts_until_somebody_else_sells(cast: Cast, signed_in: SignedIn) -> None:
    for seller in (cast.alice, cast.charlie):
        make_history(seller, sales=330)
    won = Opportunity._base_manager.filter(status="won")
    won.update(amount=1_000, currency="EUR")
    with cast.acting(cast.dora):
        leader = User.create(
            name="Lee Lead", email="lee@rapport.example", role=Role.MANAGER, team=Team.objects.get(name="Sales")
        )
    foretell()
    page = page_of(signed_in(leader), "/insights/forecast/?by=team")
    assert "Apart by" in page
    assert "Parts and whole are foreseen together" in page
    assert "Apart by" not in page_of(signed_in(cast.bob))
    exported = signed_in(leader).get("/insights/forecast/export/").content.decode()
    assert {row["dimension"] for row in csv.DictReader(io.StringIO(exported))} >= {"", "team"}
    won.filter(pk=won.values("pk")[:1]).update(team=None)
    foretell()
    assert "Apart by" not in page_of(signed_in(leader))


def test_parts_that_rest_on_a_hidden_field_are_not_told(cast: Cast, signed_in: SignedIn) -> None:
    make_history(cast.alice, sales=330)
    Opportunity._base_manager.filter(status="won").update(amount=1_000, currency="EUR")
    foretell()
    assert "Apart by" in page_of(signed_in(cast.bob))
    hide("organisation.country", role=Role.MANAGER)
    assert "Apart by" not in page_of(signed_in(cast.bob))


def test_it_is_for_those_who_lead(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.alice).get("/insights/forecast/").status_code == 403
    assert "Forecast" not in page_of(signed_in(cast.alice), "/insights/").split("</nav>")[-1]


def test_the_title_names_the_largest_part_that_has_a_name() -> None:
    rows = [Row(name, (_cell(expected),), is_rest=name == "others") for name, expected in _PARTS]
    assert parts_title(rows, "EUR") == "The most is expected of Pumps: €40 of €160 in May 2027"
    assert "of others" in parts_title(rows[:1], "EUR")


def test_what_is_left_of_the_countries_is_no_country(cast: Cast) -> None:
    assert OTHERS not in names_in(Dimension.COUNTRY, actor_for(cast.dora), ())


_PARTS = (("others", 90.0), ("Pumps", 40.0), ("Valves", 30.0))


def _cell(expected: float) -> Cell:
    return Cell("May 2027", "", "", expected, None, None, None, None)
