"""CatBoost's symmetric trees are read as what they say, without CatBoost where they are kept."""

import numpy as np
import pytest
from lightgbm import Booster

from rapport.intelligence.tabular.candidates import Lesson
from rapport.intelligence.tabular.candidates.optional import optional_candidates
from rapport.intelligence.tabular.candidates.symmetric import trees_of
from rapport.intelligence.tabular.design import Matrices
from rapport.intelligence.tabular.trees_as_text import text_of_trees

STORED = {
    "features_info": {
        "float_features": [
            {"flat_feature_index": 0, "nan_value_treatment": "AsFalse"},
            {"flat_feature_index": 1, "nan_value_treatment": "AsIs"},
        ]
    },
    "scale_and_bias": [1, [0.5]],
    "oblivious_trees": [
        {
            "splits": [{"float_feature_index": 0, "border": 2.0}, {"float_feature_index": 1, "border": 7.0}],
            "leaf_values": [1.0, 2.0, 3.0, 3.0],
            "leaf_weights": [10, 20, 0, 5],
        },
        {"splits": [{"float_feature_index": 1, "border": 1.0}], "leaf_values": [0.0, -1.0], "leaf_weights": [5, 30]},
    ],
}


def test_each_row_gets_the_leaf_that_its_answers_name():
    booster = Booster(model_str=text_of_trees(trees_of(STORED), columns=2))
    rows = np.array([[2.0, 0.0], [2.1, 0.0], [1.0, 8.0], [np.nan, 5.0]])

    assert booster.predict(rows, raw_score=True) == pytest.approx([1.5, 2.5, 2.5, 0.5])
    assert booster.predict(rows, pred_contrib=True).sum(axis=1) == pytest.approx([1.5, 2.5, 2.5, 0.5])


def test_what_catboost_learned_is_read_exactly():
    pytest.importorskip("catboost", reason="CatBoost isn't installed; it is an extra: pip install rapport[catboost]")
    rng = np.random.default_rng(1)
    drawn = rng.normal(0, 1, (400, 3))
    yes = rng.random(400) < 1 / (1 + np.exp(-2 * drawn[:, 0]))
    matrices = Matrices(drawn, lambda: drawn, lambda: drawn)

    learned = optional_candidates()[0].learn(Lesson(matrices, yes, np.ones(400)))

    assert np.corrcoef(learned.log_odds(matrices), drawn[:, 0])[0, 1] > 0.6
