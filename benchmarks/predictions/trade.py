"""How far a lower error for each customer and a right total exclude each other.

Who foresees less is nearer to most customers, as most bring nothing: so the least error is asked at a given total. Of
all figures with one total, multiples of what is expected that take the same quantile everywhere have the least error.
The multiples of *hindsight* are learned, by ten groups of like expectation, from what the other four fifths of the
customers really brought in the weeks held out, which nobody can know beforehand.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.quality.measuring import table
from rapport.intelligence.lifetime.measures import measures_of

Floats = npt.NDArray[np.float64]
OFF = (-0.25, -0.20, -0.15, -0.10, -0.05, 0.0, 0.05)
_LEVELS = np.arange(0.40, 0.90, 0.005)
_GROUPS, _FOLDS = 10, 5
_IN_ORDER = 1e-3


@dataclass(frozen=True)
class Trade:
    """Errors a customer by how far the total is off (`OFF`), of what is expected as a whole made smaller or larger, and
    of hindsight; `gini`: of hindsight, shape (7,) each; `nothing`: the error of foreseeing nothing of anybody."""

    scaled: Floats
    hindsight: Floats
    gini: Floats
    nothing: float


def trade_of(came: Floats, expected: Floats) -> Trade:
    """From what came and what was expected, shape (customers,)."""
    wanted = came.sum() * (1 + np.array(OFF))
    scaled = [np.abs(expected * total / expected.sum() - came).mean() for total in wanted]
    tried = [measures_of(came, _hindsight(came, expected, level)) for level in _LEVELS.tolist()]
    bias = np.maximum.accumulate([one.bias for one in tried])
    errors, ginis = ([getattr(one, name) for one in tried] for name in ("mean_absolute_error", "gini"))
    return Trade(
        np.array(scaled), np.interp(OFF, bias, errors), np.interp(OFF, bias, ginis), float(np.abs(came).mean())
    )


def told(trade: Trade) -> str:
    """As a table, with the error of foreseeing nothing below."""
    rows = [
        (f"{100 * off:+.0f} %", f"{scaled:.2f}", f"{hindsight:.2f}", f"{gini:.3f}")
        for off, scaled, hindsight, gini in zip(OFF, trade.scaled, trade.hindsight, trade.gini, strict=True)
    ]
    head = ("total off by", "error a customer: ours, scaled", "least with hindsight", "its Gini")
    return f"{table(head, rows)}\n\nForeseeing nothing of anybody is off by {trade.nothing:.2f}."


def _hindsight(came: Floats, expected: Floats, level: float) -> Floats:
    """Customers of whom nothing is foreseen keep their order by a thousandth of what is expected."""
    fold = np.random.default_rng(1).integers(0, _FOLDS, len(came))
    found = np.empty(len(came))
    for place in range(_FOLDS):
        others, these = fold != place, fold == place
        borders = np.quantile(expected[others], np.arange(1, _GROUPS) / _GROUPS)
        learnt, given = (np.searchsorted(borders, expected[some], side="right") for some in (others, these))
        multiples = [
            _quantile(came[others][learnt == one], expected[others][learnt == one], level) for one in range(_GROUPS)
        ]
        found[these] = np.array(multiples)[given] * expected[these]
    return np.maximum(found, _IN_ORDER * expected)


def _quantile(came: Floats, expected: Floats, level: float) -> float:
    """Of multiples, each weighing as much as is expected: so that the sum of errors is least."""
    multiples = came / np.maximum(expected, 1e-9)
    order = np.argsort(multiples)
    weights = np.cumsum(expected[order])
    return float(multiples[order][min(np.searchsorted(weights, level * weights[-1]), len(order) - 1)])
