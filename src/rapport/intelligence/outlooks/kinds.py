"""Foreseeing which of several kinds: a regularised multinomial regression or small trees, beside the usual shares."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from lightgbm import Booster, Dataset, train
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

from ..abstaining import NO_BETTER, TOO_FEW
from .encoding import encoding_from, encoding_of
from .quantities import LearntQuantity, Rows

Kept = Mapping[str, Any]
OTHER = ""
"""What stands for kinds that are too rare to be told apart."""
_FEWEST_OF_A_KIND = 15
_FEWEST = 120
_NEWEST = 0.3
_ROUNDS = 60
_STRENGTH = 0.1
_SAME = 1e-9
SHARES, LINE, TREES = "usual shares", "multinomial regression", "trees"
_SETTINGS: dict[str, Any] = {
    "objective": "multiclass",
    "learning_rate": 0.05,
    "num_leaves": 5,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.6,
    "lambda_l2": 10.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
}


def learn_kinds(columns: Sequence[Column], kinds: Sequence[str], known_at: Floats, as_of: Floats) -> LearntQuantity:
    """Learn from cases, the oldest first; try on the newest what was learned from answers known before them."""
    counts = Counter(kinds)
    names = sorted(name for name, rows in counts.items() if rows >= _FEWEST_OF_A_KIND and name != OTHER)
    codes = np.array([names.index(kind) if kind in names else len(names) for kind in kinds])
    whole = [*names, *([OTHER] if (codes == len(names)).any() else [])]
    if len(kinds) < _FEWEST or len(names) < 2:
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    border = as_of[len(as_of) - max(1, int(_NEWEST * len(as_of)))]
    older, newest = np.flatnonzero(known_at <= border), np.flatnonzero(as_of >= border)
    if min(len(older), len(newest)) < _FEWEST / 4 or len(np.unique(codes[older])) < 2:
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    losses = {name: _losses(name, columns, codes, (older, newest, len(whole))) for name in (SHARES, LINE, TREES)}
    algorithm = min((LINE, TREES), key=lambda name: losses[name].mean())
    gained = losses[SHARES] - losses[algorithm]
    problem = "" if gained.mean() > gained.std() / np.sqrt(len(gained)) else NO_BETTER
    figures = {"log_loss": losses[algorithm].mean(), "log_loss_of_baseline": losses[SHARES].mean()}
    compared = [{"name": name, "log_loss": float(loss.mean())} for name, loss in losses.items()]
    kept = _learn(algorithm, columns, codes, len(whole)) | {"kinds": whole}
    return LearntQuantity(problem, algorithm, figures, compared, kept)


def shares(kept: Kept, columns: Sequence[Column]) -> Floats:
    """The chance of each kind, shape (rows, kinds)."""
    matrix = encoding_from(kept["encoding"]).matrix(columns)
    if kept["algorithm"] == TREES:
        return np.asarray(Booster(model_str=kept["trees"]).predict(matrix, num_threads=1), dtype=np.float64)
    scaled = (matrix - kept["centre"]) / np.array(kept["spread"])
    return np.asarray(softmax(scaled @ np.array(kept["weights"]).T + kept["start"], axis=1), dtype=np.float64)


def _losses(name: str, columns: Sequence[Column], codes: Rows, trial: tuple[Rows, Rows, int]) -> Floats:
    """Minus the logarithm of the chance that the older cases gave to what came of the newest, shape (newest,)."""
    older, newest, number = trial
    counts = np.bincount(codes[older], minlength=number) + 1.0
    given = np.tile(counts / counts.sum(), (len(newest), 1))
    if name != SHARES:
        learnt = _learn(name, [column.rows(older) for column in columns], codes[older], number)
        given = np.maximum(shares(learnt, [column.rows(newest) for column in columns]), 1e-6)
    return np.asarray(-np.log(given[np.arange(len(newest)), codes[newest]]))


def _learn(name: str, columns: Sequence[Column], codes: Rows, number: int) -> dict[str, Any]:
    encoding = encoding_of(columns)
    matrix = encoding.matrix(columns)
    stored: dict[str, Any] = {"algorithm": name, "encoding": encoding.as_stored()}
    if name == TREES:
        settings = _SETTINGS | {"num_class": number}
        fitted = train(settings, Dataset(matrix, codes, params={"verbose": -1}), _ROUNDS)
        return stored | {"trees": fitted.model_to_string()}
    return stored | _line(matrix, codes, number)


def _line(matrix: Floats, codes: Rows, number: int) -> dict[str, Any]:
    centre, spread = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), _SAME)
    fitted = LogisticRegression(C=_STRENGTH, max_iter=500).fit((matrix - centre) / spread, codes)
    weights, start = np.zeros((number, matrix.shape[1])), np.full(number, -10.0)
    if len(fitted.classes_) == 2:
        seen = fitted.classes_.tolist()
        weights[seen[1]], start[seen[0]], start[seen[1]] = fitted.coef_[0], 0.0, fitted.intercept_[0]
    else:
        weights[fitted.classes_], start[fitted.classes_] = fitted.coef_, fitted.intercept_
    weights[:, spread <= _SAME] = 0.0  # what never differed says nothing of a row where it does
    kept = {"weights": weights, "start": start, "centre": centre, "spread": spread}
    return {name: each.tolist() for name, each in kept.items()}
