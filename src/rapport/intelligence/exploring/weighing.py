"""What cases that were decided without a number tell, weighted by the known probability with which they were drawn."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans

from ..models import HeldBack
from ..predictions.prediction import Prediction

FEWEST = 30
_MOST_WEIGHT = 10.0
_SURE = 1.96


@dataclass(frozen=True)
class Explored:
    """How many past cases were decided without a number and with it, and how often each ended with yes.

    `difference` is with less without, `either_way` how far it can be off by chance (95 %); both None with too few.
    """

    without: int
    without_yes: float | None
    beside: int
    beside_yes: float | None
    difference: float | None = None
    either_way: float | None = None

    def as_figures(self) -> dict[str, Any]:
        """For the page."""
        return asdict(self)


def shares_of(prediction: Prediction, record_ids: Sequence[str]) -> Floats:
    """With which probability each case was drawn to be held back; 0 for those that were not, shape (cases,)."""
    rows = HeldBack.objects.filter(prediction=prediction.name).values_list("record_id", "share")
    drawn = {str(key): share for key, share in rows.iterator()}
    return np.array([drawn.get(key, 0.0) for key in record_ids], dtype=np.float64)


def weights_of(shares: Floats) -> Floats:
    """Each case by one over the probability of its lot, bounded, so that either lot stands for all; 1 with too few."""
    held = shares > 0
    if held.sum() < FEWEST or held.all():
        return np.ones(len(shares))
    share = float(shares[held].mean())
    weights = np.where(held, np.minimum(1 / np.maximum(shares, 1e-9), _MOST_WEIGHT), 1 / (1 - share))
    return np.asarray(weights / weights.mean(), dtype=np.float64)


def explored(shares: Floats, yes: Booleans) -> Explored:
    """How cases decided without a number ended, beside the others."""
    held = shares > 0
    without, beside = yes[held], yes[~held]
    told = [round(float(part.mean()), 4) if len(part) else None for part in (without, beside)]
    if min(len(without), len(beside)) < FEWEST:
        return Explored(len(without), told[0], len(beside), told[1])
    error = float(np.sqrt(sum(part.mean() * (1 - part.mean()) / len(part) for part in (without, beside))))
    difference = float(beside.mean() - without.mean())
    return Explored(len(without), told[0], len(beside), told[1], round(difference, 4), round(_SURE * error, 4))
