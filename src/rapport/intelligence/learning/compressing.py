"""Smaller variants of what was learned, one of which takes its place in live scoring where little is lost.

*Distilled*: one line over steps and switches that was taught what the whole says (Hinton et al., 2015). *Pruned*: of
boosted trees only the first quarter, with a line that brings their odds back to what the whole says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import process_time
from typing import Any

import numpy as np
from sklearn.linear_model import LinearRegression, Ridge

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.calibration import Calibration
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans, row_losses

from .artefact import Artefact
from .kept import Kept, KeptLinear, KeptTrees

BOUND = 0.005
"""How much logarithmic loss, in nats a case, may be lost by it, its standard error added."""
WHOLE = "whole"
_PENALTY = 1.0
_LEFT = 0.25
_SMALLEST_GAIN = 0.5
_TIMED = 2_000

Variant = Callable[[Artefact, Sequence[Column]], Artefact]


@dataclass(frozen=True)
class Weighed:
    """A variant beside the whole, on cases that neither learned from: what is lost, seconds for 10,000 cases, bytes."""

    name: str
    loss: float
    lost: float
    lost_error: float
    seconds: float
    size: int

    def as_figures(self) -> dict[str, Any]:
        """For the page."""
        numbers = {name: round(getattr(self, name), 5) for name in ("loss", "lost", "lost_error", "seconds")}
        return {"name": self.name, "size": self.size, **numbers}


def compressed(name: str, whole: Artefact, columns: Sequence[Column]) -> Artefact:
    """The variant of this name, taught by the whole on cases that need no answers."""
    return _VARIANTS[name](whole, columns) if name != WHOLE else whole


def weighed(
    whole: Artefact, known: Sequence[Column], newest: Sequence[Column], yes: Booleans
) -> tuple[str, list[Weighed]]:
    """The variant to take, and all of them beside the whole, on the newest cases."""
    before = row_losses(yes, whole.chance(newest))
    found = [_weigh(WHOLE, whole, newest, yes, before)]
    names = _VARIANTS if _is_worth_it(whole) else ()
    found += [_weigh(name, compressed(name, whole, known), newest, yes, before) for name in names]
    fit = [one for one in found[1:] if one.lost + one.lost_error <= BOUND and _is_smaller(one, found[0])]
    return min(fit, key=lambda one: one.seconds, default=found[0]).name, found


def _is_worth_it(whole: Artefact) -> bool:
    return any(not isinstance(kept, KeptLinear) for _name, kept in whole.members)


def _is_smaller(one: Weighed, whole: Weighed) -> bool:
    return one.seconds <= _SMALLEST_GAIN * whole.seconds


def _weigh(name: str, artefact: Artefact, newest: Sequence[Column], yes: Booleans, before: Floats) -> Weighed:
    losses = row_losses(yes, artefact.chance(newest))
    lost = losses - before
    error = float(lost.std() / np.sqrt(len(lost)))
    return Weighed(name, float(losses.mean()), float(lost.mean()), error, _seconds(artefact, newest), _size(artefact))


def _seconds(artefact: Artefact, columns: Sequence[Column]) -> float:
    """For 10,000 cases; the processor's and the least of three, so that a busy machine counts for little."""
    rows = np.resize(np.arange(len(columns[0].texts)), _TIMED)
    many = [column.rows(rows) for column in columns]
    artefact.chance(many)  # reads the trees
    taken = []
    for _turn in range(3):
        begun = process_time()
        artefact.chance(many)
        taken.append(process_time() - begun)
    return min(taken) * 10_000 / _TIMED


def _size(artefact: Artefact) -> int:
    return sum(len(str(kept.as_stored())) for _name, kept in artefact.members)


def _odds(artefact: Artefact, columns: Sequence[Column]) -> tuple[Any, Floats]:
    matrices = artefact.design.matrices(columns)
    return matrices, np.mean([kept.log_odds(matrices) for _name, kept in artefact.members], axis=0)


def _distilled(whole: Artefact, columns: Sequence[Column]) -> Artefact:
    matrices, odds = _odds(whole, columns)
    fitted = Ridge(alpha=_PENALTY).fit(matrices.steps, odds)
    line = KeptLinear(np.asarray(fitted.coef_), float(fitted.intercept_), matrices.steps.mean(axis=0))
    return replace(whole, members=(("logistic_regression", line),))


def _pruned(whole: Artefact, columns: Sequence[Column]) -> Artefact:
    trees = [(name, _cut(kept)) for name, kept in whole.members if isinstance(kept, KeptTrees)]
    if not trees:
        return whole
    shorter = replace(whole, members=tuple(trees))
    wanted, given = _odds(whole, columns)[1], _odds(shorter, columns)[1]
    line = LinearRegression().fit(given.reshape(-1, 1), wanted)
    slope, shift = float(line.coef_[0]), float(line.intercept_)
    before = whole.calibration
    return replace(shorter, calibration=Calibration(before.slope * slope, before.slope * shift + before.shift))


def _cut(kept: KeptTrees) -> Kept:
    return KeptTrees(kept.booster.model_to_string(num_iteration=max(1, int(_LEFT * kept.booster.num_trees()))))


_VARIANTS: Mapping[str, Variant] = {"distilled": _distilled, "pruned": _pruned}
