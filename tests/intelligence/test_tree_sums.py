"""Boosted trees summed up a few at a time tell what LightGBM tells by itself."""

import lightgbm
import numpy as np
import pytest

from rapport.intelligence.tabular.tree_sums import log_odds_by


@pytest.mark.parametrize("rounds", [-1, 1, 40, 41, 95, 500])
@pytest.mark.parametrize("rows", [3, 2_000])
def test_the_same_log_odds_for_few_and_many_rows(rounds: int, rows: int):
    drawn = np.random.default_rng(1).normal(size=(2_000, 4))
    trees = lightgbm.LGBMClassifier(n_estimators=100, num_leaves=8, verbose=-1, n_jobs=1)
    booster = trees.fit(drawn, drawn[:, 0] + drawn[:, 1] ** 2 > 0.5).booster_

    expected = booster.predict(drawn[:rows], raw_score=True, num_iteration=rounds)

    np.testing.assert_allclose(log_odds_by(booster, drawn[:rows], rounds=rounds), expected, atol=1e-9)
