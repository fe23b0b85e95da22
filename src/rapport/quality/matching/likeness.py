"""How alike two rows are, in several respects: all words, all letters, all numbers, and each column both have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .nearest import Pairs, vectors_of
from .rows import Rows

Likeness = npt.NDArray[np.float64]

WORDS, LETTERS, NUMBERS = "(words)", "(letters)", "(numbers)"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ONE_NUMBER = re.compile(r"\d+(?:\.\d+)?(?: [a-z]{1,3})?|[a-z]{1,3} \d+(?:\.\d+)?")
_MOSTLY = 0.8
_STEEP = 5.0
_AT_ONCE = 50_000


@dataclass(frozen=True)
class Vectors:
    """The rows as weighted words and as weighted groups of three letters."""

    words: Any
    letters: Any


def likeness_of(rows: Rows, vectors: Vectors, pairs: Pairs) -> tuple[list[str], Likeness]:
    """The respects, and for each pair (a row) how alike it is in each (0 to 1); what is missing says nothing."""
    found = {
        WORDS: shared_weight(vectors.words, pairs),
        LETTERS: shared_weight(vectors.letters, pairs),
        NUMBERS: _of_numbers(rows.texts, pairs),
    }
    for name, values in rows.columns.items():
        found[name] = _of_column(values, pairs)
    filled = [_neutral_where_missing(values) for values in found.values()]
    return list(found), np.stack(filled, axis=1)


def shared_weight(vectors: Any, pairs: Pairs) -> Likeness:
    """The cosine between the vectors of both rows of each pair."""
    parts = [
        np.asarray(vectors[part[:, 0]].multiply(vectors[part[:, 1]]).sum(axis=1)).ravel()
        for part in (pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE))
    ]
    return np.concatenate(parts).astype(np.float64) if parts else np.empty(0)


def _of_numbers(texts: Sequence[str], pairs: Pairs) -> Likeness:
    """The share of the numbers in both that both have: versions of a product differ in little else."""
    numbers = [frozenset(_NUMBER.findall(text)) for text in texts]
    return np.array(
        [
            len(numbers[one] & numbers[other]) / len(numbers[one] | numbers[other])
            if numbers[one] and numbers[other]
            else np.nan
            for one, other in pairs
        ]
    )


def _of_column(values: Sequence[str], pairs: Pairs) -> Likeness:
    filled = [value for value in values if value]
    if sum(_ONE_NUMBER.fullmatch(value) is not None for value in filled) > _MOSTLY * len(filled):
        return _of_amounts(values, pairs)
    alike = shared_weight(vectors_of(list(values), letters=3), pairs)
    has = np.array([bool(value) for value in values])
    return np.where(has[pairs[:, 0]] & has[pairs[:, 1]], alike, np.nan)


def _of_amounts(values: Sequence[str], pairs: Pairs) -> Likeness:
    """Near by their ratio (prices) and by their difference against what is usual in the column (years)."""
    found = (_NUMBER.search(value) for value in values)
    numbers = np.array([float(number[0]) if number else np.nan for number in found])
    one, other = numbers[pairs[:, 0]], numbers[pairs[:, 1]]
    apart = np.abs(one - other)
    spread = np.nanquantile(numbers, 0.75) - np.nanquantile(numbers, 0.25)
    ratio = np.exp(-_STEEP * apart / np.maximum(np.maximum(one, other), 1e-9))
    return np.asarray((ratio + np.exp(-apart / max(float(spread), 1e-9))) / 2)


def _neutral_where_missing(values: Likeness) -> Likeness:
    known = values[~np.isnan(values)]
    return np.where(np.isnan(values), known.mean() if len(known) else 0.5, values)
