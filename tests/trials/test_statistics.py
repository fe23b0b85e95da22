"""The figures of trials against what others compute, and against formulas of the literature."""

import random

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import brier_score_loss, roc_auc_score

from rapport.oversight.trials.registration import Measure, Part, Registration, registration_from
from rapport.oversight.trials.statistics.effect import Drawn, effect_of
from rapport.oversight.trials.statistics.measures import Discordant, Pairs, area, costs, discordant, errors, hits
from rapport.oversight.trials.statistics.planning import cases_an_arm, pairs_for_not_worse, pairs_needed
from rapport.oversight.trials.statistics.sequential import ALPHA, chance_of_noise, interval_of, needed
from rapport.oversight.trials.statistics.several import adjusted
from tests.trials.simulated import registration


@pytest.fixture
def pairs() -> Pairs:
    dice = random.Random(2)
    answers = [dice.random() < 0.3 for _case in range(300)]
    people = [round(dice.random(), 1) for _case in answers]
    machine = [min(1.0, max(0.0, 0.3 * answer + dice.random() * 0.7)) for answer in answers]
    return Pairs(people, machine, answers)


def test_error_and_ranking_are_those_of_scikit_learn(pairs: Pairs) -> None:
    for side in (pairs.people, pairs.machine, pairs.together):
        assert np.mean(errors(side, pairs.answers)) == pytest.approx(brier_score_loss(pairs.answers, side))
        assert area(side, pairs.answers) == pytest.approx(roc_auc_score(pairs.answers, side))
    assert area([0.2, 0.3], [True, True]) is None


def test_mcnemars_test_is_the_exact_one(pairs: Pairs) -> None:
    found = discordant(pairs, half_is_yes=True)
    n = found.people_only + found.machine_only
    assert found.chance_of_noise == pytest.approx(binomtest(found.people_only, n).pvalue)
    assert Discordant(0, 0).chance_of_noise == 1
    assert Discordant(0, 6).chance_of_noise == pytest.approx(0.03125)


def test_one_half_counts_as_the_tie_rule_says() -> None:
    assert hits([0.5, 0.5, 0.6], [True, False, True], half_is_yes=True) == [True, False, True]
    assert hits([0.5, 0.5, 0.6], [True, False, True], half_is_yes=False) == [False, True, True]


def test_costs_weigh_a_missed_yes() -> None:
    assert costs([0.3, 0.1, 0.3, 0.1], [True, True, False, False], miss=4) == [0, 4, 1, 0]


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(0.1, (116, 155, 234, 312)), (0.08, (182, 243, 366, 489)), (0.05, (469, 626, 940, 1254))],
)
def test_the_pairs_needed_are_those_of_the_table(difference: float, expected: tuple[int, ...]) -> None:
    assert tuple(pairs_needed(difference=difference, discordant=one) for one in (0.15, 0.2, 0.3, 0.4)) == expected


def test_the_cases_needed_of_other_plans() -> None:
    assert [pairs_for_not_worse(margin=0.05, discordant=one) for one in (0.15, 0.2, 0.3, 0.4)] == [631, 841, 1261, 1682]
    assert cases_an_arm(usual=0.2, difference=0.05) == 1094
    assert cases_an_arm(usual=0.2, difference=0.03) == 2943
    assert cases_an_arm(usual=0.2, difference=0.05, a_week=6, alike=0.1) == pytest.approx(1094 * 1.5, abs=1)
    with pytest.raises(ValueError, match="above zero"):
        needed(matters=0, spread=0.2)


def test_the_interval_touches_zero_where_its_chance_of_noise_is_five_in_a_hundred() -> None:
    dice = random.Random(3)
    noise = [dice.gauss(0, 1) for _case in range(200)]
    for shift in (0.05, 0.15, 0.25, 0.4):
        told = interval_of([one + shift for one in noise], planned=150)
        assert told is not None
        assert told.leaves_out_zero == (chance_of_noise([one + shift for one in noise], planned=150) < ALPHA)
    assert interval_of(noise[:29], planned=150) is None
    assert chance_of_noise(noise[:29], planned=150) == 1


def test_several_trials_are_judged_together() -> None:
    assert adjusted({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})
    assert adjusted({"a": 0.04, "b": 1.0}) == pytest.approx({"a": 0.08, "b": 1.0})


def test_an_effect_is_that_of_a_regression_with_sellers_and_weights() -> None:
    dice = random.Random(6)
    drawn = [(f"s{case % 7}", dice.random() < 0.4, dice.gauss(case % 7, 1)) for case in range(210)]
    cases = [Drawn(seller, treated, 0.4 if treated else 0.6, value) for seller, treated, value in drawn]
    columns = [[float(one.treated), *(float(one.seller == f"s{number}") for number in range(7))] for one in cases]
    weights = np.sqrt([1 / one.probability for one in cases])
    values = np.array([one.value for one in cases])
    fitted = np.linalg.lstsq(np.array(columns) * weights[:, None], values * weights, rcond=None)[0]
    found = effect_of(cases)
    assert found is not None
    assert found.difference == pytest.approx(fitted[0])
    assert found.low < found.difference < found.high
    assert effect_of([one for one in cases if one.seller in {"s0", "s1"}]) is None


def test_a_registration_is_read_back_as_it_was_kept() -> None:
    form = registration(Measure.HITS, 0.08)
    assert registration_from(form.as_stored()) == form
    assert isinstance(form, Registration)
    assert form.part is Part.BLIND
