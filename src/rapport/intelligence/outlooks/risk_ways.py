"""The ways in which the chance of each risk is told from past opportunities; all are told with numpy alone, so that a
page can ask while an opportunity is entered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .similar_deals import NUMBERS, WORDS, Floats, Past

if TYPE_CHECKING:
    from .past_deals import Facts

Kept = Mapping[str, Any]
USUAL = "usual shares"
SIMILAR = "nearest 30"
CELLS = "shares by family and industry"
_NUMBER_OF = {SIMILAR: 30, "nearest 60": 60, "nearest 15": 15}
_LINES: Mapping[str, float] = {"strongly regularised logistic regression": 0.02, "logistic_regression": 0.2}
"""By the inverse of their penalty."""
WAYS = (*_NUMBER_OF, CELLS, *_LINES)
"""The one that shows its evidence as it is first, then from simple to less so."""
_PRIOR = 10.0
_SEEN = 10


def learn_way(name: str, past: Past) -> Kept:
    """What has to be kept beside the past ones themselves."""
    return _line(past, _LINES[name]) if name in _LINES else {}


def chances(name: str, kept: Kept, past: Past, asked: "Sequence[Facts]") -> Floats:
    """The chance of each risk of `past`, shape (asked, risks)."""
    usual = past.held.mean(axis=0)
    if name == USUAL:
        return np.tile(usual, (len(asked), 1))
    if name == CELLS:
        return _in_cells(past, asked)
    if name in _LINES:
        return _by_line(kept, asked)
    near = [past.nearest(facts, _NUMBER_OF[name]) for facts in asked]
    return np.array([_drawn(past.held[rows], usual) for rows in near])


def blended(ways: Mapping[str, Kept], past: Past, asked: "Sequence[Facts]") -> Floats:
    """The mean chance of each risk over these ways, each with what was kept of it; shape (asked, risks)."""
    told = [chances(name, kept, past, asked) for name, kept in ways.items()]
    return np.asarray(np.mean(told, axis=0), dtype=np.float64)


def _drawn(held: Floats, towards: Floats) -> Floats:
    return np.asarray((held.sum(axis=0) + _PRIOR * towards) / (len(held) + _PRIOR), dtype=np.float64)


def _in_cells(past: Past, asked: "Sequence[Facts]") -> Floats:
    """Those of the same industry among those of the same family; both drawn towards what is usual around them."""
    families = np.array([one.facts.family or "" for one in past.deals])
    industries = np.array([one.facts.industry or "" for one in past.deals])
    usual, told = past.held.mean(axis=0), {}
    for family, industry in {(one.family or "", one.industry or "") for one in asked}:
        of_family = families == family
        outer = _drawn(past.held[of_family], usual)
        told[family, industry] = _drawn(past.held[of_family & (industries == industry)], outer)
    return np.array([told[one.family or "", one.industry or ""] for one in asked])


def _line(past: Past, strength: float) -> dict[str, Any]:
    """A logistic regression for each risk that both occurred and didn't; what is usual for the others."""
    from sklearn.linear_model import LogisticRegression

    facts = [deal.facts for deal in past.deals]
    encoded = {"words": _frequent(facts), "numbers": {name: _middle_of(facts, name) for name in NUMBERS}}
    matrix, usual = _matrix(encoded, facts), np.clip(past.held.mean(axis=0), 1e-4, 1 - 1e-4)
    weights, starts = np.zeros((len(usual), matrix.shape[1])), np.log(usual / (1 - usual))
    for place, held in enumerate(past.held.T):
        if _SEEN <= held.sum() <= len(held) - _SEEN:
            fitted = LogisticRegression(C=strength, max_iter=500).fit(matrix, held)
            weights[place], starts[place] = fitted.coef_[0], fitted.intercept_[0]
    return {**encoded, "weights": weights.tolist(), "starts": starts.tolist()}


def _by_line(kept: Kept, asked: "Sequence[Facts]") -> Floats:
    odds = _matrix(kept, asked) @ np.array(kept["weights"]).T + np.array(kept["starts"])
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float64)


def _frequent(facts: "Sequence[Facts]") -> list[list[Any]]:
    """Each word that stood in ten or more, as field and word."""
    counts = Counter((name, getattr(one, name)) for one in facts for name in WORDS)
    return [list(pair) for pair, times in sorted(counts.items(), key=str) if times >= _SEEN and pair[1] is not None]


def _middle_of(facts: "Sequence[Facts]", name: str) -> list[float]:
    """Mean and spread of its logarithm."""
    logs = [np.log1p(max(getattr(one, name), 0)) for one in facts if getattr(one, name) is not None]
    return [float(np.mean(logs)), max(float(np.std(logs)), 1e-6)] if logs else [0.0, 1.0]


def _matrix(encoded: Kept, facts: "Sequence[Facts]") -> Floats:
    """Whether each frequent word stands there, and how many spreads numbers lie from their middle."""
    rows = []
    for one in facts:
        row = [float(getattr(one, name) == word) for name, word in encoded["words"]]
        for name, (middle, spread) in encoded["numbers"].items():
            number = getattr(one, name)
            row.append(0.0 if number is None else float(np.clip((np.log1p(max(number, 0)) - middle) / spread, -3, 3)))
        rows.append(row)
    return np.array(rows, dtype=np.float64).reshape(len(facts), len(encoded["words"]) + len(NUMBERS))
