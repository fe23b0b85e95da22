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

from ..checking.companies import without_form
from .columns import Column
from .pairs import FieldWeight, Pair

MOST_ROWS = 50_000
_LOOKED_AT = 12  # nearest rows by the letters they share
_WORDS_ALIKE = 0.75
_SAME = 0.76
_BITS = 40.0  # of evidence between no likeness and full likeness


def pairs_by_words(column: Column, *, border: int | None) -> list[Pair]:
    """The pairs that may be the same; with a `border` only those with one row on either side of it."""
    rows = [row for row, text in enumerate(column.values) if text]
    texts = [without_form(column.values[row] or "").replace(".", "").split() for row in rows]
    counts = Counter(word for words in texts for word in set(words))
    weights = {word: log(1 + len(texts) / count) for word, count in counts.items()}
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


def _likeness(one: Sequence[str], other: Sequence[str], weights: Mapping[str, float]) -> float:
    """The share of the weight of both that is paired off, 0 to 1."""
    left = list(other)
    shared = 0.0
    for word in sorted(one, key=lambda word: -weights[word]):
        best = max(left, key=lambda there: OSA.normalized_similarity(word, there), default="")
        alike = OSA.normalized_similarity(word, best)
        if alike >= _WORDS_ALIKE:
            left.remove(best)
            shared += alike * (weights[word] + weights[best])
    return shared / sum(weights[word] for word in (*one, *other))


def _pair(name: str, left: int, right: int, likeness: float) -> Pair:
    weight = round(_BITS * (likeness - _SAME), 2)
    return Pair(left, right, 1 / (1 + 2**-weight), weight, [FieldWeight(name, weight)])
