"""Predictions over records: as of a date, abstaining where there is nothing to learn; their versions."""

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
from rapport.intelligence.learning.holding import WITHDRAWN_BEFORE
from rapport.intelligence.learning.kept import KEPT_NAMES
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.learning.past import days_of, past_of
from rapport.intelligence.learning.promoting import decide, is_due
from rapport.intelligence.models import Estimator, EstimatorState
from rapport.intelligence.predictions.prediction import Minimum, Prediction
from rapport.intelligence.scoring.scoring import score
from tests.cast import Cast
from tests.csv_answers import rows_of
from tests.intelligence.history import FEW, make_history, open_deal

pytestmark = pytest.mark.django_db


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
        deal = open_deal(cast, source="Website")
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


@pytest.mark.slow
def test_without_a_signal_there_is_no_number(cast: Cast, winning: Prediction) -> None:
    make_history(cast, signal=False, seed=8)
    with acting_as(SYSTEM):
        estimator = learn(winning, names=FEW)
    assert estimator.state == EstimatorState.WITHDRAWN
    assert "newest cases" in estimator.reason


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


@pytest.mark.slow
def test_where_somebody_withdrew_a_version_no_other_goes_live_by_itself(
    cast: Cast, learned: Estimator, winning: Prediction
) -> None:
    page = Client()
    page.force_login(cast.bob)
    with acting_as(SYSTEM):
        learn(winning, names=FEW).retire()
    one = open_deal(cast, source="Referral")
    page.post(f"/insights/predictions/versions/{learned.pk}/withdraw/", {"reason": "It misleads us"})
    score(winning)
    for address in ("/insights/predictions/win_probability/", f"/opportunities/{one.pk}/panel/chance/"):
        shown = page.get(address).content.decode()
        assert "It misleads us" in shown
        assert "of them yes" not in shown, "there are cases enough"
        assert "past cases to learn from;" not in shown, "there are cases enough"
    with acting_as(SYSTEM):
        second = learn(winning, names=FEW)
        assert (second.state, second.reason) == (EstimatorState.SHADOW, WITHDRAWN_BEFORE)
        decide(winning)
    second.refresh_from_db()
    assert second.state == EstimatorState.SHADOW
    assert not is_due(winning), "not every night"
    assert "waits until somebody makes it live" in page.get("/insights/predictions/win_probability/").content.decode()
    page.post(f"/insights/predictions/versions/{second.pk}/promote/")
    with acting_as(SYSTEM):
        second.refresh_from_db()
        second.withdraw(reason="What a machine withdraws, a machine may replace")
        assert learn(winning, names=FEW).state == EstimatorState.LIVE


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
    assert "anything said in mails or notes" in text
    compared = rows_of(page.get("/insights/predictions/win_probability/export/"))
    assert [row["name"] for row in compared] == [one["name"] for one in learned.compared]
    assert {row["is_chosen"] for row in compared} >= {"True"}
    reads = page.get("/insights/predictions/discontent/card/?as=text").content.decode()
    assert "anything said in mails or notes" not in reads, "it reads them"
    assert "Other texts are read for the words of stated lists alone" in reads
