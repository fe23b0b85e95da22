"""Does it help to be shown the number? Weeks of sellers are drawn; what came is compared by the arm as it was drawn."""

import random
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now, today
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.oversight.models import MachineEstimate, Trial, TrialCase
from rapport.oversight.trials.arms import FOUR, SEEN, Arm, arm_of, chance_drawn
from rapport.oversight.trials.keeping_up import go_on
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.clients import signed_in
from tests.csv_answers import rows_of
from tests.rights.matrix import text_of
from tests.trials.conftest import start

pytestmark = pytest.mark.django_db
PLANNED = 240


def test_arms_are_drawn_by_seller_and_week_as_likely_as_they_should() -> None:
    trial, seller, monday = uuid4(), uuid4(), today() - timedelta(days=today().weekday())
    week = {arm_of(trial, seller, monday + timedelta(days=day), FOUR) for day in range(7)}
    assert len(week) == 1
    drawn = Counter(arm_of(trial, uuid4(), today(), FOUR) for _seller in range(4_000))
    assert all(850 < drawn[arm] < 1_150 for arm in Arm)


def test_the_number_is_shown_or_hidden_as_the_week_was_drawn(cast: Cast, deals: list[Opportunity]) -> None:
    trial = start(cast, part="effect", matters=0.05, planned=PLANNED, last_day=today() + timedelta(weeks=200))
    weeks = {_arm_in(trial, cast, week): week for week in range(200)}
    assert set(weeks) == set(Arm)
    for arm, week in weeks.items():
        with fixed_at(now() + timedelta(weeks=week)):
            listed = text_of(signed_in(cast.alice).get("/opportunities/?cols=chance_to_win")).lower()
            panel = signed_in(cast.alice).get(f"/opportunities/{deals[0].pk}/panel/chance/")
        assert ("chance to win" in listed) == (arm in SEEN), arm
        assert panel.status_code == (200 if arm in SEEN else 404), arm
        if arm in SEEN:
            assert ("Source: " in text_of(panel)) == (arm is Arm.EXPLAINED)


def _arm_in(trial: Trial, cast: Cast, week: int) -> Arm:
    return arm_of(trial.pk, cast.alice.pk, today() + timedelta(weeks=week), FOUR)


def test_records_enter_in_the_week_drawn_for_them_with_the_machines_word_put_away(
    cast: Cast, deals: list[Opportunity]
) -> None:
    trial = start(cast, part="effect", matters=0.05, planned=PLANNED)
    for week in range(9):
        with fixed_at(now() + timedelta(weeks=week)), acting_as(SYSTEM):
            go_on(trial)
    cases = list(TrialCase._base_manager.all())
    assert {case.subject_id for case in cases} == {deal.pk for deal in deals}
    for case in cases:
        drawn = chance_drawn(trial.pk, f"case:{case.subject_id}")
        assert (case.entered_at - trial.started_at) // timedelta(weeks=1) == int(drawn * 8)
        assert case.arm == arm_of(trial.pk, cast.alice.pk, case.entered_at.date(), FOUR)
        assert case.arm_probability == 0.25
        assert MachineEstimate.objects.filter(case=case).exists() == (case.arm != Arm.NONE)
    page = signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "looked at once, at the planned number" in page
    exported = rows_of(signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/export/"))
    assert {row["among"] for row in exported} == {"arm"}
    assert sum(int(row["cases"]) for row in exported) == 0


@pytest.mark.parametrize(("effect", "verdict"), [(0.35, "helps"), (-0.35, "harms")])
def test_what_came_decides_once_at_the_planned_number(cast: Cast, effect: float, verdict: str) -> None:
    trial = start(cast, part="effect", matters=0.05, planned=PLANNED)
    with acting_as(SYSTEM):
        sellers = [
            User.create(name=f"S{number}", email=f"s{number}@rapport.example", role=Role.SELLER, team=cast.north)
            for number in range(8)
        ]
    keep(trial, sellers, PLANNED - 1, effect)
    finish(trial)
    assert trial.is_running
    keep(trial, sellers, 1, effect)
    finish(trial)
    assert (trial.state, trial.verdict) == ("ended", verdict)
    assert trial.figures["before"]["low"] <= 0 <= trial.figures["before"]["high"]
    page = signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "Check: the two arms that look alike" in page


def test_what_too_few_sellers_leave_untold_is_named(cast: Cast, deals: list[Opportunity]) -> None:
    trial = start(cast, part="effect", matters=0.05, planned=PLANNED)
    keep(trial, [cast.alice], PLANNED, 0.3)
    finish(trial)
    assert (trial.state, trial.verdict) == ("ended", "undecided")
    page = text_of(signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/"))
    untold = page.partition("Not told, as fewer than five sellers had weeks in both:")[2].partition(".")[0]
    assert "Outcome, when the number is seen" in untold
    assert "Check: the two arms that look alike (must show nothing)" in untold
    assert "Cases with an outcome</dt><dd>240</dd>" in page


def keep(trial: Trial, sellers: list[User], n: int, effect: float) -> None:
    """Cases with their outcomes."""
    dice = random.Random(n)
    for number in range(n):
        arm = list(Arm)[number % 4]
        case = TrialCase(trial=trial, user=dice.choice(sellers), subject_type="opportunity", subject_id=uuid4())
        case.arm, case.arm_probability, case.due_at, case.outcome_at = str(arm), 0.25, now(), now()
        case.outcome = dice.random() < 0.45 + effect * (arm in SEEN)
        case.save_base(raw=True, force_insert=True)


def finish(trial: Trial) -> None:
    with acting_as(SYSTEM):
        go_on(trial)
    trial.refresh_from_db()
