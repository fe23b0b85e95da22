"""An estimator learned from a table: better than chance where there is something to learn, silent where not."""

import numpy as np
import pytest

from rapport.intelligence.tabular import TimeOrder, columns_of, evaluate, train
from rapport.intelligence.tabular.evaluation import Verdict, _verdict, auc_error
from rapport.intelligence.tabular.measures import expected_calibration_error, lift, measures_of
from tests.intelligence.tables import leads

pytestmark = pytest.mark.slow


def test_what_can_be_learned_is_learned_and_its_chances_come_true():
    table, yes = leads()

    found = evaluate(columns_of(table), yes, folds=2)

    assert found.overall.verdict == Verdict.USABLE
    assert found.overall.measures.roc_auc > 0.75
    assert found.overall.measures.ece < 0.06
    assert found.overall.measures.lift[20] > 1.5
    assert found.estimator.leakage == ()


def test_chance_is_called_chance():
    table, yes = leads(signal=0.0)

    found = evaluate(columns_of(table), yes, folds=2, order=TimeOrder(np.arange(len(yes))))

    assert found.overall.verdict == Verdict.NO_SIGNAL
    assert found.by_time is not None
    assert found.by_time.verdict == Verdict.NO_SIGNAL


@pytest.mark.parametrize(
    ("rank", "off", "verdict", "why"),
    [
        (1.0, 0.0, Verdict.USABLE, "never saw"),
        (1.0, 0.9, Verdict.WEAK, "aren't surely better"),
        (1.0, 2.5, Verdict.NO_SIGNAL, "no better than the base rate"),
        (-1.0, 0.0, Verdict.NO_SIGNAL, "worse than chance"),
    ],
)
def test_a_sure_ranking_whose_chances_are_off_is_weak_and_one_the_wrong_way_round_is_nothing(rank, off, verdict, why):
    rng = np.random.default_rng(2)
    odds = rng.normal(0, 1, 600)
    yes = rng.random(600) < 1 / (1 + np.exp(-odds))
    chance = 1 / (1 + np.exp(-(rank * odds + off)))

    found, reason = _verdict(yes, chance, float(yes.mean()), measures_of(yes, chance))

    assert found == verdict
    assert why in reason


def test_shuffled_answers_leave_no_skill():
    table, yes = leads()
    shuffled = np.random.default_rng(5).permutation(yes)

    found = evaluate(columns_of(table), shuffled, folds=2)

    assert found.overall.verdict == Verdict.NO_SIGNAL


def test_a_handful_of_cases_gets_no_number():
    table, yes = leads(60)

    found = evaluate(columns_of(table), yes, folds=2)

    assert found.overall.verdict == Verdict.NO_SIGNAL
    assert "too few cases" in found.overall.reason


def test_new_values_and_empty_cells_are_scored_too():
    table, yes = leads(400)
    estimator = train(columns_of(table), yes)

    strangers = columns_of(
        {"Lead": ["X-1", "X-2"], "Visits": [None, "9"], "Source": ["radio", "referral"], "Size": [None, "12"]}
    )
    chance = estimator.chance(strangers)

    assert chance.shape == (2,)
    assert 0 < chance[0] < chance[1] < 1


def test_words_of_a_free_text_are_learned_from():
    rng = np.random.default_rng(4)
    keen = rng.random(600) < 0.5
    yes = rng.random(600) < np.where(keen, 0.8, 0.2)
    notes = [f"wants a {'demo' if one else 'brochure'} of item number {place}" for place, one in enumerate(keen)]
    columns = columns_of({"Notes": [text.replace("number", f"n{place}") for place, text in enumerate(notes)]})

    chance = train(columns, yes).chance(columns_of({"Notes": ["a demo, please", "a brochure, please"]}))

    assert chance[0] > 0.6
    assert chance[1] < 0.4


def test_a_text_without_telling_words_does_no_harm():
    rng = np.random.default_rng(4)
    words = rng.choice(["maybe", "later", "today", "often", "never"], (300, 6))
    columns = columns_of({"Notes": [f"{' '.join(row)} {place}" for place, row in enumerate(words)]})

    chance = train(columns, rng.random(300) < 0.4).chance(columns)

    assert chance.std() < 0.1


def test_a_column_that_is_empty_in_what_is_learned_from_does_no_harm():
    table, yes = leads(400)
    table["Late field"] = [str(row) if row > 390 else None for row in range(400)]
    columns = columns_of(table)
    older = np.arange(300)

    estimator = train([column.rows(older) for column in columns], yes[older], in_time_order=True)

    assert np.isfinite(estimator.chance(columns)).all()


def test_few_new_cases_leave_the_verdict_to_the_random_trial():
    table, yes = leads(320)

    found = evaluate(columns_of(table), yes, folds=2, order=TimeOrder(np.arange(len(yes))))

    assert found.by_time is not None
    assert "too few cases" in found.by_time.reason
    assert found.decisive is found.overall


def test_the_same_rows_and_seed_give_the_same_estimator():
    table, yes = leads(300)
    columns = columns_of(table)

    assert np.array_equal(train(columns, yes, seed=3).chance(columns), train(columns, yes, seed=3).chance(columns))


def test_newer_rows_weigh_more_when_there_is_an_order():
    rng = np.random.default_rng(2)
    kind = rng.choice(["a", "b"], 2_000)
    newer = np.arange(2_000) >= 1_000
    yes = rng.random(2_000) < np.where((kind == "a") == newer, 0.8, 0.2)
    columns = columns_of({"Kind": [str(text) for text in kind]})

    chance = train(columns, yes, in_time_order=True).chance(columns_of({"Kind": ["a", "b"]}))

    assert chance[0] > chance[1]


def test_lift_counts_ties_with_their_mean():
    yes = np.array([True, False, False, False])

    assert lift(yes, np.full(4, 0.25), share=50) == pytest.approx(1.0)
    assert lift(yes, np.array([0.9, 0.1, 0.1, 0.1]), share=20) == pytest.approx(4.0)


def test_calibration_error_is_the_distance_of_promise_and_outcome():
    yes = np.array([True] * 30 + [False] * 70)

    assert expected_calibration_error(yes, np.full(100, 0.3)) == pytest.approx(0.0)
    assert expected_calibration_error(yes, np.full(100, 0.5)) == pytest.approx(0.2)


def test_one_sided_cases_have_no_ranking():
    assert np.isnan(measures_of(np.zeros(5, dtype=bool), np.full(5, 0.1)).roc_auc)


def test_the_error_of_an_area_shrinks_with_cases():
    few, many = np.arange(40) % 2 == 0, np.arange(4_000) % 2 == 0

    assert auc_error(0.7, many) < auc_error(0.7, few) / 5
