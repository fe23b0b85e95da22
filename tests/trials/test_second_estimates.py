"""The control by shuffled advice: who follows another record's number follows any; it is said, guarded and revealed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.oversight.models import MachineEstimate, Trial, TrialCase
from rapport.oversight.trials.figures import answered, pairs_of
from rapport.oversight.trials.reliance import reliance_of
from rapport.oversight.trials.statistics.shares import Share
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast
from tests.clients import signed_in
from tests.rights.matrix import text_of
from tests.trials.conftest import start

pytestmark = pytest.mark.django_db


def estimates(client: Client, case: TrialCase, percent: str = "40") -> str:
    """What is told after a first estimate."""
    answer = client.post(f"/insights/trials/estimates/{case.pk}/", {"percent": percent, "then": "queue"}, follow=True)
    return answer.content.decode()


def shuffled_case(case: TrialCase) -> MachineEstimate:
    """As if the draw had fallen on another record's number."""
    MachineEstimate.objects.filter(case=case).update(shown=0.91, shown_of=uuid4())
    return MachineEstimate.objects.get(case=case)


def test_a_number_is_looked_at_between_two_estimates_and_then_revealed(cast: Cast, deals: list[Opportunity]) -> None:
    trial, alice = start(cast, shuffled=0.1), signed_in(cast.alice)
    case = TrialCase._base_manager.get(subject_id=deals[0].pk)
    page = estimates(alice, case)
    assert "In 10% of cases the number below is another record" in page
    shuffled_case(case)
    again = f"/insights/trials/estimates/{case.pk}/again/"
    assert "91%" in text_of(alice.get(again))
    for hidden in (f"/opportunities/{deals[0].pk}/?tab=related", "/insights/trials/estimates/"):
        assert "91%" not in text_of(alice.get(hidden))
    assert alice.get(f"/opportunities/{deals[0].pk}/panel/chance/").status_code == 404
    told = alice.post(again, {"percent": "45"}, follow=True).content.decode()
    assert "The 91% was another record&#x27;s number. The machine&#x27;s own is " in told
    assert "40% → 45%" in told
    assert alice.get(f"/opportunities/{deals[0].pk}/panel/chance/").status_code == 200
    assert alice.post(again, {"percent": "50"}).status_code == 409
    case.refresh_from_db()
    assert (case.percent, case.final_percent) == (40, 45)
    assert MachineEstimate.objects.get(case=case).chance != 0.91
    assert trial.registered.shuffled == 0.1


def test_nobody_decides_by_a_number_that_may_be_another_records(cast: Cast, deals: list[Opportunity]) -> None:
    start(cast, shuffled=0.1)
    case = TrialCase._base_manager.get(subject_id=deals[0].pk)
    estimates(signed_in(cast.alice), case)
    with cast.acting(cast.alice), pytest.raises(Problem, match="may be another record's"):
        deals[0].lose(reason="Price")
    with cast.acting(cast.alice):
        deals[1].change(next_step="Call")
    refused = Program(cast.alice).patch(f"opportunities/{deals[0].pk}", {"next_step": "Give up"})
    assert refused.status_code >= 400
    with cast.acting(cast.bob):
        Opportunity.objects.get(pk=deals[0].pk).change(next_step="Ask Alice")
    signed_in(cast.alice).post(f"/insights/trials/estimates/{case.pk}/again/", {"reveal": "1"})
    with cast.acting(cast.alice):
        Opportunity.objects.get(pk=deals[0].pk).lose(reason="Price")


def test_g3_nothing_reaches_the_record_by_undo_or_with_others_while_a_second_estimate_is_owed(
    cast: Cast, deals: list[Opportunity]
) -> None:
    with cast.acting(cast.alice):
        deals[0].change(next_step="Call")
        earlier = Event.objects.filter(verb="opportunity.change").latest("id")
    start(cast, shuffled=0.1)
    case = TrialCase._base_manager.get(subject_id=deals[0].pk)
    estimates(signed_in(cast.alice), case)
    several = [deals[0].pk, deals[1].pk]
    with cast.acting(cast.alice):
        with pytest.raises(Problem, match=f"that you saw of “{deals[0].name}” may be another record's"):
            undo_event(earlier)
        with pytest.raises(Problem, match=r"Nothing was done\. .* may be another record's"):
            Opportunity.change_several(several[:1], next_step="Give up")
        changed = Opportunity.change_several(several, next_step="Give up")
        removed = Opportunity.remove_several(several)
    for outcome in (changed, removed):
        (refusal,) = outcome.refusals
        assert (outcome.done, refusal.record_id) == (1, several[0])
        assert "may be another record's" in refusal.reason
    assert Opportunity.objects.get(pk=deals[0].pk).next_step == "Call"
    signed_in(cast.alice).post(f"/insights/trials/estimates/{case.pk}/again/", {"reveal": "1"})
    with cast.acting(cast.alice):
        undo_event(earlier)
    assert Opportunity.objects.get(pk=deals[0].pk).next_step == ""


