"""Boosted trees summed up a few at a time tell what LightGBM tells by itself."""

import lightgbm
import numpy as np
import pytest

from rapport.intelligence.tabular.tree_sums import log_odds_at, log_odds_by

DRAWN = np.random.default_rng(1).normal(size=(2_000, 4))


@pytest.fixture(scope="module")
def booster() -> lightgbm.Booster:
    trees = lightgbm.LGBMClassifier(n_estimators=100, num_leaves=8, verbose=-1, n_jobs=1)
    return trees.fit(DRAWN, DRAWN[:, 0] + DRAWN[:, 1] ** 2 > 0.5).booster_


@pytest.mark.parametrize("rounds", [-1, 1, 40, 41, 95, 500])
@pytest.mark.parametrize("rows", [3, 2_000])
def test_the_same_log_odds_for_few_and_many_rows(booster: lightgbm.Booster, rounds: int, rows: int):
    expected = booster.predict(DRAWN[:rows], raw_score=True, num_iteration=rounds)

    np.testing.assert_allclose(log_odds_by(booster, DRAWN[:rows], rounds=rounds), expected, atol=1e-9)


@pytest.mark.parametrize("rounds", [[50], [1, 1, 40], [25, 50, 100], [60, 120, 240]])
def test_the_same_log_odds_after_several_numbers_of_rounds_at_once(booster: lightgbm.Booster, rounds: list[int]):
    expected = [booster.predict(DRAWN, raw_score=True, num_iteration=number) for number in rounds]

    np.testing.assert_allclose(log_odds_at(booster, DRAWN, rounds), expected, atol=1e-9)
