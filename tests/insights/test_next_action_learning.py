"""D7: another order is taken only when it is better, and what it brings is estimated as it is."""

from collections.abc import Callable

import numpy as np
import pytest

from rapport.insights.next_actions.learning.off_policy import (
    Estimate,
    Logged,
    doubly_robust,
    inverse_propensity,
    self_normalised,
)
from rapport.insights.next_actions.learning.reviewing import Verdict, compare, review
from rapport.insights.next_actions.learning.reward import learn_reward, put_up
from tests.insights.simulated_lists import brought, simulate


def better(seed: int, *, lists: int, lift: float) -> bool:
    return review(simulate(seed, lists=lists, lift=lift), look=1).verdict == Verdict.BETTER


@pytest.mark.slow
def test_d7_a_better_order_is_taken_and_an_equal_one_is_not() -> None:
    assert sum(better(seed, lists=1_200, lift=0.25) for seed in range(10)) >= 8
    assert sum(better(seed, lists=600, lift=0.0) for seed in range(20)) <= 2  # 2.5 % of the runs at the first look


def test_few_lists_decide_nothing() -> None:
    assert review(simulate(1, lists=150, lift=0.5), look=1).verdict == Verdict.TOO_FEW


@pytest.mark.slow
def test_what_the_learned_order_brings_lies_in_the_interval() -> None:
    inside = {"doubly robust": 0, "inverse propensity": 0, "self-normalised": 0}
    for seed in range(20):
        older, newer = (simulate(seed + 100 * half, lists=400, lift=0.2) for half in (1, 2))
        reward = learn_reward(older.source, older.context, up=older.up, helped=older.helped)
        learned = put_up(reward.gain(newer.source, newer.context), newer.weight, newer.list)
        truth = brought(newer, learned, lift=0.2) - brought(newer, newer.by_stated, lift=0.2)
        for name, found in compare(newer, reward, learned).items():
            inside[name] += found.low <= truth <= found.high
    assert min(inside.values()) >= 17  # 19 of 20 are promised


def test_the_learned_order_puts_up_what_showing_changes() -> None:
    shown = simulate(5, lists=2_000, lift=0.3)
    reward = learn_reward(shown.source, shown.context, up=shown.up, helped=shown.helped)
    up = put_up(reward.gain(shown.source, shown.context), shown.weight, shown.list)
    worthy = np.array([source == "worthy" for source in shown.source])
    assert worthy[up].mean() > 0.8
    assert np.bincount(shown.list[up]).max() == 6


@pytest.mark.parametrize("estimator", [inverse_propensity, self_normalised, doubly_robust])
def test_estimators_recover_the_value_of_another_policy(estimator: Callable[[Logged], Estimate]) -> None:
    """One of three shown by chances (0.6, 0.3, 0.1); asked is what showing the third would bring: 0.5."""
    chances, pays = np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.2, 0.5])
    found = []
    for seed in range(60):
        random = np.random.default_rng(seed)
        shown = random.choice(3, size=4_000, p=chances)
        reward = (random.random(4_000) < pays[shown]).astype(float)
        wrong = np.full(4_000, 0.2)  # the model is wrong, the propensities are right
        found.append(estimator(Logged(reward, (shown == 2) / chances[shown], wrong, wrong, np.arange(4_000))))
    assert sum(one.low < 0.5 < one.high for one in found) >= 52  # 57 of 60 are promised
    assert abs(float(np.mean([one.value for one in found])) - 0.5) < 0.01


@pytest.mark.soak
def test_d7_learning_in_full() -> None:
    runs = 300
    false = sum(better(seed, lists=600, lift=0.0) for seed in range(runs)) / runs
    true = sum(better(seed, lists=1_200, lift=0.25) for seed in range(runs)) / runs
    print(f"\nequal orders taken {false:.3f}, better ones {true:.3f}")
    assert false <= 0.05
    assert true >= 0.8
