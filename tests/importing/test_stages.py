"""Imports and stages: another stage is a move, a new stage gets a probability that is told."""

import pytest

from rapport.core.undo import undo_batch
from rapport.integrations.importing.service import report_of
from rapport.pipeline.models import Opportunity, Stage, StageVisit

from .conftest import imported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sales_cycle")]

DEALS = "Opportunity ID,Opportunity Name,Stage\nO1,Press line,{stage}\nO2,Pumps,{stage}\n"


@pytest.fixture
def two_stages(sales_cycle: None) -> list[Stage]:
    return list(Stage.objects.filter(kind="selling").order_by("position")[:2])


def test_another_stage_ends_the_stay_in_the_one_before(two_stages: list[Stage]) -> None:
    first, second = two_stages
    imported({"opportunities.csv": DEALS.format(stage=first.name)})
    before = Opportunity.objects.get(name="Pumps")
    again = imported({"opportunities.csv": DEALS.format(stage=second.name)})
    moved = Opportunity.objects.get(name="Pumps")
    assert moved.stage == second
    assert before.stage_since is not None
    assert moved.stage_since is not None
    assert moved.stage_since >= before.stage_since
    visit = StageVisit.objects.get(opportunity=moved)
    assert (visit.stage, visit.entered_at, visit.left_at) == (first, before.stage_since, moved.stage_since)
    undo_batch(again.pk)
    assert Opportunity.objects.get(name="Pumps").stage == first
    assert not StageVisit.objects.exists()


def test_the_same_stage_again_is_no_move(two_stages: list[Stage]) -> None:
    imported({"opportunities.csv": DEALS.format(stage=two_stages[0].name)})
    imported({"opportunities.csv": DEALS.format(stage=two_stages[0].name).replace("Pumps", "Two pumps")})
    assert not StageVisit.objects.exists()


def test_new_stages_are_spread_by_the_order_they_appear_in_and_that_is_told() -> None:
    rows = "".join(f"O{n},Deal {n},{name}\n" for n, name in enumerate(("Courting", "Engaging", "Haggling")))
    subject = imported({"opportunities.csv": f"Opportunity ID,Opportunity Name,Stage\n{rows}"})
    new = Stage.objects.filter(name__in=("Courting", "Engaging", "Haggling"))
    assert dict(new.values_list("name", "probability")) == {"Courting": 25, "Engaging": 50, "Haggling": 75}
    told = {note.value: note.reason for note in report_of(subject).created_by_offer}
    assert "25%" in told["Courting"]
