"""Weighing pairs of rows that hold long texts: titles, products, addresses, articles.

Whole columns are seldom equal there, and values may stand in the wrong column; so rows are compared by all their words,
letters and numbers together, and by each column besides. What counts how much is learned from the rows themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from .choosing import (
    Scores,
    mutual_bests,
    runners_up,
    threshold_against_strangers,
    threshold_of_one_table,
    threshold_of_two_tables,
)
from .likeness import Likeness, Vectors, likeness_of
from .nearest import Pairs, nearest_pairs, vectors_of
from .pairs import FieldWeight, Pair
from .rows import Rows
from .teaching import Weights, weights_from

MOST_ROWS = 100_000
_LESSONS = 3
_CLEARLY_AHEAD = 0.3  # of the mutual bests, those least ahead of the next teach nothing
_STRICT, _LAX = 4.0, 1.0
_LEAST = 30  # pairs; fewer teach nothing
_NEAR_THRESHOLD = 50


@dataclass(frozen=True)
class _Compared:
    """Pairs worth comparing, how alike they are in each respect, and how many rows there are on which side."""

    pairs: Pairs
    respects: Sequence[str]
    likeness: Likeness
    height: int
    border: int | None


def pairs_of_long_texts(rows: Rows, *, border: int | None) -> list[Pair]:
    """The pairs that may be the same, the likeliest first; with a `border` only those with one row on either side."""
    compared = _compare(rows, border)
    if len(compared.pairs) == 0:
        return []
    weights = _learn(compared)
    scores = weights.score(compared.likeness) if weights else _plain(compared)
    return _told(compared, weights, scores, _threshold(compared, scores))


def _compare(rows: Rows, border: int | None) -> _Compared:
    texts = list(rows.texts)
    vectors = Vectors(vectors_of(texts), vectors_of(texts, letters=3))
    both = (nearest_pairs(found, border=border) for found in (vectors.words, vectors.letters))
    pairs = np.unique(np.concatenate(list(both)), axis=0)
    respects, likeness = likeness_of(rows, vectors, pairs)
    return _Compared(pairs, respects, likeness, len(texts), border)


def _plain(compared: _Compared) -> Scores:
    """The likeness of words and letters alone, before anything is learned."""
    return np.asarray(compared.likeness[:, :2].mean(axis=1))


def _learn(compared: _Compared) -> Weights | None:
    """The weights after some lessons; None where there is too little to learn from."""
    scores, weights = _plain(compared), None
    for _lesson in range(_LESSONS):
        same, different = (
            _clear_of_one(compared, scores) if compared.border is None else _clear_of_two(compared, scores)
        )
        if min(same.sum(), different.sum()) < _LEAST:
            return weights
        weights = weights_from(compared.likeness, same, different)
        scores = weights.score(compared.likeness)
    return weights


def _clear_of_two(compared: _Compared, scores: Scores) -> tuple[np.ndarray, np.ndarray]:
    """Mutual bests well ahead of the next are the same; what is no mutual best is not."""
    mutual = mutual_bests(compared.pairs, scores, compared.height)
    ahead = scores - runners_up(compared.pairs, scores, mutual, compared.height)
    return mutual & (ahead >= np.quantile(ahead[mutual], _CLEARLY_AHEAD)), ~mutual


def _clear_of_one(compared: _Compared, scores: Scores) -> tuple[np.ndarray, np.ndarray]:
    """What passes a strict threshold is the same, what fails a lax one is not."""
    strict, lax = (
        threshold_of_one_table(compared.pairs, scores, compared.height, contradiction=weight)
        for weight in (_STRICT, _LAX)
    )
    return scores >= strict, scores < min(strict, lax)


def _threshold(compared: _Compared, scores: Scores) -> float:
    if compared.border is None:
        consistent = threshold_of_one_table(compared.pairs, scores, compared.height)
        return threshold_against_strangers(compared.pairs, scores, consistent, compared.height)
    return threshold_of_two_tables(compared.pairs, scores, border=compared.border, height=compared.height)


def _told(compared: _Compared, weights: Weights | None, scores: Scores, threshold: float) -> list[Pair]:
    """The pairs of rows that have a likely one; each respect says what it adds beyond pairs at the threshold."""
    likely = scores >= threshold
    if compared.border is not None:
        likely &= mutual_bests(compared.pairs, scores, compared.height)
    concerned = np.unique(compared.pairs[likely])
    kept = likely if compared.border is not None else np.isin(compared.pairs, concerned).all(axis=1)
    scale = 1.0 if weights else 1 / max(float(scores.std()), 1e-9)
    bits = (scores - threshold) * scale / log(2)
    parts = (weights.parts(compared.likeness) if weights else compared.likeness[:, :0]) / log(2)
    near = np.argsort(np.abs(scores - threshold), kind="stable")[:_NEAR_THRESHOLD]
    parts = parts - parts[near].mean(axis=0)
    found = [
        _pair(compared, place, float(bits[place]), parts[place] if likely[place] else ())
        for place in np.flatnonzero(kept).tolist()
    ]
    return sorted(found, key=lambda pair: (-pair.weight, pair.left, pair.right))


def _pair(compared: _Compared, place: int, bits: float, parts: Sequence[float] | np.ndarray) -> Pair:
    left, right = (int(row) for row in compared.pairs[place])
    fields = [FieldWeight(name, round(float(part), 2)) for name, part in zip(compared.respects, parts, strict=False)]
    weight = round(bits, 2) + 0.01  # what reaches the threshold counts
    return Pair(left, right, 1 / (1 + 2.0**-weight), weight, fields)
