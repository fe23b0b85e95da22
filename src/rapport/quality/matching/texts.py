"""Weighing pairs where only one column can be compared, such as a list of company names: by its words.

Words are paired off when they are alike (so slips don't matter), and rarer ones count more (so “Group” hardly does);
legal forms at the end don't count. This is soft TF-IDF (Cohen, Ravikumar and Fienberg, "A comparison of string distance
metrics for name-matching tasks", 2003).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log

from rapidfuzz.distance import OSA
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neighbors import NearestNeighbors

from .columns import Column
from .company_words import LIGHTLY, is_light, is_short_for, telling_words
from .pairs import FieldWeight, Pair

MOST_ROWS = 50_000
_LOOKED_AT = 12  # nearest rows by the letters they share
_WORDS_ALIKE = 0.75
_SAME = 0.76
_JOINED = 0.85
_SHORTENED = 0.85
_BITS = 40.0  # of evidence between no likeness and full likeness


def pairs_by_words(column: Column, *, border: int | None) -> list[Pair]:
    """The pairs that may be the same; with a `border` only those with one row on either side of it."""
    rows = [row for row, text in enumerate(column.values) if text]
    texts = [telling_words(column.values[row] or "") for row in rows]
    weights = _weights(texts)
    found = []
    for one, other in _candidates([" ".join(words) for words in texts]):
        if border is None or rows[one] < border <= rows[other]:
            likeness = _likeness(texts[one], texts[other], weights)
            found.append(_pair(column.name, rows[one], rows[other], likeness))
    return sorted(found, key=lambda pair: (-pair.weight, pair.left, pair.right))


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: each row with those that share most of its rare groups of letters."""
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True).fit_transform(texts)
    nearest = NearestNeighbors(n_neighbors=min(_LOOKED_AT, len(texts)), metric="cosine", algorithm="brute").fit(grams)
    found = {
        (min(row, int(near)), max(row, int(near)))
        for row, others in enumerate(nearest.kneighbors(grams, return_distance=False))
        for near in others
        if near != row
    }
    yield from sorted(found)


def _weights(texts: Sequence[Sequence[str]]) -> Mapping[str, float]:
    """How much each word tells: the rarer the more, little where it says of what kind a company is."""
    counts = Counter(word for words in texts for word in set(words))
    return {word: log(1 + len(texts) / count) * (LIGHTLY if is_light(word) else 1.0) for word, count in counts.items()}


def _likeness(one: Sequence[str], other: Sequence[str], weights: Mapping[str, float]) -> float:
    """The share of the weight of both that is paired off, 0 to 1."""
    mine, theirs = _weighed(one, other, weights), _weighed(other, one, weights)
    whole = sum(weight for _word, weight in (*mine, *theirs))
    shared = 0.0
    for word, weight in sorted(mine, key=lambda part: -part[1]):
        best = max(theirs, key=lambda part: _alike(word, part[0]), default=("", 0.0))
        alike = _alike(word, best[0])
        if alike >= _WORDS_ALIKE:
            theirs.remove(best)
            shared += alike * (weight + best[1])
    return shared / whole


def _weighed(words: Sequence[str], others: Sequence[str], weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """Words with their weights; two that the other name writes as one are one."""
    found: list[tuple[str, float]] = []
    place = 0
    while place < len(words):
        joined = "".join(words[place : place + 2])
        if place + 1 < len(words) and any(OSA.normalized_similarity(joined, other) >= _JOINED for other in others):
            found.append((joined, weights[words[place]] + weights[words[place + 1]]))
            place += 2
        else:
            found.append((words[place], weights[words[place]]))
            place += 1
    return found


def _alike(word: str, other: str) -> float:
    short, long = sorted((word, other), key=len)
    return _SHORTENED if is_short_for(short, long) else float(OSA.normalized_similarity(word, other))


def _pair(name: str, left: int, right: int, likeness: float) -> Pair:
    weight = round(_BITS * (likeness - _SAME), 2)
    return Pair(left, right, 1 / (1 + 2**-weight), weight, [FieldWeight(name, weight)])
