"""Clusters whose number is the one that comes out most alike from resampled customers, with names from what differs.

Stability is the mean adjusted Rand index between the clusters of all and those of samples (Hennig, CSDA 52, 2007).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Words = Mapping[str, tuple[str, str]]
_BETWEEN = " · "
_MOST = 6
_SAMPLES = 6
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

    @property
    def k(self) -> int:
        """How many."""
        return len(self.centres)

    def assign(self, figures: Floats) -> Codes:
        """The nearest centre of each row."""
        scaled = (figures - self.mean) / self.spread
        return np.asarray(((scaled[:, None, :] - self.centres[None]) ** 2).sum(axis=2).argmin(axis=1))

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


def cluster(figures: Floats, *, seed: int = 1) -> Clusters | None:
    """The most stable clusters of two to six, the more the better among about equals; none where none is stable."""
    dice = np.random.default_rng(seed)
    some = figures[dice.permutation(len(figures))[:_MOST_LEARNED_FROM]]
    mean, spread = some.mean(axis=0), np.maximum(some.std(axis=0), 1e-9)
    scaled = (some - mean) / spread
    tried = [(_stability(scaled, k, dice), k) for k in range(2, _MOST + 1)]
    stable = [(share, k) for share, k in tried if share >= _STABLE and _smallest(scaled, k) >= _SMALLEST_SHARE]
    if not stable:
        return None
    best = max(share for share, _k in stable)
    share, k = max((one for one in stable if one[0] >= best - 0.05), key=lambda one: one[1])
    return Clusters(_fit(scaled, k).cluster_centers_, mean, spread, float(share))


def explained(codes: Codes, came: Floats, *, seed: int = 1) -> tuple[float, float]:
    """Which share of the variance of what came the clusters explain, and what 95 of 100 shuffles stay below."""
    dice = np.random.default_rng(seed)
    shuffled = [_share(dice.permutation(codes), came) for _shuffle in range(_SHUFFLES)]
    return _share(codes, came), float(np.quantile(shuffled, 0.95))


def _share(codes: Codes, came: Floats) -> float:
    means = np.bincount(codes, weights=came) / np.maximum(np.bincount(codes), 1)
    whole = float(((came - came.mean()) ** 2).sum())
    return 1 - float(((came - means[codes]) ** 2).sum()) / whole if whole > 0 else 0.0


def _stability(scaled: Floats, k: int, dice: np.random.Generator) -> float:
    whole = _fit(scaled, k).labels_
    found = []
    for _sample in range(_SAMPLES):
        rows = dice.choice(len(scaled), int(0.8 * len(scaled)), replace=False)
        found.append(adjusted_rand_score(whole, _fit(scaled[rows], k).predict(scaled)))
    return float(np.mean(found))


def _smallest(scaled: Floats, k: int) -> float:
    return float(np.bincount(_fit(scaled, k).labels_, minlength=k).min() / len(scaled))


def _fit(scaled: Floats, k: int) -> KMeans:
    with threadpool_limits(limits=1):
        return KMeans(k, n_init=5, random_state=1).fit(scaled)


def _words_of(centre: Floats, words: Words, figures: Sequence[str]) -> list[str]:
    order = np.argsort(-np.abs(centre), kind="stable")
    told = [words[figures[place]][int(centre[place] > 0)] for place in order if abs(centre[place]) >= _CLEARLY]
    return told or ["average"]


def _another(told: Sequence[str], found: Sequence[str], taken: Sequence[str]) -> str:
    """A name for one that no words tell apart."""
    names = (_BETWEEN.join([*told, more]) for more in ("another", "third"))
    return next((name for name in names if name not in {*found, *taken}), _BETWEEN.join([*told, "another", "third"]))
