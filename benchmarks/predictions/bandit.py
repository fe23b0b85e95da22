"""Does off-policy evaluation tell the truth: the click rate of one policy, from what was logged under the other one.

The Open Bandit logs (Saito et al., 2021) hold both: an evenly random policy and Bernoulli Thompson sampling, on the
same shop in the same week. So what is estimated of each from the other's log stands beside what it brought.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.quality.measuring import table
from rapport.insights.next_actions.learning.off_policy import (
    Estimate,
    Logged,
    direct,
    doubly_robust,
    inverse_propensity,
    self_normalised,
)

Numbers = npt.NDArray[np.float64]

_READ = ("item_id", "position", "click", "propensity_score")
_ESTIMATORS = {
    "inverse propensity": inverse_propensity,
    "self-normalised": self_normalised,
    "direct": direct,
    "doubly robust": doubly_robust,
}


def run(folder: Path) -> None:
    """Print each estimate beside the truth."""
    found = folder / "open_bandit_small"
    if not found.is_dir():
        print(f"{found} isn't here; off-policy evaluation skipped.")
        return
    rows: list[Sequence[Any]] = []
    for shop in ("men", "women"):
        even, sampled = (_read(found / f"{policy}_{shop}.csv") for policy in ("random", "bts"))
        rows += _judged(shop, "Thompson sampling, from the even log", logged=even, truth=sampled)
        rows += _judged(shop, "even, from Thompson sampling's log", logged=sampled, truth=even)
    print("\n## Off-policy evaluation: clicks per 1,000 (open_bandit_small, 10,000 rows each)\n")
    heads = ("shop", "asked of", "estimator", "estimate", "95 % interval", "truth", "its 95 % interval", "they agree")
    print(table(heads, rows))


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, columns=list(_READ))


def _judged(shop: str, asked: str, *, logged: pl.DataFrame, truth: pl.DataFrame) -> list[Sequence[Any]]:
    clicks = truth["click"].to_numpy().astype(float)
    real, error = clicks.mean(), 1.96 * clicks.std(ddof=1) / len(clicks) ** 0.5
    seen = _logged(logged, truth)
    rows: list[Sequence[Any]] = []
    for name, estimator in _ESTIMATORS.items():
        one = estimator(seen)
        agree = abs(one.value - real) <= ((one.high - one.value) ** 2 + error**2) ** 0.5
        told = (_thousand(real), _between(real - error, real + error), "yes" if agree else "no")
        rows.append((shop, asked, name, *_figures(one), *told))
    return rows


def _logged(log: pl.DataFrame, other: pl.DataFrame) -> Logged:
    """The log with the chances of the other policy, which looks at no visitor: its shares of items by place."""
    items = 1 + max(int(one["item_id"].to_numpy().max()) for one in (log, other))
    shares = _shares(other, items)
    place, item = log["position"].to_numpy() - 1, log["item_id"].to_numpy()
    click = log["click"].to_numpy().astype(float)
    rates = _rates(log, items)
    new = (shares[place] * rates[place]).sum(axis=1)
    weight = shares[place, item] / log["propensity_score"].to_numpy()
    return Logged(click, weight, rates[place, item], new, np.arange(len(log), dtype=np.int64))


def _shares(log: pl.DataFrame, items: int) -> Numbers:
    """How probable each item is at each place: as counted in the policy's own log."""
    place, item = log["position"].to_numpy() - 1, log["item_id"].to_numpy()
    counts = np.zeros((3, items))
    np.add.at(counts, (place, item), 1.0)
    shares: Numbers = (counts + 0.5) / (counts + 0.5).sum(axis=1, keepdims=True)
    return shares


def _rates(log: pl.DataFrame, items: int) -> Numbers:
    """The click rate of each item at each place, drawn towards that of all."""
    place, item = log["position"].to_numpy() - 1, log["item_id"].to_numpy()
    click = log["click"].to_numpy().astype(float)
    shown, clicked = np.zeros((3, items)), np.zeros((3, items))
    np.add.at(shown, (place, item), 1.0)
    np.add.at(clicked, (place, item), click)
    rates: Numbers = (clicked + 200 * click.mean()) / (shown + 200)
    return rates


def _figures(one: Estimate) -> tuple[str, str]:
    return _thousand(one.value), _between(one.low, one.high)


def _thousand(value: float) -> str:
    return f"{1000 * value:.2f}"


def _between(low: float, high: float) -> str:
    return f"{1000 * low:.2f} – {1000 * high:.2f}"
