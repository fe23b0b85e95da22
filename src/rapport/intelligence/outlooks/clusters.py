"""Clusters whose number is the one that comes out most alike from resampled customers, with names from what differs.

Stability is the mean adjusted Rand index between the clusters of all and those of samples (Hennig, CSDA 52, 2007).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from .grouping import FAMILIES, KMEANS, Codes, Floats, Grouping, centres_of, grouping_of, nearest

Words = Mapping[str, tuple[str, str]]
_BETWEEN = " · "
_MOST = 6
_STABLE = 0.7
_SMALLEST_SHARE = 0.05
_CLEARLY = 0.4
_SAME = 1.0
_SHUFFLES = 200
_MOST_LEARNED_FROM = 20_000


@dataclass(frozen=True)
class Clusters:
    """Centres in standardised figures, shape (k, figures), with the mean and spread that they follow from."""

    centres: Floats
    mean: Floats
    spread: Floats
    stability: float
    name: str = ""

    @property
    def k(self) -> int:
        """How many."""
        return len(self.centres)

    def assign(self, figures: Floats) -> Codes:
        """The nearest centre of each row."""
        return nearest((figures - self.mean) / self.spread, self.centres)

    def names(self, words: Words, figures: Sequence[str], *, taken: Sequence[str] = ()) -> list[str]:
        """By what each differs most from the mean of all; more words where two would be called alike."""
        found: list[str] = []
        for centre in self.centres:
            told = _words_of(centre, words, figures)
            longer = (_BETWEEN.join(told[:number]) for number in range(min(2, len(told)), len(told) + 1))
            found.append(next((name for name in longer if name not in {*found, *taken}), _another(told, found, taken)))
        return found

    def names_like(
        self, before: Sequence[Sequence[float]], names: Sequence[str], words: Words, figures: Sequence[str]
    ) -> list[str]:
        """The names of earlier centres for those that moved by less than one spread, own ones for the others."""
        apart = np.sqrt(((self.centres[:, None, :] - np.array(before)[None]) ** 2).sum(axis=2))
        pairs = zip(*linear_sum_assignment(apart), strict=True)
        same = {int(mine): names[theirs] for mine, theirs in pairs if apart[mine, theirs] < _SAME}
        own = self.names(words, figures, taken=list(same.values()))
        return [same.get(place, own[place]) for place in range(self.k)]

    def as_stored(self) -> dict[str, Any]:
        """As JSON."""
        arrays = {"centres": self.centres, "mean": self.mean, "spread": self.spread}
        return {name: one.tolist() for name, one in arrays.items()} | {"stability": self.stability}


def clusters_from(stored: Mapping[str, Any]) -> Clusters:
    """The way back."""
    centres, mean, spread = (np.array(stored[name], dtype=np.float64) for name in ("centres", "mean", "spread"))
    return Clusters(centres, mean, spread, float(stored["stability"]))


@dataclass(frozen=True)
class Compared:
    """The clusters taken, none where nothing is stable, and what was tried: k-means with each number, of the other ways
    the best number alone."""

    taken: Clusters | None
    tried: Sequence[Grouping]


def cluster(figures: Floats, *, seed: int = 1) -> Clusters | None:
    """What `compare` takes."""
    return compare(figures, seed=seed).taken


def compare(figures: Floats, *, seed: int = 1) -> Compared:
    """The most stable clusters of two to six, the more the better among about equals; those of k-means unless another
    way is more stable beyond noise."""
    dice = np.random.default_rng(seed)
    some = figures[dice.permutation(len(figures))[:_MOST_LEARNED_FROM]]
    mean, spread = some.mean(axis=0), np.maximum(some.std(axis=0), 1e-9)
    scaled = (some - mean) / spread
    by_way = {way: [grouping_of(way, scaled, k, dice) for k in range(2, _MOST + 1)] for way in FAMILIES}
    bests = {way: _best(every) for way, every in by_way.items()}
    others = [_best(every) or max(every, key=lambda one: one.stability) for every in list(by_way.values())[1:]]
    tried = [*by_way[KMEANS], *others]
    best = _taken([one for one in bests.values() if one is not None])
    if best is None:
        return Compared(None, tried)
    centres = centres_of(best.family, scaled, best.k)
    return Compared(Clusters(centres, mean, spread, best.stability, best.name), tried)


def _best(tried: Sequence[Grouping]) -> Grouping | None:
    stable = [one for one in tried if one.stability >= _STABLE and one.smallest >= _SMALLEST_SHARE]
    top = max((one.stability for one in stable), default=0.0)
    return max((one for one in stable if one.stability >= top - 0.05), key=lambda one: one.k, default=None)


def _taken(bests: Sequence[Grouping]) -> Grouping | None:
    """The first, unless another is ahead by more than two standard errors of both."""
    if not bests:
        return None
    first = bests[0]
    ahead = [one for one in bests if one.stability - first.stability > 2 * float(np.hypot(one.unsure, first.unsure))]
    return max(ahead, key=lambda one: one.stability, default=first)


def explained_by(tried: Grouping, figures: Floats, came: Floats) -> float:
    """Which share of the variance of what came such clusters explain that are found in earlier figures."""
    mean, spread = figures.mean(axis=0), np.maximum(figures.std(axis=0), 1e-9)
    scaled = (figures - mean) / spread
    learned = scaled[np.random.default_rng(1).permutation(len(scaled))[:_MOST_LEARNED_FROM]]
    return _share(nearest(scaled, centres_of(tried.family, learned, tried.k)), came)


def explained(codes: Codes, came: Floats, *, seed: int = 1) -> tuple[float, float]:
    """Which share of the variance of what came the clusters explain, and what 95 of 100 shuffles stay below."""
    dice = np.random.default_rng(seed)
    shuffled = [_share(dice.permutation(codes), came) for _shuffle in range(_SHUFFLES)]
    return _share(codes, came), float(np.quantile(shuffled, 0.95))


def _share(codes: Codes, came: Floats) -> float:
    means = np.bincount(codes, weights=came) / np.maximum(np.bincount(codes), 1)
    whole = float(((came - came.mean()) ** 2).sum())
    return 1 - float(((came - means[codes]) ** 2).sum()) / whole if whole > 0 else 0.0


def _words_of(centre: Floats, words: Words, figures: Sequence[str]) -> list[str]:
    order = np.argsort(-np.abs(centre), kind="stable")
    told = [words[figures[place]][int(centre[place] > 0)] for place in order if abs(centre[place]) >= _CLEARLY]
    return told or ["average"]


def _another(told: Sequence[str], found: Sequence[str], taken: Sequence[str]) -> str:
    """A name for one that no words tell apart."""
    names = (_BETWEEN.join([*told, more]) for more in ("another", "third"))
    return next((name for name in names if name not in {*found, *taken}), _BETWEEN.join([*told, "another", "third"]))
