"""What comes out, who is told, and what a lost trial holds back."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.intelligence.predictions import predictions
from rapport.oversight.models import MachineEstimate, Trial, TrialCase
from rapport.oversight.trials.keeping_up import go_on
from rapport.oversight.trials.verdicts import lost_trials, refuse_after_a_lost_trial
from tests.api.conftest import Program
from tests.cast import Cast
from tests.clients import signed_in
from tests.csv_answers import rows_of
from tests.rights.matrix import text_of
from tests.trials.conftest import start

pytestmark = pytest.mark.django_db
PLANNED = 60


@pytest.fixture
def team(cast: Cast) -> list[User]:
    """Alice and two more who sell in her team."""
    with acting_as(SYSTEM):
        more = [
            User.create(name=name, email=f"{name}@rapport.example", role=Role.SELLER, team=cast.north)
            for name in ("eve", "finn")
        ]
    return [cast.alice, *more]


@dataclass(frozen=True)
class Said:
    """What was said of a case, and what came."""

    user: User
    people: int
    machine: float
    came: bool


def keep(trial: Trial, said: list[Said]) -> None:
    """Cases as they are months later."""
    for number, one in enumerate(said):
        moment = now() - timedelta(days=100) + timedelta(minutes=number)
        case = TrialCase(trial=trial, user=one.user, subject_type="opportunity", subject_id=uuid4(), entered_at=moment)
        case.answered_at, case.due_at, case.outcome_at = moment, moment + timedelta(days=90), now()
        case.percent, case.outcome = one.people, one.came
        TrialCase._base_manager.model.save_base(case, raw=True, force_insert=True)
        MachineEstimate.objects.create(case=case, chance=one.machine, estimator="win_probability/1")


def answers_of(users: list[User], n: int, *, people_right: bool) -> list[Said]:
    """Of n cases, every third came; one side says nearly so, the other always the usual share, give or take."""
    said = []
    for number in range(n):
        came = number % 3 == 0
        near, usual = (85 if came else 10) + number % 5, 30 + number % 7
        people, machine = (near, usual) if people_right else (usual, near)
        said.append(Said(users[number % len(users)], people, machine / 100, came))
    return said


def test_before_the_planned_number_there_is_no_winner_and_then_there_is(cast: Cast, team: list[User]) -> None:
    trial = start(cast, planned=PLANNED)
    keep(trial, answers_of(team, PLANNED - 1, people_right=False))
    go_on_as_system(trial)
    page = signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "Not enough cases: 59 of 60." in page
    assert "no winner is named" in page
    with acting_as(SYSTEM), pytest.raises(Problem, match="no verdict yet"):
        trial.end()
    keep(trial, answers_of(team, 1, people_right=False))
    go_on_as_system(trial)
    assert (trial.state, trial.verdict) == ("ended", "machine")
    assert Event.objects.filter(verb="trial.end").count() == 1
    page = signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "the machine foresaw better than the people" in page
    assert "exact McNemar" in page
    told = signed_in(cast.bob).get("/insights/predictions/win_probability/").content.decode()
    assert "In a trial against people" in told


def test_what_one_person_said_is_told_to_nobody_else(cast: Cast, team: list[User]) -> None:
    trial = start(cast, planned=PLANNED)
    keep(trial, [Said(cast.alice, 37 if number % 2 else 63, 0.5, bool(number % 2)) for number in range(31)])
    address = f"/insights/trials/{trial.pk}/"
    assert "Only you see this." in signed_in(cast.alice).get(address).content.decode()
    for other in (cast.bob, cast.dora):
        page = signed_in(other).get(address).content.decode()
        assert "Fewer than three people have outcomes" in page
        assert "Who foresees better on the same cases?" not in page
        assert "Only you see this." not in page
        assert "37%" not in text_of(signed_in(other).get("/insights/trials/estimates/"))
        case = TrialCase._base_manager.latest("pk")
        assert Program(other).get(f"history?record={case.pk}").status_code in (200, 404)
        with cast.acting(other):
            assert not TrialCase.objects.visible_to(_actor()).exists()
    assert "Who foresees better" not in signed_in(team[1]).get(address).content.decode()


def test_held_back_cases_of_one_person_are_told_to_nobody_else(cast: Cast, team: list[User]) -> None:
    trial = start(cast, planned=PLANNED)
    keep(trial, answers_of(team, 45, people_right=False))
    address = f"/insights/trials/{trial.pk}/"
    for users, is_told in ((team[:1], False), (team, True)):
        TrialCase._base_manager.filter(trial=trial, user__in=users).update(held_back=True)
        rows = rows_of(signed_in(cast.bob).get(f"{address}export/"))
        assert ("held_back" in {row["among"] for row in rows}) == is_told
        assert ("stayed hidden" in signed_in(cast.bob).get(address).content.decode()) == is_told


def _actor() -> object:
    from rapport.core.actors import current_actor

    return current_actor()


def test_those_who_lead_see_the_team_and_sellers_their_own(cast: Cast, team: list[User]) -> None:
    trial = start(cast, planned=PLANNED, segments=["source"])
    keep(trial, answers_of(team, 45, people_right=False))
    bob = signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "Who foresees better on the same cases?" in bob
    assert "Mean of both better than the machine" in bob
    finn = signed_in(team[2]).get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "The figures of the team are for those who lead it." in finn
    assert "Your own 15 cases." in finn


def test_after_a_lost_trial_nothing_that_rests_on_it_is_let_act_more_by_itself(cast: Cast, team: list[User]) -> None:
    trial = start(cast, planned=PLANNED)
    keep(trial, answers_of(team, PLANNED, people_right=True))
    go_on_as_system(trial)
    assert trial.verdict == "people"
    assert set(lost_trials()) == {"win_probability"}
    with pytest.raises(Problem, match="lost against people"):
        refuse_after_a_lost_trial({"win_probability"})
    refuse_after_a_lost_trial({"churn"})


def test_stopping_needs_a_reason_and_those_who_lead(cast: Cast, team: list[User]) -> None:
    trial = start(cast, planned=PLANNED)
    address = f"/insights/trials/{trial.pk}/stop/"
    assert signed_in(cast.alice).post(address, {"reason": "Bored"}).status_code == 403
    assert signed_in(cast.bob).post(address, {"reason": " "}).status_code == 409
    signed_in(cast.bob).post(address, {"reason": "The team was reorganised"})
    trial.refresh_from_db()
    assert trial.state == "stopped"
    assert "The team was reorganised" in signed_in(cast.alice).get("/insights/trials/").content.decode()
    assert signed_in(cast.bob).post(address, {"reason": "Again"}).status_code == 409


def test_the_empty_page_says_how_to_begin(cast: Cast) -> None:
    assert "No trial was ever started" in signed_in(cast.bob).get("/insights/trials/").content.decode()
    assert "A manager starts trials." in signed_in(cast.alice).get("/insights/trials/").content.decode()
    assert "Human and machine" in signed_in(cast.alice).get("/insights/").content.decode()
    assert signed_in(cast.alice).get("/help/trials/").status_code == 200
    assert (
        "Nobody asks for your estimate now" in signed_in(cast.alice).get("/insights/trials/estimates/").content.decode()
    )


def test_each_prediction_tells_what_came_of_a_record(cast: Cast) -> None:
    known = [one for one in predictions().values() if one.came is not None]
    assert {"win_probability", "lead_conversion", "churn"} <= {one.name for one in known}
    for one in known:
        assert one.came is not None
        assert one.came([uuid4()], [today()]) == {}, one.name
        assert one.came([], []) == {}, one.name


def go_on_as_system(trial: Trial) -> None:
    with acting_as(SYSTEM):
        go_on(trial)
    trial.refresh_from_db()
