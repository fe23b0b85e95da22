"""All signs of error together: how likely each cell is wrong."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .dependencies import Dependency, dependencies_of
from .grid import Grid
from .signs import (
    among,
    conflicts,
    days,
    echoes,
    formats,
    keys,
    lacking,
    letters,
    merged,
    missing,
    nearness,
    orders,
    outliers,
    parts,
    rarities,
    sums,
    units,
    variants,
    words,
)
from .suspicion import Suspicion, Suspicions

Likelihoods = npt.NDArray[np.float32]
_TOO_LITTLE = 0.2
_WORD = re.compile(r"[^\W_]+")
_CONFIRMED = 0.8
_SEVERAL = 3
_SIGNS = (
    *(missing, formats, days, units, variants, nearness, words, rarities, merged, outliers),
    *(keys, letters, parts, echoes, among, orders, sums, lacking),
)
_OUTWEIGHED = ("near miss", "rare choice", "word", "outlier")  # by rows that say the same


@dataclass(frozen=True, eq=False)
class Inspection:
    """A grid with what each sign says of it."""

    grid: Grid
    dependencies: Sequence[Dependency]
    signs: Sequence[Suspicions]
    in_favour: Mapping[int, npt.NDArray[np.float64]]

    def said_of(self, place: int) -> Mapping[str, Likelihoods]:
        """By sign, the likelihood that each row's cell in a column is wrong."""
        said = {sign.sign: self._likelihoods(sign, place) for sign in self.signs}
        if place in self.in_favour:
            for sign in _OUTWEIGHED:
                said[sign] = said[sign] * (1 - 0.8 * self.in_favour[place]).astype(np.float32)
        return said

    def likelihoods(self, place: int) -> Likelihoods:
        """How likely each row's cell in a column is wrong, all signs taken together."""
        innocent = np.ones(self.grid.height, dtype=np.float32)
        for said in self.said_of(place).values():
            innocent *= 1 - np.where(said >= _TOO_LITTLE, said, 0)
        return np.asarray(1 - innocent, dtype=np.float32)

    def suspicions_of(self, row: int, place: int) -> list[Suspicion]:
        """Why one cell is suspected, the strongest reason first."""
        code = int(self.grid.columns[place].codes[row])
        found = [said for sign in self.signs if (said := sign.about(row, place, code))]
        return sorted(found, key=lambda said: -said.likelihood)

    def confirms(self, row: int, place: int, *, but: str) -> bool:
        """Whether what a cell has and another text lacks is no slip: it stands elsewhere, and is right there.

        That is in another cell of the row, or in cells that other rows confirm.
        """
        words = set(_WORD.findall(self.grid.value(row, place))) - set(_WORD.findall(but))
        beside = {
            word
            for other in range(len(self.grid.columns))
            if other != place
            for word in _WORD.findall(self.grid.value(row, other))
        }
        return bool(words) and words <= self._confirmed_words | beside

    @cached_property
    def _confirmed_words(self) -> frozenset[str]:
        rows: Counter[str] = Counter()
        for place, sure in self.in_favour.items():
            column = self.grid.columns[place]
            counts = np.bincount(column.codes[sure >= _CONFIRMED], minlength=len(column.values))
            for code in np.flatnonzero(counts):
                for word in set(_WORD.findall(column.values[int(code)])):
                    rows[word] += int(counts[int(code)])
        return frozenset(word for word, count in rows.items() if count >= _SEVERAL)

    def _likelihoods(self, sign: Suspicions, place: int) -> Likelihoods:
        column = self.grid.columns[place]
        by_value = np.zeros(len(column.values), dtype=np.float32)
        for code, said in sign.values.get(place, {}).items():
            by_value[code] = said.likelihood
        found = by_value[column.codes] if self.grid.height else np.zeros(0, dtype=np.float32)
        for row, said in sign.rows_of(place).items():
            found[row] = max(found[row], said.likelihood)
        return found


def inspect(grid: Grid) -> Inspection:
    """Look at a table for every sign of error."""
    dependencies = dependencies_of(grid)
    found = [sign.find(grid) for sign in _SIGNS]
    verdicts = conflicts.find(grid, dependencies)
    return Inspection(grid, dependencies, [*found, verdicts.suspicions], verdicts.in_favour)
