"""Administrators configure pipelines and stages."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from rapport.core.beginnings import begin
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.pipeline.models import Pipeline, Stage
from tests.cast import Cast
from tests.pipeline.sales import cycle, sale, stage

pytestmark = pytest.mark.usefixtures("fresh")


def test_a_fresh_database_has_the_cycle_of_six_stages_once(cast: Cast) -> None:
    begin()
    assert [one.code for one in cycle().ordered_stages()] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert Pipeline.objects.count() == 1


def test_stages_are_added_renamed_and_reordered(cast: Cast) -> None:
    with cast.acting(cast.dora):
        pilot = cycle().add_stage("Pilot", probability=70, required_fields=["impact"])
        assert pilot.position == 7
        ids = [one.pk for one in cycle().ordered_stages()]
        cycle().reorder_stages([*ids[:4], pilot.pk, *ids[4:-1]])
        pilot.refresh_from_db()
        pilot.rename("Trial")
        assert [one.name for one in cycle().ordered_stages()][3:6] == ["Proposal", "Trial", "Negotiation and close"]
        with pytest.raises(Problem, match="changed meanwhile"):
            cycle().reorder_stages(ids[1:])
        with pytest.raises(ValidationError, match="no field of an opportunity"):
            pilot.change(required_fields=["shoe_size"])


def test_only_an_empty_stage_is_deleted_and_undo_brings_it_back(cast: Cast) -> None:
    machine = sale(cast, amount=Decimal(1))
    with cast.acting(cast.dora):
        with pytest.raises(Problem, match="1 opportunities stand in this stage"):
            stage("S1").remove()
        machine.win()
        stage("S1").remove()
        assert not Stage.objects.filter(code="S1").exists()
        undo_event(Event.objects.latest("id"))
    assert stage("S1").visits.count() == 1


def test_a_pipeline_keeps_a_stage_to_sell_in(cast: Cast) -> None:
    with cast.acting(cast.dora):
        short = Pipeline.create_with_stages(name="Short", stages=[{"name": "Only"}])
        with pytest.raises(Problem, match="at least one stage"):
            short.stages.get().remove()


def test_another_pipeline_can_become_the_default(cast: Cast) -> None:
    with cast.acting(cast.dora):
        partners = Pipeline.create_with_stages(name="Partners", stages=[{"name": "First"}, {"name": "Second"}])
        with pytest.raises(ValidationError, match="already exists"):
            Pipeline.create(name="Partners")
        with pytest.raises(Problem, match="another one the default"):
            cycle().remove()
        partners.make_default()
        Pipeline.objects.get(name="Sales cycle").remove()
    assert sale(cast).pipeline == partners
    assert Pipeline.objects.filter(is_default=True).get() == partners


def test_sellers_and_managers_do_not_touch_the_process(cast: Cast) -> None:
    for who in (cast.alice, cast.bob, cast.stranger):
        with cast.acting(who):
            with pytest.raises(Forbidden):
                stage("S1").rename("First")
            with pytest.raises(Forbidden):
                cycle().add_stage("Another")
