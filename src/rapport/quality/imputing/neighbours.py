"""Guessing a value from the most similar records."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_selection import chi2
from sklearn.neighbors import NearestNeighbors

MOST_NEIGHBOURS = 15
_LEAST_SIMILAR = 0.05
_FACTOR = 2.0  # a number is right within this factor
_CLASSES = 8  # numbers are cut into so many, to tell which words matter

Words = Sequence[str]


@dataclass(frozen=True)
class Neighbour:
    """A similar record, by position among the known ones; similarity from 0 to 1."""

    position: int
    similarity: float


class Way(StrEnum):
    """Who decides about a guess: the nearest records together, or the nearest one alone."""

    VOTE = "nearest neighbours/2"
    SINGLE = "single nearest record/2"


@dataclass(frozen=True)
class Guess:
    """A value, the share of the neighbours' weight that speaks for it, and the neighbours that do."""

    value: str | float
    share: float
    neighbours: Sequence[Neighbour]


Guesses = Mapping[Way, Guess]


class Guesser:
    """Learned from records whose value is known: each as words that describe it ("country=PT", "name=foods").

    Two records are similar when they share words, those more that tell something of the value (by a chi-squared test
    over the known ones) and stand in fewer records.
    """

    def __init__(self, described: Sequence[Words], values: Sequence[str | float]) -> None:
        self.values = list(values)
        self._vectorizer = DictVectorizer()
        counts = csr_matrix(self._vectorizer.fit_transform([dict.fromkeys(words, 1.0) for words in described]))
        self._weights = _weights(counts, values)
        self._nearest = NearestNeighbors(
            n_neighbors=min(MOST_NEIGHBOURS, len(self.values)), metric="cosine", algorithm="brute"
        ).fit(counts @ diags(self._weights))

    def guess(self, described: Sequence[Words]) -> list[Guesses | None]:
        """Guesses in both ways for each record; None for one that is like no other."""
        if not described:
            return []
        counts = csr_matrix(self._vectorizer.transform([dict.fromkeys(words, 1.0) for words in described]))
        distances, positions = self._nearest.kneighbors(counts @ diags(self._weights))
        return [self._guesses(row, near) for row, near in zip(1 - distances, positions, strict=True)]

    def _guesses(self, similarities: npt.NDArray[np.float64], positions: npt.NDArray[np.int64]) -> Guesses | None:
        near = [
            Neighbour(int(position), min(1.0, float(similarity)))
            for similarity, position in zip(similarities, positions, strict=True)
            if similarity >= _LEAST_SIMILAR
        ]
        if not near:
            return None
        numbers = all(isinstance(self.values[one.position], float) for one in near)
        voted = self._median(near) if numbers else self._most_voted(near)
        single = self.values[near[0].position]
        return {Way.VOTE: self._backed(voted, near), Way.SINGLE: self._backed(single, near)}

    def _backed(self, value: str | float, near: Sequence[Neighbour]) -> Guess:
        speaking = [one for one in near if agrees(value, self.values[one.position])]
        share = sum(one.similarity for one in speaking) / sum(one.similarity for one in near)
        return Guess(value, share, speaking)

    def _most_voted(self, near: Sequence[Neighbour]) -> str | float:
        votes: defaultdict[str | float, float] = defaultdict(float)
        for one in near:
            votes[self.values[one.position]] += one.similarity**2
        return max(votes, key=lambda value: votes[value])

    def _median(self, near: Sequence[Neighbour]) -> float:
        ordered = sorted(near, key=lambda one: float(self.values[one.position]))
        weight, half = 0.0, sum(one.similarity for one in near) / 2
        for one in ordered:
            weight += one.similarity
            if weight >= half:
                return float(self.values[one.position])
        return float(self.values[ordered[-1].position])


def agrees(guessed: str | float, known: str | float) -> bool:
    """Whether a guess counts as right: the same choice, or a number within a factor of two."""
    if isinstance(guessed, float) and isinstance(known, float):
        return max(guessed, known) <= _FACTOR * max(1e-9, min(guessed, known))
    return guessed == known


def _weights(counts: csr_matrix, values: Sequence[str | float]) -> npt.NDArray[np.float64]:
    """How much each word counts: what it tells of the value, and how rare it is."""
    classes = _classes(values)
    if len(set(classes)) < 2:
        telling = np.ones(counts.shape[1])
    else:
        found, _likely = chi2(counts, classes)
        telling = np.sqrt(np.nan_to_num(found) / len(classes)) + 0.01
    rarity = np.log1p(len(classes) / (1 + np.asarray(counts.sum(axis=0)).ravel()))
    return np.asarray(np.sqrt(telling) * rarity, dtype=np.float64)


def _classes(values: Sequence[str | float]) -> list[str]:
    numbers = [math.log1p(value) for value in values if isinstance(value, float)]
    if len(numbers) < len(values):
        return [str(value) for value in values]
    edges = np.quantile(numbers, np.linspace(0, 1, _CLASSES + 1)[1:-1])
    return [str(int(place)) for place in np.searchsorted(edges, numbers)]
