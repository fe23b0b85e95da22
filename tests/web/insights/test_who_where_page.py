"""D13: who makes most and where it is difficult, fair to the harder cases, and nobody's figures told to others."""

import csv
import io
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.bulk import create_many
from rapport.core.clock import now, today
from rapport.core.work import Work, working
from rapport.identity.models import FieldRule, Team, User
from rapport.identity.roles import Role
from rapport.pipeline.models import Opportunity, Stage, StageVisit, Status
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def sellers(team: Team, number: int) -> list[User]:
    with acting_as(SYSTEM):
        return [
            User.create(
                name=f"{team.name} {place}", email=f"{team.name}{place}@rapport.example", role=Role.SELLER, team=team
            )
            for place in range(number)
        ]


def make_sales(owners: list[User], *, number: int, lost: float, large: float = 0.5) -> None:
    """Opportunities that went through two stages; large ones are lost twice as often, as everywhere."""
    begin()
    stages = {stage.code: stage.pk for stage in Stage.objects.all()}
    chance, rows, ends = random.Random(7), [], []
    for place in range(number):
        is_large = chance.random() < large
        is_lost = chance.random() < lost * (2 if is_large else 1)
        ends.append(is_lost)
        rows.append(
            {
                "name": f"Sale {place}",
                "owner_id": owners[place % len(owners)].pk,
                "stage_id": stages["S3" if is_lost else "S6"],
                "status": Status.LOST if is_lost else Status.WON,
                "amount": (90_000 if is_large else 1_000) + place,
                "currency": "EUR",
                "opened_on": today() - timedelta(days=80),
                "closed_on": today() - timedelta(days=20),
            }
        )
    start = now() - timedelta(days=80)
    with acting_as(SYSTEM), working(Work("opportunity.import", SYSTEM)):
        keys = create_many(Opportunity, rows)
        first = [("S1", start, start + timedelta(days=chance.uniform(5, 30))) for _key in keys]
        visits = [
            {"opportunity_id": key, "stage_id": stages[code], "entered_at": entered, "left_at": left}
            for key, one, is_lost in zip(keys, first, ends, strict=True)
            for code, entered, left in [one, *([] if is_lost else [("S3", one[2], one[2] + timedelta(days=9))])]
        ]
        create_many(StageVisit, visits)


def lines_of(client: Client, about: str) -> list[dict[str, str]]:
    answer = client.get("/insights/who-and-where/export/")
    assert answer.status_code == 200
    return [row for row in csv.DictReader(io.StringIO(answer.content.decode())) if row["about"] == about]


def test_d13_a_team_that_loses_more_with_such_cases_is_told(cast: Cast, signed_in: SignedIn) -> None:
    make_sales([*sellers(cast.north, 3), cast.alice], number=400, lost=0.3)
    make_sales(sellers(cast.south, 3), number=400, lost=0.1)
    lost = {
        row["name"]: row
        for row in lines_of(signed_in(cast.dora), "team")
        if row["measure"] == "lost" and int(row["found"])
    }
    assert float(lost["North"]["low"]) > 1
    assert float(lost["South"]["high"]) < 1
    page = signed_in(cast.dora).get("/insights/who-and-where/").content.decode()
    assert "more than expected" in page


def test_harder_cases_are_no_insufficiency(cast: Cast, signed_in: SignedIn) -> None:
    make_sales(sellers(cast.north, 3), number=400, lost=0.2, large=0.9)
    make_sales(sellers(cast.south, 3), number=400, lost=0.2, large=0.1)
    lost = [row for row in lines_of(signed_in(cast.dora), "team") if row["measure"] == "lost" and int(row["found"])]
    assert len(lost) == 2
    assert all(float(row["low"]) <= 1 <= float(row["high"]) for row in lost)


def test_nobodys_figures_are_told_to_others(cast: Cast, signed_in: SignedIn) -> None:
    make_sales([cast.alice, cast.bob], number=100, lost=0.3)
    manager = signed_in(cast.bob)
    page = " ".join(manager.get("/insights/who-and-where/").content.decode().split())
    assert "1 smaller team is left out." in page
    assert lines_of(manager, "team") == []
    assert (
        sum(int(row["found"]) for row in lines_of(manager, "you") if row["measure"] == "lost")
        < Opportunity.objects.filter(status=Status.LOST).count()
    )
    for other in (cast.charlie, cast.dora):
        assert all(row["found"] == "0" for row in lines_of(signed_in(other), "you"))


def test_one_sees_ones_own(cast: Cast, signed_in: SignedIn) -> None:
    make_sales([cast.alice, cast.bob], number=100, lost=0.3)
    mine = Opportunity.objects.filter(owner=cast.alice, status=Status.LOST).count()
    rows = [row for row in lines_of(signed_in(cast.alice), "you") if row["measure"] == "lost"]
    assert sum(int(row["found"]) for row in rows) == mine
    assert lines_of(signed_in(cast.alice), "team") == []


def test_without_history_it_says_so(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.alice).get("/insights/who-and-where/").content.decode()
    assert "No stay in a stage has ended in the last twelve months." in page


def test_hidden_fields_close_it(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        FieldRule.create(for_type="opportunity", field="amount", role="seller", right="hidden")
    assert signed_in(cast.alice).get("/insights/who-and-where/").status_code == 403
    assert signed_in(cast.alice).get("/insights/who-and-where/export/").status_code == 403


def test_stages_stand_in_the_order_of_the_way_through_them(cast: Cast, signed_in: SignedIn) -> None:
    make_sales([cast.alice, cast.bob], number=100, lost=0.3)
    client = signed_in(cast.alice)
    first = list(dict.fromkeys(row["stage"] for row in lines_of(client, "stage")))
    assert len(first) == 2
    places = {one.name: one.position for one in Stage.objects.all()}
    assert first == sorted(first, key=places.__getitem__)
    Stage._base_manager.filter(name=first[0]).update(position=1_000)
    assert list(dict.fromkeys(row["stage"] for row in lines_of(client, "stage"))) == first[::-1]
