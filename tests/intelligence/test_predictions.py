"""Predictions over records: as of a date, with reasons that add up, abstaining where there is nothing to learn."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.identity.actors import actor_for
from rapport.intelligence.learning.artefact import load
from rapport.intelligence.learning.bench import shuffled_area
from rapport.intelligence.learning.kept import KEPT_NAMES
from rapport.intelligence.learning.learning import TOO_FEW, learn
from rapport.intelligence.learning.past import days_of, past_of
from rapport.intelligence.learning.promoting import decide
from rapport.intelligence.models import Estimator, EstimatorState, Score, Withheld
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Minimum, Prediction
from rapport.intelligence.scoring import following
from rapport.intelligence.scoring.explaining import explain
from rapport.intelligence.scoring.scoring import score
from rapport.oversight.models import StopSwitch
from rapport.oversight.stopping import INSTANCE
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, make_cast
from tests.intelligence.history import FEW, make_history
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def winning() -> Prediction:
    return predictions()["win_probability"]


@pytest.fixture
def learned(cast: Cast, winning: Prediction) -> Iterator[Estimator]:
    """What was learned of 260 opportunities, of which referrals are mostly won."""
    make_history(cast)
    with acting_as(SYSTEM):
        yield learn(winning, names=FEW)


def _open(cast: Cast, *, source: str) -> Opportunity:
    with cast.acting(cast.alice):
        found = Opportunity.objects.first()
        assert found is not None
        return Opportunity.create(
            name=f"New by {source}", organisation=found.organisation, source=source, amount=20_000, owner=cast.alice
        )


def test_d2_an_opportunity_shows_its_chance_with_reasons(cast: Cast, learned: Estimator, winning: Prediction) -> None:
    assert learned.state == EstimatorState.LIVE, learned.reason
    good, bad = _open(cast, source="Referral"), _open(cast, source="Website")
    score(winning)
    for one in (good, bad):
        one.refresh_from_db()
    assert good.chance_to_win is not None
    assert bad.chance_to_win is not None
    assert good.chance_to_win > bad.chance_to_win + 20
    page = Client()
    page.force_login(cast.alice)
    shown = page.get(f"/opportunities/{good.pk}/panel/chance/").content.decode()
    assert f"{good.chance_to_win}%" in shown.replace("\u202f", "").replace("\xa0", "").replace(" %", "%")
    assert "Source: Referral" in shown
    assert "Similar past cases" in shown
    assert "A number, never a decision" in shown
    assert "Chance to win" in page.get("/pipeline/").content.decode()
    listed = page.get(
        f"/opportunities/?cols=chance_to_win&sort=-chance_to_win&f=chance_to_win:least:{good.chance_to_win}",
    )
    assert "New by Referral" in listed.content.decode()
    assert "New by Website" not in listed.content.decode()


def test_reasons_add_up_to_the_chance_and_scores_are_worked_out_again_from_what_is_stored(
    cast: Cast, learned: Estimator, winning: Prediction
) -> None:
    one = _open(cast, source="Referral")
    score(winning, [str(one.pk)])
    kept = Score.objects.get(record_id=one.pk)
    told = explain(kept, learned)
    assert told.chance == pytest.approx(kept.chance, abs=1e-9)
    assert told.reasons[0].feature.name == "source"
    assert told.reasons[0].points > 0
    assert all(similar.record_id != one.pk for similar in told.similar)


@pytest.mark.slow
def test_every_algorithm_is_kept_as_it_was_learned(cast: Cast, winning: Prediction) -> None:
    make_history(cast)
    past = past_of(winning, as_of=now())
    for name in KEPT_NAMES:
        with acting_as(SYSTEM):
            artefact = load(learn(winning, names=(name,)).pk)
        columns = [column for column in past.columns if column.name in artefact.features]
        added, rest = artefact.contributions(columns)
        assert np.allclose(1 / (1 + np.exp(-added.sum(axis=1) - rest)), artefact.chance(columns), atol=1e-9), name


def test_features_see_nothing_of_what_came_later(cast: Cast, winning: Prediction) -> None:
    make_history(cast, cases=60)
    then = past_of(winning, as_of=now())
    contacts = next(column for column in then.columns if column.name == "rhythm")
    assert contacts.numbers is not None
    counted = contacts.numbers * np.maximum(then.as_of - _began(winning), 7) / 7
    assert counted.round().max() == 1  # the three notes of thanks came after the end


def _began(prediction: Prediction) -> np.ndarray:
    return np.asarray(prediction.past(days_of(now())).cases["began"], dtype=float)


def test_what_a_field_held_is_told_by_the_history_not_by_the_row_of_today(cast: Cast, winning: Prediction) -> None:
    make_history(cast, cases=1)
    with fixed_at(now() - timedelta(days=200)):
        deal = _open(cast, source="Website")
    with fixed_at(now() - timedelta(days=20)), cast.acting(cast.alice):
        deal.change(source="Referral")
    with fixed_at(now() - timedelta(days=10)), cast.acting(cast.alice):
        deal.win(reason="Price", need="Pumps", impact="Much")
    past = past_of(winning, as_of=now())
    sources = dict(zip(past.record_ids, next(one for one in past.columns if one.name == "source").texts, strict=True))
    assert sources[str(deal.pk)] == "Website"


@pytest.mark.slow
def test_shuffled_answers_show_no_skill(cast: Cast, winning: Prediction) -> None:
    make_history(cast)
    past = past_of(winning, as_of=now())
    areas = [shuffled_area(past, FEW, seed=seed) for seed in range(5)]
    assert np.mean([area for area in areas if area is not None]) == pytest.approx(0.5, abs=0.1)


def test_too_few_cases_give_rules_instead_of_a_number(cast: Cast, winning: Prediction) -> None:
    make_history(cast, cases=40)
    one = _open(cast, source="Referral")
    with acting_as(SYSTEM):
        estimator = learn(winning, names=FEW)
    assert (estimator.state, estimator.reason) == (EstimatorState.WITHDRAWN, TOO_FEW)
    score(winning)
    one.refresh_from_db()
    assert one.chance_to_win is None
    assert Score.objects.get(record_id=one.pk).withheld == Withheld.TOO_FEW
    page = Client()
    page.force_login(cast.alice)
    shown = page.get(f"/opportunities/{one.pk}/panel/chance/").content.decode()
    assert "No number is given" in shown
    assert "They bought from us before" in shown


@pytest.mark.slow
def test_without_a_signal_there_is_no_number(cast: Cast, winning: Prediction) -> None:
    make_history(cast, signal=False, seed=8)
    with acting_as(SYSTEM):
        estimator = learn(winning, names=FEW)
    assert estimator.state == EstimatorState.WITHDRAWN
    assert "newest cases" in estimator.reason


def test_a_change_is_scored_anew(cast: Cast, learned: Estimator, winning: Prediction) -> None:
    one = _open(cast, source="Website")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    before = one.chance_to_win
    with cast.acting(cast.alice):
        one.change(source="Referral")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    assert before is not None
    assert one.chance_to_win is not None
    assert one.chance_to_win > before
    with cast.acting(cast.alice):
        one.lose(reason="Price")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    assert one.chance_to_win is None
    assert not Score.objects.filter(record_id=one.pk).exists()


def test_the_switch_stops_new_scores_and_the_rest_works_on(cast: Cast, learned: Estimator) -> None:
    with cast.acting(cast.dora):
        StopSwitch.pull(key=INSTANCE, reason="Trial")
    one = _open(cast, source="Referral")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    assert one.chance_to_win is None


@pytest.mark.slow
def test_a_version_is_rolled_back_by_one_click_and_that_by_undo(
    cast: Cast, learned: Estimator, winning: Prediction
) -> None:
    second = learn(winning, names=FEW)
    assert second.state == EstimatorState.SHADOW
    page = Client()
    page.force_login(cast.bob)
    assert page.post(f"/insights/predictions/versions/{second.pk}/promote/").status_code == 302
    learned.refresh_from_db()
    assert learned.state == EstimatorState.RETIRED
    page.post(f"/insights/predictions/versions/{learned.pk}/promote/")
    second.refresh_from_db()
    assert second.state == EstimatorState.RETIRED
    event = Event.objects.filter(verb="estimator.promote").latest("id")
    with acting_as(actor_for(cast.dora)):
        undo_event(event)
    second.refresh_from_db()
    assert second.state == EstimatorState.LIVE


def test_sellers_may_not_promote(cast: Cast, learned: Estimator) -> None:
    page = Client()
    page.force_login(cast.alice)
    answer = page.post(f"/insights/predictions/versions/{learned.pk}/withdraw/", {"reason": "No"})
    assert answer.status_code == 403
    learned.refresh_from_db()
    assert learned.state == EstimatorState.LIVE


@pytest.mark.slow
def test_a_live_version_that_foresees_worse_than_the_usual_share_is_withdrawn(cast: Cast, winning: Prediction) -> None:
    make_history(cast)
    early = now() - timedelta(days=450)
    with acting_as(SYSTEM), fixed_at(early):
        estimator = learn(replace(winning, minimum=Minimum(20, 5)), names=FEW, as_of=early)
        if estimator.state != EstimatorState.LIVE:
            estimator.promote(reason="For the trial")
    _turn_the_world_round()
    with acting_as(SYSTEM):
        decide(winning)
    estimator.refresh_from_db()
    assert estimator.state == EstimatorState.WITHDRAWN
    assert "usual share" in estimator.reason


def _turn_the_world_round() -> None:
    """From now on referrals are lost and the others won."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pipeline_opportunity SET status = CASE WHEN source = 'Referral' THEN 'lost' ELSE 'won' END"
            " WHERE opened_on > %s",
            [today() - timedelta(days=460)],
        )


