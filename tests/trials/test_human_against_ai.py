"""People say first how likely it is; the machine's number is withheld until then; what comes tells who was nearer."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from django.db import connection

from rapport.activities.models import Notification
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.identity.models import User
from rapport.intelligence.models import Score, Withheld
from rapport.oversight.models import MachineEstimate, Trial, TrialCase
from rapport.oversight.trials.figures import answered, counts_of, pairs_of
from rapport.oversight.trials.keeping_up import go_on
from rapport.oversight.trials.registry import trialled
from rapport.oversight.trials.taking import A_DAY
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast
from tests.clients import signed_in
from tests.csv_answers import rows_of
from tests.rights.matrix import masked, text_of
from tests.trials.conftest import DEALS, deal, start

pytestmark = pytest.mark.django_db


def test_need_g3_people_and_machine_estimate_the_same_cases_and_outcomes_tell_who_was_nearer(
    cast: Cast, deals: list[Opportunity]
) -> None:
    trial = start(cast)
    started = Event.objects.get(verb="trial.start")
    assert started.changes.get().after["form_hash"] == trial.form_hash
    alice = signed_in(cast.alice)
    assert trial.taken == DEALS
    for number, case in enumerate(TrialCase._base_manager.order_by("pk")):
        answer = alice.post(f"/insights/trials/estimates/{case.pk}/", {"percent": str(10 + number)}, follow=True)
        assert f"You: {10 + number}%" in answer.content.decode()
    machine = MachineEstimate.objects.all()
    assert all(one.chance is not None and one.estimator == "win_probability/1" and one.inputs for one in machine)
    with cast.acting(cast.alice):
        deals[0].win(reason="Price", need="Pumps", impact="Much")
        deals[1].lose(reason="Price")
    with fixed_at(now() + timedelta(days=89)), acting_as(SYSTEM):
        go_on(trial)
    assert counts_of(trial).paired == 0
    with fixed_at(now() + timedelta(days=91)), acting_as(SYSTEM):
        go_on(trial)
    assert {case.subject_id for case in TrialCase._base_manager.filter(outcome=True)} == {deals[0].pk}
    pairs = pairs_of(answered(trial))
    assert (pairs.n, sum(pairs.answers), sorted(pairs.people)) == (DEALS, 1, [0.1, 0.11, 0.12, 0.13])
    page = alice.get(f"/insights/trials/{trial.pk}/").content.decode()
    assert "Not enough cases: 4 of " in page
    assert "Only you see this." in page
    exported = rows_of(alice.get(f"/insights/trials/{trial.pk}/export/"))
    assert [(row["among"], row["who"], row["cases"]) for row in exported] == [
        ("own", who, str(DEALS)) for who in ("people", "machine", "together")
    ]


QUESTIONS = (
    "/opportunities/?cols=chance_to_win,name&f=chance_to_win:least:50",
    "/opportunities/?cols=chance_to_win,name&sort=-chance_to_win",
    "/opportunities/export.csv?cols=chance_to_win,name&sort=chance_to_win",
    "/opportunities/export.csv?f=chance_to_win:least:50",
    "/opportunities/?cols=name&f=chance_to_win:least:50&f=chance_to_win:filled",
    "/pipeline/",
    "/",
    "/insights/predictions/win_probability/",
    "/insights/trials/estimates/",
)
ASKED_OF_API = (
    "opportunities?sort=-chance_to_win",
    "opportunities?filter=chance_to_win:least:50",
    "opportunities?fields=chance_to_win,name",
)


def test_the_number_is_withheld_everywhere_until_the_person_has_answered(cast: Cast, deals: list[Opportunity]) -> None:
    """Every question is answered as if the chances were others: they are in none of the answers."""
    trial = start(cast)
    deal = f"/opportunities/{deals[0].pk}/"
    paths = [*QUESTIONS, deal, f"{deal}?tab=related", f"{deal}history/", f"{deal}edit/", f"{deal}panel/chance/"]
    before = [answers(cast.alice, paths), answers(cast.dora, paths)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pipeline_opportunity SET chance_to_win = 100 - chance_to_win")
        cursor.execute("UPDATE intelligence_score SET chance = 1 - chance")
    for told, known in zip(answers(cast.alice, paths), before[0], strict=True):
        assert told == known
    assert answers(cast.dora, paths) != before[1]
    assert signed_in(cast.alice).get(f"{deal}panel/chance/").status_code == 404
    assert "A trial asks you first" in text_of(signed_in(cast.alice).get(f"{deal}?tab=related"))
    with cast.acting(cast.bob):
        trial.stop(reason="Enough")
    assert answers(cast.alice, paths) != before[0]


def answers(user: User, paths: list[str]) -> list[str]:
    """What a user is told, in pages and by the API."""
    client, program = signed_in(user), Program(user)
    told = [f"{path} {masked(text_of(client.get(path)))}" for path in paths]
    return told + [f"{path} {masked(text_of(program.get(path)))}" for path in ASKED_OF_API]


def test_after_the_answer_the_record_shows_it_with_reasons_and_lists_do_not(
    cast: Cast, deals: list[Opportunity]
) -> None:
    start(cast)
    alice, case = signed_in(cast.alice), TrialCase._base_manager.get(subject_id=deals[0].pk)
    alice.post(f"/insights/trials/estimates/{case.pk}/", {"percent": "40", "then": "record"})
    assert "Source: " in text_of(alice.get(f"/opportunities/{deals[0].pk}/panel/chance/"))
    assert "<dt>You</dt><dd>40%" in text_of(alice.get(f"/opportunities/{deals[0].pk}/?tab=related"))
    assert alice.get(f"/opportunities/{deals[1].pk}/panel/chance/").status_code == 404
    with cast.acting(cast.alice):
        assert Opportunity.objects.get(pk=deals[0].pk).chance_to_win is None
    with cast.acting(cast.ada):
        assert Opportunity.objects.get(pk=deals[1].pk).chance_to_win is None


def test_a_case_held_back_stays_hidden_after_the_answer(cast: Cast, deals: list[Opportunity]) -> None:
    start(cast)
    TrialCase._base_manager.filter(subject_id__in=[deals[0].pk, deals[2].pk]).update(held_back=True)
    alice = signed_in(cast.alice)
    for case in TrialCase._base_manager.all():
        told = alice.post(f"/insights/trials/estimates/{case.pk}/", {"percent": "40", "then": "queue"}, follow=True)
        panel = alice.get(f"/opportunities/{case.subject_id}/panel/chance/")
        assert panel.status_code == (404 if case.held_back else 200)
        assert ("stays hidden to the end" in told.content.decode()) == case.held_back


def test_a_record_decided_without_a_number_counts_with_the_number_nobody_sees(
    cast: Cast, deals: list[Opportunity]
) -> None:
    """Some records are drawn to be decided without a number: the machine has one all the same, and is judged by it."""
    trial = start(cast)
    chances = dict(Score.objects.values_list("record_id", "chance"))
    Score.objects.filter(record_id=deals[0].pk).update(chance=None, withheld=Withheld.HELD_BACK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rapport.intelligence.scoring.scoring.held_back", _hold_back(deals[0].pk))
        patch.setattr("rapport.intelligence.scoring.scoring.share_of", lambda _estimator: 0.05)
        case = TrialCase._base_manager.get(subject_id=deals[0].pk)
        told = signed_in(cast.alice).post(f"/insights/trials/estimates/{case.pk}/", {"percent": "40"}, follow=True)
    assert "stays hidden to the end" in told.content.decode()
    case.refresh_from_db()
    assert case.held_back
    assert MachineEstimate.objects.get(case=case).chance == pytest.approx(chances[deals[0].pk])
    assert Score.objects.get(record_id=deals[0].pk, prediction="win_probability").chance is None
    assert counts_of(trial).abstained == 0
    assert trialled("win_probability").decided_without([one.pk for one in deals]) == {deals[0].pk}


def _hold_back(record_id: UUID) -> Callable[..., object]:
    return lambda _prediction, ids, *, share: np.array([key == str(record_id) and share > 0 for key in ids])


def test_a_person_is_asked_a_few_times_a_day_and_told_once(cast: Cast, deals: list[Opportunity]) -> None:
    for number in range(DEALS, DEALS + 6):
        deal(cast, number)
    morning = (now() + timedelta(days=1)).replace(hour=9)
    with fixed_at(morning):
        trial = start(cast)
    assert trial.taken == A_DAY
    told = Notification._base_manager.filter(user=cast.alice, kind="question")
    assert told.count() == 1
    go_on_at(trial, morning + timedelta(hours=1))
    assert trial.taken == A_DAY
    go_on_at(trial, morning + timedelta(days=1))
    assert trial.taken == 2 * A_DAY
    assert told.count() == 2
    bell = signed_in(cast.alice).get("/notifications/").content.decode()
    assert "A trial asks for your estimate before you see the machine&#x27;s" in bell
    opened = signed_in(cast.alice).post(f"/notifications/{told[0].pk}/open/")
    assert opened.headers["Location"] == "/insights/trials/estimates/"


def go_on_at(trial: Trial, moment: datetime) -> None:
    with fixed_at(moment), acting_as(SYSTEM):
        go_on(trial)
    trial.refresh_from_db()


def test_the_question_stands_on_today_and_is_answered_there(cast: Cast, deals: list[Opportunity]) -> None:
    alice = signed_in(cast.alice)
    assert "trials/estimates/today" not in alice.get("/").content.decode()
    start(cast)
    assert "/insights/trials/estimates/today/" in alice.get("/").content.decode()
    part = alice.get("/insights/trials/estimates/today/", HTTP_HX_REQUEST="true").content.decode()
    assert 'data-estimate="3"' in part
    case = TrialCase._base_manager.get(pk=re.findall("estimates/([0-9a-f-]{36})/", part)[0])
    address = f"/insights/trials/estimates/{case.pk}/"
    told = alice.post(address, {"percent": "30"}, HTTP_HX_REQUEST="true").content.decode()
    assert "You: 30%, the machine: " in told
    assert 'data-estimate="3"' in told, "the next question follows"
    assert "today-questions" not in signed_in(cast.dora).get("/insights/trials/estimates/today/").content.decode()


def test_an_estimate_is_a_number_of_the_person_asked_given_once(cast: Cast, deals: list[Opportunity]) -> None:
    start(cast)
    case = TrialCase._base_manager.first()
    address = f"/insights/trials/estimates/{case.pk}/"  # type: ignore[union-attr]
    alice = signed_in(cast.alice)
    for wrong in ("", "much", "101", "-1", "4.5"):
        assert alice.post(address, {"percent": wrong}).status_code == 409, wrong
    for other in (cast.bob, cast.dora, cast.charlie):
        assert signed_in(other).post(address, {"percent": "50"}).status_code == 404
    assert not MachineEstimate.objects.exists()
    alice.post(address, {"unsure": "1"})
    assert alice.post(address, {"percent": "50"}).status_code == 409
    assert TrialCase._base_manager.get(pk=case.pk).percent is None  # type: ignore[union-attr]


def test_what_was_registered_is_frozen(cast: Cast, deals: list[Opportunity]) -> None:
    trial = start(cast)
    with cast.acting(cast.dora):
        for refused in (lambda: trial.change(prediction="churn"), trial.remove, lambda: Trial.create(prediction="x")):
            with pytest.raises(Problem):
                refused()
        with pytest.raises(Problem, match="already"):
            Trial.start(prediction="win_probability", matters=0.03, last_day=today() + timedelta(days=9))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_trial SET form = jsonb_set(form, '{planned}', '31')")
    assert "the registration was altered" in signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/").content.decode()


def test_sellers_start_none_and_managers_only_with_their_own_teams(cast: Cast, deals: list[Opportunity]) -> None:
    assert signed_in(cast.alice).get("/insights/trials/new/").status_code == 403
    with cast.acting(cast.bob), pytest.raises(Forbidden, match="teams that you lead"):
        Trial.start(prediction="win_probability", team=cast.south, matters=0.03, last_day=today() + timedelta(days=9))
    bob = signed_in(cast.bob)
    asked = bob.get("/insights/trials/new/?prediction=win_probability").content.decode()
    form = {
        "prediction": "win_probability",
        "part": "blind",
        "team": str(cast.north.pk),
        "measure": "hits",
        "matters": "8",
        "last_day": f"{today() + timedelta(days=90):%Y-%m-%d}",
        "share": "100",
        "held_back": "10",
        "miss": "1",
        "tie": "yes",
        "arms": "four",
    }
    assert all(f'name="{name}"' in asked for name in form)
    assert 'value="source"' in asked
    assert 'value="loss_reason"' not in asked, "nobody knows it before the end"
    assert bob.post("/insights/trials/new/", {**form, "last_day": "2020-01-01"}).status_code == 422
    page = bob.post("/insights/trials/new/", form, follow=True).content.decode()
    assert "Not enough cases: 0 of " in page
    assert Trial._base_manager.get().registered.matters == 0.08