def test_records_of_which_second_estimates_are_owed_are_named_and_left_out_of_what_is_done_to_many(
    cast: Cast, deals: list[Opportunity]
) -> None:
    keys = [str(one.pk) for one in deals]
    with cast.acting(cast.alice):
        Opportunity.change_several(keys, next_step="Call")
        earlier = Event.objects.filter(verb="opportunity.change_several").latest("id")
    start(cast, shuffled=0.1)
    alice, cases = signed_in(cast.alice), {str(case.subject_id): case for case in TrialCase._base_manager.all()}
    for key in keys:
        estimates(alice, cases[key])
    with cast.acting(cast.alice), pytest.raises(Problem, match="“New deal 0”, “New deal 1”, “New deal 2” and 1 more"):
        undo_event(earlier)
    for key in (keys[0], keys[2]):
        alice.post(f"/insights/trials/estimates/{cases[key].pk}/again/", {"reveal": "1"})
    asked, address = {"ids": keys[:3], "field": "next_step", "next_step": "Give up"}, "/opportunities/bulk/change/"
    preview = alice.post(address, {**asked, "preview": "1"}).content.decode()
    assert "These stay as they are" in preview
    assert "<strong>New deal 1</strong>: The number that you saw" in preview
    told = alice.post(address, {**asked, "confirm": "1"}, follow=True).content.decode()
    assert "2 done; 1 was left as it was (New deal 1): The number that you saw" in told


def test_numbers_are_those_of_other_records_as_often_as_registered(cast: Cast, deals: list[Opportunity]) -> None:
    """Twenty of a hundred at most; whatever is shown, the machine's own is what is judged."""
    trial = start(cast, shuffled=0.2)
    for case in TrialCase._base_manager.all():
        estimates(signed_in(cast.alice), case)
    for kept in MachineEstimate.objects.select_related("case"):
        own = kept.shown_of is None
        assert own == (kept.shown == kept.chance)
        assert own or abs((kept.shown or 0) - (kept.chance or 0)) >= 0.1
    TrialCase._base_manager.update(outcome=True, outcome_at=now())
    assert sorted(pairs_of(answered(trial)).machine) == sorted(MachineEstimate.objects.values_list("chance", flat=True))


def test_on_today_a_number_that_waits_is_named_once_however_many_questions_are_answered(
    cast: Cast, deals: list[Opportunity]
) -> None:
    start(cast, shuffled=0.1)
    alice, cases = signed_in(cast.alice), list(TrialCase._base_manager.order_by("pk"))
    assert (
        ">30%</button>"
        in alice.get("/insights/trials/estimates/today/", headers={"HX-Request": "true"}).content.decode()
    )
    for case in cases[:2]:
        told = alice.post(
            f"/insights/trials/estimates/{case.pk}/", {"percent": "30"}, headers={"HX-Request": "true"}
        ).content.decode()
        assert told.count("A number waits for your second estimate") == 1
        assert '<ul class="next-actions" id="today-again" data-list hx-swap-oob="true">' in told


def test_a_trial_planned_too_small_says_how_many_cases_it_takes(cast: Cast, deals: list[Opportunity]) -> None:
    trial = start(cast, planned=30)
    page = text_of(signed_in(cast.bob).get(f"/insights/trials/{trial.pk}/"))
    assert "30; to find such a difference in 95 of 100 trials takes 974" in page


def test_only_its_person_is_asked_again_and_only_where_it_was_registered(cast: Cast, deals: list[Opportunity]) -> None:
    start(cast)
    case = TrialCase._base_manager.get(subject_id=deals[0].pk)
    page = estimates(signed_in(cast.alice), case)
    assert "You: 40%" in page
    case.refresh_from_db()
    assert case.asked_again_at is None
    address = f"/insights/trials/estimates/{case.pk}/again/"
    assert signed_in(cast.alice).post(address, {"percent": "3"}).status_code == 409
    assert signed_in(cast.bob).post(address, {"percent": "3"}).status_code == 404


def test_following_and_leaving_are_counted(cast: Cast) -> None:
    trial = start(cast, shuffled=0.1, planned=60)
    for number in range(40):
        blind = number % 4 == 0
        keep(cast, trial, first=20, second=80 if blind else 20, shown=0.9, is_shuffled=True)
        keep(cast, trial, first=20, second=70, shown=0.8, is_shuffled=False, came=number % 2 == 0)
    keep(cast, trial, first=20, second=None, shown=0.9, is_shuffled=True)
    found = reliance_of(trial)
    assert found is not None
    assert (found.n, found.left) == (80, 1)
    assert found.caught == Share(30, 40)
    assert found.followed == Share(40, 40)
    assert found.switched == Share(20, 20)
    assert found.refused == Share(0, 20)
    assert found.caught.low == pytest.approx(0.598, abs=0.001)
    assert found.is_sound
    assert reliance_of(start(cast, prediction="churn", shuffled=0.1)) is None


def keep(
    cast: Cast,
    trial: Trial,
    *,
    first: int,
    second: int | None,
    shown: float,
    is_shuffled: bool,
    came: bool | None = None,
) -> None:
    """A case as it is months later."""
    case = TrialCase(trial=trial, user=cast.alice, subject_type="opportunity", subject_id=uuid4(), percent=first)
    case.answered_at = case.asked_again_at = case.final_at = now() - timedelta(days=100)
    case.final_percent, case.outcome, case.outcome_at = second, came, now() if came is not None else None
    case.save_base(raw=True, force_insert=True)
    own = 0.3 if is_shuffled else shown
    MachineEstimate.objects.create(case=case, chance=own, shown=shown, shown_of=uuid4() if is_shuffled else None)
