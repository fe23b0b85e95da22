"""The ways of learning that the outlooks of small tables compare, the simplest first, and which of them is taken.

They are compared on cases older than those that judge the one taken, so that having several flatters none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np
import orjson
from lightgbm import Booster, Dataset, train
from numpy.typing import NDArray

from rapport.intelligence.tabular.columns import Floats

Rows = NDArray[np.intp]
Kept = Mapping[str, Any]
BLEND = "blend"
_NEWEST = 0.3
_FEWEST = 20
"""Cases on either side, to choose by."""
_BEST_FEW = 3
SAME = 1e-9
"""Columns that spread by no more never differed."""
_NOISE = 0.5
_COMMON: Kept = {"feature_fraction": 0.6, "verbose": -1, "num_threads": 1, "deterministic": True, "seed": 1}
_TREES: Mapping[str, Kept] = {
    "additive trees": {"learning_rate": 0.1, "num_leaves": 2, "min_data_in_leaf": 20, "lambda_l2": 10.0},
    "small trees": {"learning_rate": 0.05, "num_leaves": 4, "min_data_in_leaf": 40, "lambda_l2": 20.0},
    "trees": {"learning_rate": 0.05, "num_leaves": 7, "min_data_in_leaf": 20, "lambda_l2": 10.0},
}
TREES = tuple(_TREES)


@dataclass(frozen=True)
class Trial:
    """Places of cases, the oldest first: those learned from, and those tried, which came when these were known."""

    older: Rows
    newest: Rows

    def has(self, fewest: float) -> bool:
        """Whether so many cases are on either side."""
        return min(len(self.older), len(self.newest)) >= fewest


@dataclass(frozen=True)
class Times:
    """When the answer of each case was known, and when it was asked about, in days; the oldest case first."""

    known_at: Floats
    as_of: Floats

    def trial(self, among: Rows | None = None) -> Trial:
        """The newest three of ten of these cases, and those whose answer was known before them."""
        rows = np.arange(len(self.as_of)) if among is None else among
        border = self.as_of[rows[len(rows) - max(1, int(_NEWEST * len(rows)))]]
        return Trial(rows[self.known_at[rows] <= border], rows[self.as_of[rows] >= border])


@dataclass(frozen=True)
class Chosen:
    """The way taken, and of which its blend is made; one that stands alone is its own member."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """What a way says of the cases tried, the seconds of the processor it took, and the bytes kept of what it learned.

    A baseline learns nothing that is kept.
    """

    said: Floats
    seconds: float
    size: int

    @property
    def cost(self) -> Kept:
        """As the comparison tells it."""
        return {"seconds": round(self.seconds, 3), "bytes": self.size or None}


def tried_by(learn: Callable[[], Kept | None], say: Callable[[Kept | None], Floats]) -> Tried:
    """Learn from the older cases and say of the newest; `learn` gives None for what needs no learning."""
    begun = process_time()
    learnt = learn()
    said = say(learnt)
    return Tried(said, process_time() - begun, 0 if learnt is None else len(orjson.dumps(learnt)))


def blended(tried: Mapping[str, Tried], members: Sequence[str]) -> Tried:
    """The mean of several, which costs all of them."""
    few = [tried[name] for name in members]
    said = np.asarray(np.mean([one.said for one in few], axis=0), dtype=np.float64)
    return Tried(said, sum(one.seconds for one in few), sum(one.size for one in few))


def choose(
    names: Sequence[str],
    trial: Trial,
    *,
    told: Callable[[str, Trial], Floats],
    lost: Callable[[Floats, Trial], Floats],
) -> Chosen:
    """The simplest within half a standard error of the best; of few cases the simplest of all.

    `told` is what a way says of the cases tried, their first dimension; `lost` is what that lost, shape (tried,).
    """
    if not trial.has(_FEWEST):
        return Chosen(names[0], (names[0],))
    said = {name: told(name, trial) for name in names}
    losses = {name: lost(one, trial) for name, one in said.items()}
    few = tuple(sorted(names, key=lambda name: losses[name].mean())[:_BEST_FEW])
    losses[BLEND] = lost(np.mean([said[name] for name in few], axis=0), trial)
    name = _simplest_near_the_best(losses)
    return Chosen(name, few if name == BLEND else (name,))


def _simplest_near_the_best(losses: Mapping[str, Floats]) -> str:
    best = min(losses.values(), key=np.mean)
    behind = {name: loss - best for name, loss in losses.items()}
    return next(
        name for name, loss in behind.items() if loss.mean() <= _NOISE * loss.std() / np.sqrt(max(len(loss), 1))
    )


def trees_by(name: str, matrix: Floats, target: NDArray[Any], *, rounds: int, **objective: Any) -> str:
    """Boosted trees as LightGBM's text; additive ones are single steps of one column each.

    A column that never differed, but for what computing leaves behind, takes no part.
    """
    matrix = np.where(matrix.std(axis=0) > SAME, matrix, 0.0)
    times = 2 if _TREES[name]["num_leaves"] == 2 else 1
    settings = {**_COMMON, **_TREES[name], **objective}
    return train(settings, Dataset(matrix, target, params={"verbose": -1}), times * rounds).model_to_string()


def told_by(trees: str, matrix: Floats, **asked: Any) -> Floats:
    """What such trees say of each row."""
    return np.asarray(Booster(model_str=trees).predict(matrix, num_threads=1, **asked), dtype=np.float64)


def parts_of(kept: Kept) -> Sequence[Kept]:
    """What the members learned; versions kept before there were several are their own."""
    parts: Sequence[Kept] = kept.get("parts", [kept])
    return parts
