"""The drill of the stop switch: it measures, tells administrators when machines were not stopped, and lowers levels."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import gettext, override

from rapport.activities.models import Notification
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.oversight.actions import Level
from rapport.oversight.drilling import drill
from rapport.oversight.models import AutonomyLevel, DrillState, MachineRun, RunState, StopDrill, StopSwitch
from rapport.oversight.stopping import INSTANCE, pulled_among
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def system(transactional_db: None, machine_actions: None) -> Iterator[None]:
    begin()
    with acting_as(SYSTEM):
        yield


def test_a_drill_stops_its_machine_measures_and_leaves_nothing_pulled(system: None) -> None:
    done = drill()
    assert done is not None
    done.refresh_from_db()
    assert (done.state, done.problem, done.written_after) == (DrillState.PASSED, "", 0)
    assert done.beats
    for measured in (done.answered_ms, done.refused_ms, done.ended_ms):
        assert measured is not None
    assert MachineRun.objects.get().state == RunState.STOPPED
    assert not StopSwitch.objects.filter(is_pulled=True).exists()


def test_there_is_nothing_to_measure_while_all_machines_are_stopped(system: None) -> None:
    StopSwitch.pull(key=INSTANCE)
    assert drill() is None
    assert pulled_among([]) == [INSTANCE]


def test_where_the_switch_does_not_stop_administrators_are_told_and_levels_fall(system: None, cast: Cast) -> None:
    AutonomyLevel.choose(action="test.act", level=Level.ACT)
    disarm()
    try:
        with pytest.MonkeyPatch.context() as patient:
            patient.setattr("rapport.oversight.drilling.LIMIT", 0.5)
            done = drill()
    finally:
        rearm()
    assert done is not None
    assert (StopDrill.objects.get().state, AutonomyLevel.objects.get(action="test.act").level) == ("failed", 2)
    assert set(Notification.objects.values_list("user__name", "kind")) == {(cast.dora.name, "drill_failed")}
    page = Client()
    page.force_login(cast.alice)
    assert "The last drill failed" not in page.get("/ai-control/").content.decode()  # she may not stop machines
    page.force_login(cast.dora)
    assert "The last drill failed" in page.get("/ai-control/").content.decode()
    with cast.acting(cast.dora):
        cast.dora.change(language="pt")
    shown = page.get("/ai-control/").content.decode()
    with override("pt"):
        assert gettext(done.problem) != done.problem
        assert gettext(done.problem) in shown
    history = page.get("/settings/history/").content.decode()
    assert "Desceu por si" in history
    assert "Fell by itself" not in history


def disarm() -> None:
    """A switch that never takes: whoever pulls it pulls nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.is_pulled := false; RETURN NEW; END $$;"
            " CREATE TRIGGER never BEFORE INSERT OR UPDATE ON oversight_stopswitch"
            " FOR EACH ROW EXECUTE FUNCTION never()"
        )


def rearm() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER never ON oversight_stopswitch; DROP FUNCTION never()")
