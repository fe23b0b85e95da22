"""Values that look unlike the rest of their column, where the column has a look at all."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.shapes import outline
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_RARE = 0.02
_A_FEW = 20
_DIGITS = 0.25
_HALF = 0.5
_JUMBLED = re.compile(r"\d[a-z]+\d|[a-z]\d+[a-z]", re.IGNORECASE)
_RULES = 0.7  # a look that so many rows share is the column's


@dataclass(frozen=True)
class Looks:
    """How often each look stands in a column, as a share of the rows with a value."""

    of_value: Sequence[str]
    shares: Mapping[str, float]

    @property
    def first(self) -> str:
        """The most frequent look."""
        return max(self.shares, key=lambda look: self.shares[look])

    @property
    def rare(self) -> float:
        """The share of rows with a rare look: high in free text, where a new look says nothing."""
        return sum(share for share in self.shares.values() if share < _RARE)


def find(grid: Grid) -> Suspicions:
    """Suspect rare looks in columns that have few, and any other look where digits follow one pattern."""
    found = Suspicions("format")
    for place, column in enumerate(grid.columns):
        if column.filled < _A_FEW:
            continue
        _rare_looks(found, place, column, looks_of(column, _coarse(column)))
        _wrong_width(found, place, column)
    return found


def looks_of(column: Column, of_value: Sequence[str]) -> Looks:
    """The looks of a column, given that of each value."""
    counts: Counter[str] = Counter()
    for code, look in enumerate(of_value):
        if column.values[code].strip():
            counts[look] += int(column.counts[code])
    return Looks(of_value, {look: count / column.filled for look, count in counts.items()})


def _is_pattern(column: Column, looks: Looks) -> bool:
    """Whether the values of the first look differ in their digits alone, as times and measures do."""
    values = [column.values[code] for code, look in enumerate(looks.of_value) if look == looks.first]
    digits = sum(sum(map(str.isdigit, value)) for value in values)
    if digits < _DIGITS * sum(map(len, values)):
        return False
    return len({re.sub(r"\d+", "9", value) for value in values}) <= 0.1 * len(values)


def _coarse(column: Column) -> list[str]:
    """All numbers have one look; in a column of words, numbers among them are words."""
    looks = [
        "a number" if is_number else outline(value.strip())
        for value, is_number in zip(column.values, ~np.isnan(column.numbers), strict=True)
    ]
    if looks_of(column, looks).first == "a":
        return [re.sub(r"\b[a9]\b(?:[ .,#-]+\b[a9]\b)+", "a", look) for look in looks]
    return looks


def _rare_looks(found: Suspicions, place: int, column: Column, looks: Looks) -> None:
    first = looks.first
    top = looks.shares[first]
    is_jumbled = _are_jumbled(column)
    if top < _RULES and is_jumbled:
        return
    typical = float(np.median([column.counts[code] for code, look in enumerate(looks.of_value) if look == first]))
    rules = top >= _RULES and (first == "a number" or _is_pattern(column, looks))
    for code, look in enumerate(looks.of_value):
        if is_jumbled and first == "x" and column.values[code].isalnum():
            continue  # letters and digits drawn at random may be digits alone
        share = looks.shares.get(look, 1.0)
        likelihood = 0.0
        if share < _RARE:
            repeats = max(0, int(column.counts[code]) - 2)  # errors seldom come out the same several times
            likelihood = max(0.0, 0.95 - 3.5 * max(0.0, looks.rare - 0.03)) / (1 + 0.15 * repeats)
        if rules and look != first and share < 1:
            likelihood = max(likelihood, min(0.9, top - share * 0.5))
        likelihood /= 1 + 0.3 * max(0.0, int(column.counts[code]) / typical - 3)
        if likelihood > 0.2 and column.values[code].strip():
            found.of_value(place, code, Suspicion(likelihood, _reason(column, looks, look)))


def _are_jumbled(column: Column) -> bool:
    """Whether most values mix letters and digits at random, as keys made by a machine do."""
    jumbled = sum(_JUMBLED.search(value) is not None for value in column.values)
    return jumbled > _HALF * len(column.values)


def _reason(column: Column, looks: Looks, look: str) -> str:
    example = next(column.values[code] for code in column.by_count if looks.of_value[code] == looks.first)
    return (
        f"It is written unlike the others: {looks.shares[looks.first]:.0%} look like “{example[:40]}”, "
        f"{looks.shares[look]:.1%} like this."
    )


def _wrong_width(found: Suspicions, place: int, column: Column) -> None:
    """Codes of digits all of one length: another length is wrong."""
    looks = looks_of(column, column.shapes)
    first = looks.first
    is_counted = column.different == column.filled and column.share_of_numbers > 0.9
    if looks.shares[first] < (0.97 if is_counted else 0.9) or first.count("9") < 3:
        return
    for code, look in enumerate(looks.of_value):
        if look != first and looks.shares.get(look, 1.0) < _RARE and column.values[code].strip():
            found.of_value(place, code, Suspicion(looks.shares[first] * 0.95, _reason(column, looks, look)))
