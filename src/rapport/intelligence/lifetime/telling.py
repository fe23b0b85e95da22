"""What was learned as JSON and back, so that each number can be worked out again; and what each way costs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import orjson

from .buying import FAMILIES, Buying
from .foreseeing import BLEND, LEARNED, MODEL, Foreseen, View, times_of
from .learners import Learner, Trees, as_stored, learner_from
from .pareto import PARETO, Pareto
from .purchases import Floats, Histories
from .spending import Spending

Kept = Mapping[str, Any]


def foreseen_as_stored(foreseen: Foreseen) -> dict[str, Any]:
    """All that isn't of single customers."""
    view = foreseen.view
    return {
        "buying": asdict(view.buying),
        "spending": asdict(view.spending),
        "models": {name: asdict(one) for name, one in view.models.items()},
        "drifts": dict(foreseen.drifts),
        "learned_weeks": foreseen.learned_weeks,
        "learners": {name: as_stored(one) for name, one in foreseen.learners.items()},
    }


def foreseen_from(kept: Kept, known: Histories, times: Sequence[Floats], weeks: float) -> Foreseen:
    """The way back, with by how many times each way that was learned corrects each customer."""
    drifts = kept["drifts"] if "drifts" in kept else {MODEL: kept["drift"]}
    corrected = dict(zip(_learners(kept), times, strict=True))
    return Foreseen(_view(kept, known), weeks, drifts, kept["learned_weeks"], corrected)


def stored_times(kept: Kept, known: Histories, weeks: float) -> list[Floats]:
    """By how many times each way that was learned corrects each customer, in its order."""
    learners = {name: one for name, one in _learners(kept).items() if one is not None}
    found = times_of(_view(kept, known), weeks, kept["learned_weeks"], learners)
    return [found.get(name, np.ones(len(known))) for name in _learners(kept)]


def _learners(kept: Kept) -> dict[str, Learner | None]:
    """Versions kept before there were several have trees alone."""
    if "learners" in kept:
        return {name: learner_from(one) for name, one in kept["learners"].items()}
    return {LEARNED: Trees(kept["trees"]) if kept["trees"] else None}


def _view(kept: Kept, known: Histories) -> View:
    models = {name: _model(one) for name, one in kept.get("models", {}).items()}
    return View(known, Buying(**kept["buying"]), Spending(**kept["spending"]), models)


def _model(stored: Kept) -> Buying | Pareto:
    return Buying(**stored) if "family" in stored else Pareto(**stored)


def costs_of(foreseen: Foreseen) -> dict[str, dict[str, float]]:
    """Seconds of the processor to learn each way over all earlier cuts, and the bytes that are kept of it."""
    stored = foreseen_as_stored(foreseen)
    spending = _bytes(stored["spending"])
    sizes = {name: spending + _bytes(one) for name, one in stored["models"].items()}
    sizes |= {name: spending + _bytes(stored["buying"]) + _bytes(one) for name, one in stored["learners"].items()}
    sizes[BLEND] = sizes.get(LEARNED, 0) + sizes.get(PARETO, 0)
    return {name: {"seconds": round(seconds, 3), "bytes": sizes[name]} for name, seconds in foreseen.seconds.items()}


def _bytes(stored: Any) -> int:
    return len(orjson.dumps(stored))


def converged(foreseen: Foreseen) -> dict[str, bool]:
    """Of each model of buying, whether its own fit is used; else a plain shrunken rate stands in its place."""
    return {name: foreseen.view.models[name].family == name for name in (*FAMILIES, PARETO)}