def test_what_was_learned_is_loaded_only_under_its_seal(cast: Cast, learned: Estimator) -> None:
    load.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intelligence_estimator SET artefact = replace(artefact, 'slope', 'shift') WHERE id = %s",
            [learned.pk],
        )
    with pytest.raises(Problem, match="seal"):
        load(learned.pk)


def test_whoever_may_not_see_a_field_sees_no_chance_that_rests_on_it(
    cast: Cast, learned: Estimator, winning: Prediction
) -> None:
    one = _open(cast, source="Referral")
    score(winning)
    hide("opportunity.amount")
    page = Client()
    page.force_login(cast.alice)
    assert page.get(f"/opportunities/{one.pk}/panel/chance/").status_code == 404
    listed = page.get("/opportunities/?cols=chance_to_win&f=chance_to_win:least:10").content.decode()
    assert "Chance to win" not in listed


def test_all_predictions_of_a_record_stand_in_its_panel(
    cast: Cast, learned: Estimator, winning: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = _open(cast, source="Referral")
    score(winning)
    told = Score.objects.get(record_id=one.pk)
    other = replace(winning, name="slipping", label="Chance to slip", question="Will its date slip?")
    Score.objects.create(
        prediction="slipping", record_id=one.pk, withheld=Withheld.TOO_FEW, inputs=told.inputs, as_of=told.as_of
    )
    monkeypatch.setattr("rapport.web.predictions.panels.of_type", lambda _type: [winning, other])
    page = Client()
    page.force_login(cast.alice)
    shown = page.get(f"/opportunities/{one.pk}/panel/chance/").content.decode()
    assert "<h3>Chance to win</h3>" in shown
    assert "<h3>Chance to slip</h3>" in shown
    assert "No number is given" in shown


def test_a_card_is_downloaded_with_its_figures(cast: Cast, learned: Estimator) -> None:
    page = Client()
    page.force_login(cast.alice)
    answer = page.get("/insights/predictions/win_probability/card/?as=text")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/markdown")
    assert "win_probability.md" in answer["Content-Disposition"]
    assert text.startswith("# Card: Chance to win")
    assert f"{learned.figures['roc_auc']:.3f}" in text
    assert "&" not in text.replace("&#", "")
