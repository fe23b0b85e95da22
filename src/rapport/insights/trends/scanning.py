"""Whether and since when a value's share of all has been another one, with an honest answer for many values at once.

Only shares are looked at: of all orders of a month, how many were of this product. So the seasons and the growth that
all have in common can't look like a rise. Each possible month of change is tried, and the best kept (likelihood ratio
of two shares against one, over how much more than chance the months scatter). How good the best is by chance alone is
told by the same search in the months in another order, a thousand times; the best of all values at each time is what
has to be beaten, so that many values don't yield a finding by their number (Westfall and Young, "Resampling-Based
Multiple Testing", 1993). Months that resemble their neighbours raise the bar for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FEWEST_MONTHS = 3
"""A change is looked for where so many months lie on either side."""

Floats = NDArray[np.float64]

_ORDERS = 999
_LITTLE = 1e-9
_DRAWN = 3.0
_REACH = 7.35
"""By how much a likelihood ratio may stay below the best, so that 95 of 100 true months are kept: with x for it,
(1 - exp(-x / 2))² = 0.95 (Siegmund, "Confidence sets in change-point problems", 1988)."""


@dataclass(frozen=True)
class Change:
    """The month from which another share holds, the months that it may have been, and how much it stands out."""

    at: int
    earliest: int
    latest: int
    score: float
    p: float


@dataclass(frozen=True)
class Scanned:
    """What was found in one topic: by value the likeliest change; how much more than chance its months scatter."""

    changes: tuple[Change, ...]
    scatter: tuple[float, ...]
    bar: float


def scan(topics: Sequence[NDArray[np.int64]], totals: Sequence[NDArray[np.int64]]) -> list[Scanned]:
    """Counts of shape (values, months) and what all together come to, by topic; the same answer for the same counts."""
    key = tuple((one.tobytes(), one.shape, total.tobytes()) for one, total in zip(topics, totals, strict=True))
    return list(_scanned(key))


@lru_cache(maxsize=64)
def _scanned(key: tuple[tuple[bytes, tuple[int, ...], bytes], ...]) -> tuple[Scanned, ...]:
    chance = np.random.default_rng(1)
    tables = [(np.frombuffer(one, np.int64).reshape(shape), np.frombuffer(all_, np.int64)) for one, shape, all_ in key]
    searched = [_in_all_orders(table, total, chance) for table, total in tables]
    heights = _raised(searched)
    best = np.max([height.max(axis=1) for height in heights if height.shape[1]], axis=0, initial=0.0)
    return tuple(_told(one, height, best) for one, height in zip(searched, heights, strict=True))


@dataclass(frozen=True)
class _Search:
    """Likelihood ratios by order of the months (the true one first), value and place; and what scatters besides."""

    ratios: Floats
    scatter: Floats
    energy: Floats
    alike: Floats


def _in_all_orders(table: NDArray[np.int64], total: NDArray[np.int64], chance: np.random.Generator) -> _Search:
    months = table.shape[1]
    orders = np.array([np.arange(months), *(chance.permutation(months) for _ in range(_ORDERS))])
    counts = table[:, orders].transpose(1, 0, 2).astype(float)
    return _searched(counts, total[orders][:, None, :].astype(float))


def _searched(counts: Floats, totals: Floats) -> _Search:
    ratios = ratios_of(counts, totals)
    place = ratios.argmax(axis=-1)[..., None]
    fitted = _fitted(counts, totals, place + FEWEST_MONTHS)
    strays = (counts - totals * fitted) / np.sqrt(np.maximum(totals * fitted * (1 - fitted), _LITTLE))
    strays = np.where(totals * fitted * (1 - fitted) <= _LITTLE, 0.0, strays)
    energy = (strays**2).sum(axis=-1)
    alike = (strays[..., 1:] * strays[..., :-1]).sum(axis=-1)
    return _Search(ratios, _scatter(energy, counts.shape[-1] - 2), energy, alike)


def _scatter(energy: Floats, free: int) -> Floats:
    """How many times more than chance the months scatter: of each value, drawn towards that of the whole topic."""
    of_all = energy.mean(axis=-1, keepdims=True) / free
    return np.asarray(np.maximum((energy + _DRAWN * free * of_all) / (free * (1 + _DRAWN)), 1.0))


def ratios_of(counts: Floats, totals: Floats) -> Floats:
    """Twice the log likelihood ratio of two shares against one, by the month from which the second holds."""
    early, many = (one.cumsum(axis=-1)[..., FEWEST_MONTHS - 1 : -FEWEST_MONTHS] for one in (counts, totals))
    all_, everything = counts.sum(axis=-1, keepdims=True), totals.sum(axis=-1, keepdims=True)
    split = _log_likelihood(early, many) + _log_likelihood(all_ - early, everything - many)
    return np.asarray(2 * (split - _log_likelihood(all_, everything)), dtype=np.float64)


def _log_likelihood(counts: Floats, totals: Floats) -> Floats:
    share = np.clip(counts / np.maximum(totals, 1), _LITTLE, 1 - _LITTLE)
    return np.asarray(counts * np.log(share) + (totals - counts) * np.log(1 - share), dtype=np.float64)


def _fitted(counts: Floats, totals: Floats, begins: NDArray[np.int64]) -> Floats:
    later = np.arange(counts.shape[-1]) >= begins
    shares = [
        (counts * side).sum(axis=-1, keepdims=True) / np.maximum((totals * side).sum(axis=-1, keepdims=True), 1)
        for side in (~later, later)
    ]
    return np.asarray(np.where(later, shares[1], shares[0]), dtype=np.float64)


def _raised(searched: Sequence[_Search]) -> list[Floats]:
    """Scores by order and value: the best ratio, over its scatter, over how much months resemble their neighbours."""
    energy = np.sum([one.energy.sum(axis=1) for one in searched], axis=0)
    alike = np.sum([one.alike.sum(axis=1) for one in searched], axis=0) / np.maximum(energy, _LITTLE)
    lasting = np.clip(alike - alike[1:].mean(), 0.0, 0.9)
    bar = (1 + lasting) / (1 - lasting)
    return [one.ratios.max(axis=-1) / one.scatter / bar[:, None] for one in searched]


def _told(searched: _Search, heights: Floats, best: Floats) -> Scanned:
    bar = float(np.quantile(best, 0.96))
    true = searched.ratios[0] / searched.scatter[0][:, None]
    changes = [
        _change(ratios, float(score), float((best >= score).mean()))
        for ratios, score in zip(true, heights[0], strict=True)
    ]
    return Scanned(tuple(changes), tuple(searched.scatter[0].tolist()), bar)


def _change(ratios: Floats, score: float, p: float) -> Change:
    places = np.flatnonzero(ratios >= ratios.max() - _REACH) + FEWEST_MONTHS
    return Change(int(ratios.argmax()) + FEWEST_MONTHS, int(places[0]), int(places[-1]), score, p)
