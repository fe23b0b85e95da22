"""Foreseeing which of several kinds: by regularised multinomial regressions or trees, beside the usual shares."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

from ..abstaining import NO_BETTER, TOO_FEW
from .encoding import encoding_from, encoding_of
from .quantities import LearntQuantity
from .ways import (
    BLEND,
    SAME,
    TREES,
    Chosen,
    Kept,
    Rows,
    Times,
    Trial,
    Tried,
    blended,
    choose,
    parts_of,
    told_by,
    trees_by,
    tried_by,
)

OTHER = ""
"""What stands for kinds that are too rare to be told apart."""
_FEWEST_OF_A_KIND = 15
_FEWEST = 120
_ROUNDS = 60
SHARES = "usual shares"
_LINES: Mapping[str, float] = {"strongly regularised multinomial regression": 0.01, "multinomial regression": 0.1}
"""By the inverse of their penalty."""
WAYS = (*_LINES, *TREES)


def learn_kinds(columns: Sequence[Column], kinds: Sequence[str], known_at: Floats, as_of: Floats) -> LearntQuantity:
    """Learn from cases, the oldest first; try on the newest what was learned from answers known before them."""
    counts = Counter(kinds)
    names = sorted(name for name, rows in counts.items() if rows >= _FEWEST_OF_A_KIND and name != OTHER)
    codes = np.array([names.index(kind) if kind in names else len(names) for kind in kinds])
    whole = [*names, *([OTHER] if (codes == len(names)).any() else [])]
    if len(kinds) < _FEWEST or len(names) < 2:
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    times = Times(known_at, as_of)
    trial = times.trial()
    if not trial.has(_FEWEST / 4) or len(np.unique(codes[trial.older])) < 2:
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    chosen = _chosen(columns, codes, len(whole), times.trial(trial.older))
    tried = {name: _tried(name, columns, codes, len(whole), trial) for name in (SHARES, *WAYS)}
    if chosen.name == BLEND:
        tried[BLEND] = blended(tried, chosen.members)
    return _judged(chosen, tried, codes[trial.newest], _learn(chosen, columns, codes, len(whole)) | {"kinds": whole})


def _chosen(columns: Sequence[Column], codes: Rows, number: int, trial: Trial) -> Chosen:
    """By cases older than those that judge it."""

    def said(name: str, trial: Trial) -> Floats:
        return _tried(name, columns, codes, number, trial).said

    return choose(WAYS, trial, told=said, lost=lambda given, trial: _losses(given, codes[trial.newest]))


def _judged(chosen: Chosen, tried: Mapping[str, Tried], came: Rows, kept: Kept) -> LearntQuantity:
    losses = {name: _losses(one.said, came) for name, one in tried.items()}
    gained = losses[SHARES] - losses[chosen.name]
    problem = "" if gained.mean() > gained.std() / np.sqrt(len(gained)) else NO_BETTER
    figures = {"log_loss": losses[chosen.name].mean(), "log_loss_of_baseline": losses[SHARES].mean()}
    compared = [{"name": name, "log_loss": float(loss.mean()), **tried[name].cost} for name, loss in losses.items()]
    return LearntQuantity(problem, chosen.name, figures, compared, kept)


def shares(kept: Kept, columns: Sequence[Column]) -> Floats:
    """The chance of each kind, shape (rows, kinds)."""
    matrix = encoding_from(kept["encoding"]).matrix(columns)
    return np.asarray(np.mean([_shares_by(part, matrix) for part in parts_of(kept)], axis=0), dtype=np.float64)


def _shares_by(part: Kept, matrix: Floats) -> Floats:
    if "trees" in part:
        return told_by(part["trees"], matrix)
    scaled = (matrix - part["centre"]) / np.array(part["spread"])
    return np.asarray(softmax(scaled @ np.array(part["weights"]).T + part["start"], axis=1), dtype=np.float64)


def _tried(name: str, columns: Sequence[Column], codes: Rows, number: int, trial: Trial) -> Tried:
    """The chances that the older cases give to each kind of the newest, shape (newest, kinds)."""
    older, newest = trial.older, trial.newest

    def learn() -> Kept | None:
        if name == SHARES or len(np.unique(codes[older])) < 2:
            return None
        return _learn(Chosen(name, (name,)), [column.rows(older) for column in columns], codes[older], number)

    def said(learnt: Kept | None) -> Floats:
        if learnt is None:
            counts = np.bincount(codes[older], minlength=number) + 1.0
            return np.tile(counts / counts.sum(), (len(newest), 1))
        return shares(learnt, [column.rows(newest) for column in columns])

    return tried_by(learn, said)


def _losses(given: Floats, came: Rows) -> Floats:
    """Minus the logarithm of the chance that was given to what came, shape (rows,)."""
    return np.asarray(-np.log(np.maximum(given[np.arange(len(came)), came], 1e-6)))


def _learn(chosen: Chosen, columns: Sequence[Column], codes: Rows, number: int) -> dict[str, Any]:
    encoding = encoding_of(columns)
    matrix = encoding.matrix(columns)
    parts = [_part(name, matrix, codes, number) for name in chosen.members]
    return {"algorithm": chosen.name, "encoding": encoding.as_stored(), "parts": parts}


def _part(name: str, matrix: Floats, codes: Rows, number: int) -> dict[str, Any]:
    if name in _LINES:
        return _line(matrix, codes, number, strength=_LINES[name])
    return {"trees": trees_by(name, matrix, codes, rounds=_ROUNDS, objective="multiclass", num_class=number)}


def _line(matrix: Floats, codes: Rows, number: int, *, strength: float) -> dict[str, Any]:
    centre, spread = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), SAME)
    fitted = LogisticRegression(C=strength, max_iter=500).fit((matrix - centre) / spread, codes)
    weights, start = np.zeros((number, matrix.shape[1])), np.full(number, -10.0)
    if len(fitted.classes_) == 2:
        seen = fitted.classes_.tolist()
        weights[seen[1]], start[seen[0]], start[seen[1]] = fitted.coef_[0], 0.0, fitted.intercept_[0]
    else:
        weights[fitted.classes_], start[fitted.classes_] = fitted.coef_, fitted.intercept_
    weights[:, spread <= SAME] = 0.0  # what never differed says nothing of a row where it does
    kept = {"weights": weights, "start": start, "centre": centre, "spread": spread}
    return {name: each.tolist() for name, each in kept.items()}
