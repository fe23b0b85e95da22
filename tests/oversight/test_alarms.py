"""Alarms about what actions rest on: levels fall at once and alone, and stay down while the alarm stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import QuerySet

from rapport.activities.models import Notification
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.directory.models import Organisation
from rapport.intelligence.drift.watching import SHIFTED
from rapport.oversight import actions
from rapport.oversight.alarms import alarm, end_alarm
from rapport.oversight.judging import judge_what_is_new
from rapport.oversight.machine import Grounds, acting_as_machine, propose
from rapport.oversight.models import Alarm, AutonomyLevel, Proposal
from tests.cast import Cast
from tests.clients import signed_in

from .test_autonomy import decided

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]


def acts(cast: Cast, acme: Organisation, action: str, *, estimator: str = "") -> bool:
    """Whether the machine does a change of this organisation without asking."""
    with acting_as(SYSTEM):
        acme.change(country="")
    with acting_as_machine(action, on_behalf_of=cast.alice) as run:
        return propose(run, Grounds(confidence=0.9, estimator=estimator), acme.change, country="FR") is None


def rest(action: str, *about: str) -> None:
    actions._ACTIONS[action] = replace(actions._ACTIONS[action], rests_on=about)


def test_what_was_done_with_the_estimator_falls_and_nothing_else(cast: Cast, acme: Organisation) -> None:
    assert acts(cast, acme, "test.act", estimator="win/7")
    judge_what_is_new()
    assert alarm("wins", reason="Another one.") == ()
    assert alarm("win", reason="Its inputs have shifted.", evidence={"psi": 0.31}) == ("test.act",)
    fallen = AutonomyLevel.objects.get()
    assert (fallen.action, fallen.level, fallen.chosen_by) == ("test.act", 2, None)
    assert (fallen.evidence["psi"], fallen.evidence["about"]) == (0.31, "win")
    assert "Fell by itself" in Event.objects.filter(verb="autonomylevel.fall").latest("id").reason
    assert not acts(cast, acme, "test.act", estimator="other/1")
    assert acts(cast, acme, "test.act_with_undo", estimator="other/1")


def test_a_level_raised_on_its_proposals_falls(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        propose(run, Grounds(estimator="win/7"), acme.change, employees=7)
    decided(acme, cast, accepted=300)
    with cast.acting(cast.dora):
        AutonomyLevel.choose(action="test.draft", level=3, reason="It does well.")
    assert alarm("win", reason="Its inputs have shifted.") == ("test.draft",)
    with cast.acting(cast.dora), pytest.raises(Problem, match="An alarm stands about “win”"):
        AutonomyLevel.choose(action="test.draft", level=3, reason="It does well.")
    assert end_alarm("win", reason="Learned again.")
    with cast.acting(cast.dora):
        assert AutonomyLevel.choose(action="test.draft", level=3, reason="It does well.").level == 3


def test_an_action_that_says_in_code_what_it_rests_on_falls(cast: Cast, acme: Organisation) -> None:
    rest("test.act", "win", "lose")
    assert alarm("win", reason="Its inputs have shifted.") == ("test.act",)
    assert not acts(cast, acme, "test.act")


def test_what_comes_to_rest_on_it_while_the_alarm_stands_only_proposes(cast: Cast, acme: Organisation) -> None:
    assert alarm("win", reason="Its inputs have shifted.") == ()
    assert acts(cast, acme, "test.act", estimator="other/1")
    assert not acts(cast, acme, "test.act", estimator="win/8")
    assert AutonomyLevel.objects.get().level == 2


def test_ringing_again_is_one_alarm_and_ending_it_raises_nothing(cast: Cast, acme: Organisation) -> None:
    rest("test.act", "win")
    alarm("win", reason="Its inputs have shifted.")
    with fixed_at(now() + timedelta(hours=1)):
        assert alarm("win", reason="They shift on.") == ()
    standing = Alarm.objects.get()
    assert (standing.reason, standing.actions) == ("They shift on.", ["test.act"])
    assert Notification.objects.filter(user=cast.dora, kind="alarm_rung").count() == 1
    assert end_alarm("win", reason="Learned again on newer cases.")
    assert not end_alarm("win", reason="Learned again on newer cases.")
    assert not acts(cast, acme, "test.act")


def test_the_alarm_stands_under_ai_control_and_only_administrators_end_it(cast: Cast) -> None:
    alarm("win", reason=SHIFTED)
    address = f"/ai-control/alarms/{Alarm.objects.get().pk}/end/"
    assert SHIFTED in signed_in(cast.alice).get("/ai-control/").content.decode()
    with acting_as(SYSTEM):
        cast.bob.change(language="fr")
    shown = signed_in(cast.bob).get("/ai-control/").content.decode()
    assert SHIFTED not in shown
    assert "Les cas qui arrivent" in shown
    signed_in(cast.alice).post(address, {"reason": "I say so."})
    signed_in(cast.dora).post(address, {"reason": " "})
    assert Alarm.objects.get().ended_at is None
    signed_in(cast.dora).post(address, {"reason": "Learned again."})
    assert Alarm.objects.get().ended_at is not None
    assert SHIFTED not in signed_in(cast.alice).get("/ai-control/").content.decode()


def test_a_level_falls_that_was_raised_on_proposals_of_long_ago(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        propose(run, Grounds(estimator="win/7"), acme.change, employees=7)
    decided(acme, cast, accepted=300)
    with cast.acting(cast.dora):
        AutonomyLevel.choose(action="test.draft", level=3, reason="It does well.")
    QuerySet.update(Proposal._base_manager.all(), proposed_at=now() - timedelta(days=61))
    assert alarm("win", reason="Its inputs have shifted.") == ("test.draft",)
