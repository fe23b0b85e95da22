"""Which rows are worth comparing: each with the few that share most of its rare words and groups of letters."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

Pairs = npt.NDArray[np.int64]

_LOOKED_AT = 10
_MOST_PRODUCTS = 300_000_000  # of two weights; words that would make it more are too frequent to tell rows apart
_AT_ONCE = 5_000_000


def vectors_of(texts: list[str], *, letters: int = 0) -> Any:
    """A row of weights for each text, by its words, or by groups of so many letters; rarer ones weigh more."""
    if letters:
        read = TfidfVectorizer(analyzer="char_wb", ngram_range=(letters, letters), sublinear_tf=True, dtype=np.float32)
    else:
        read = TfidfVectorizer(analyzer=str.split, sublinear_tf=True, dtype=np.float32)
    try:
        return read.fit_transform(texts)
    except ValueError:  # no words at all
        return csr_matrix((len(texts), 1), dtype=np.float32)


def nearest_pairs(vectors: Any, *, border: int | None) -> Pairs:
    """Pairs of rows, the lower first, each of which is among the ten nearest of the other by what is rare in it."""
    rare = _rare(vectors)
    height = vectors.shape[0]
    sides = [(0, height, 0, height)] if border is None else [(0, border, border, height), (border, height, 0, border)]
    codes = [
        np.minimum(row, others) * height + np.maximum(row, others)
        for start, end, other_start, other_end in sides
        for row, others in _nearest(rare, start, end, rare[other_start:other_end], other_start)
    ]
    every = np.unique(np.concatenate(codes)) if codes else np.empty(0, dtype=np.int64)
    return np.stack([every // height, every % height], axis=1)


def _rare(vectors: Any) -> Any:
    """Without the most frequent features, so that comparing stays within bounds however long the table is."""
    counts = np.bincount(vectors.indices, minlength=vectors.shape[1]).astype(np.int64)
    order = np.argsort(counts, kind="stable")
    kept = order[np.cumsum(counts[order] ** 2) <= _MOST_PRODUCTS]
    return vectors[:, np.sort(kept)].tocsr()


def _nearest(rows: Any, start: int, end: int, others: Any, shift: int) -> Iterator[tuple[int, Pairs]]:
    """For each row its nearest others (numbered with the shift), itself left out."""
    turned = others.T.tocsr()
    reached = np.bincount(others.indices, minlength=others.shape[1])
    work = np.cumsum(np.asarray(csr_matrix((reached[rows.indices], rows.indices, rows.indptr), rows.shape).sum(1)))
    first = start
    while first < end:
        before = work[first - 1] if first else 0
        last = min(end, max(first + 1, int(np.searchsorted(work, before + _AT_ONCE, side="right"))))
        shared = (rows[first:last] @ turned).tocsr()
        for place in range(last - first):
            piece = slice(shared.indptr[place], shared.indptr[place + 1])
            near, weights = shared.indices[piece].astype(np.int64) + shift, shared.data[piece]
            near, weights = near[near != first + place], weights[near != first + place]
            if len(near):
                yield first + place, near[np.argsort(-weights, kind="stable")[:_LOOKED_AT]]
        first = last
