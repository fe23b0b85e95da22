"""What agreement in each field is worth, after Fellegi and Sunter, "A theory for record linkage" (1969).

A field speaks with log2(m / u) bits: m is how often it agrees so among true duplicates, u how often by chance.
Chance is counted in the records themselves: sharing a rare name tells more than sharing a frequent one. How true
duplicates look is learned from pairs that are sure already, starting from what is usual; so it also works where
there are few.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from random import Random
from typing import Any

from .levels import Level, level_of
from .tables import Compared, Kind, Records, Row

_CHANCE_PAIRS = 40_000
FEWER_PAIRS = 5_000  # enough for a few thousand rows, when somebody waits
_USUAL_COUNTS = 60  # what is usual counts as much as so many sure pairs
_LEARNED_FROM = 0.8  # surer ones alone would teach that duplicates hardly ever differ
_FEW_TO_COUNT_IN = 1_000  # in fewer records an address would seem frequent because its duplicates are among them
_DUPLICATES_A_RECORD = 0.02  # where nothing is known yet
_MOST_OF_ONE_MATTER = 11.0
_NAMES = frozenset({Kind.NAME, Kind.GIVEN_NAME, Kind.FAMILY_NAME})
_MOST_FOR_NEARLY = {
    Kind.NAME: 6.0,
    Kind.GIVEN_NAME: 3.0,
    Kind.FAMILY_NAME: 6.0,
    Kind.CODE: 6.0,
    Kind.PHONE: 8.0,
    Kind.EXACT: 0.0,
}
_ROUNDS = 3

Levels = tuple[Level, ...]


@dataclass
class Weights:
    """The weights of one type's columns: `same` are the shares of levels among duplicates, `chance` among strangers."""

    columns: tuple[Compared, ...]
    height: int
    frequencies: Sequence[Mapping[str, int]]
    chance: Sequence[Sequence[float]]
    same: list[Sequence[float]] = field(default_factory=list)
    prior: float = 0.0

    def bits(self, levels: Levels, left: Row) -> list[float]:
        """What each column says for or against the same, in bits."""
        told = [self._bits_of(place, level, left[place]) for place, level in enumerate(levels)]
        return self._capped(told)

    def _bits_of(self, place: int, level: Level, value: str) -> float:
        if level is Level.UNKNOWN:
            return 0.0
        chance = self.chance[place][level]
        if level is Level.SAME:
            others = max(self.frequencies[place].get(value, 1) - 1, 1)
            is_name = self.columns[place].kind in _NAMES
            chance = others / max(self.height - 1, 1 if is_name else _FEW_TO_COUNT_IN)
        bits = log2(max(self.same[place][level], 1e-4) / max(chance, 1e-9))
        most = _MOST_FOR_NEARLY[self.columns[place].kind]
        return min(max(bits, 0.0), most) if level is Level.NEAR else bits  # nearly the same never speaks against

    def _capped(self, told: list[float]) -> list[float]:
        """Columns about one matter repeat each other: together they count for no more than one strong field."""
        for matter in {column.about for column in self.columns if column.about}:
            places = [place for place, column in enumerate(self.columns) if column.about == matter and told[place] > 0]
            total = sum(told[place] for place in places)
            for place in places if total > _MOST_OF_ONE_MATTER else ():
                told[place] *= _MOST_OF_ONE_MATTER / total
        return told

    def probability(self, bits: Iterable[float]) -> float:
        """How probably a pair with this evidence is the same."""
        weight = max(-60.0, min(60.0, self.weight(bits)))
        return 2**weight / (1 + 2**weight)

    def weight(self, bits: Iterable[float]) -> float:
        """All the evidence, and what speaks against any two records beforehand."""
        return sum(bits) + log2(self.prior / (1 - self.prior))


def levels_between(columns: Sequence[Compared], left: Row, right: Row) -> Levels:
    """At which level each column of two rows agrees; names that stand in each other's place nearly agree."""
    found = tuple(level_of(column.kind, one, other) for column, one, other in zip(columns, left, right, strict=True))
    if found[:2] == (Level.DIFFERENT, Level.DIFFERENT) and columns[0].kind is Kind.GIVEN_NAME:
        crossed = (level_of(Kind.NAME, left[0], right[1]), level_of(Kind.NAME, left[1], right[0]))
        if max(crossed) <= Level.NEAR:
            return (Level.NEAR, Level.NEAR, *found[2:])
    return found


def usual_weights(records: Records, *, seed: int = 1, drawn: int = _CHANCE_PAIRS) -> Weights:
    """The weights before any duplicate is known: chance counted in pairs drawn, the rest as is usual."""
    columns = records.columns
    frequencies = [Counter(row[place] for row in records.rows) for place in range(len(columns))]
    weights = Weights(columns, len(records.rows), frequencies, _chance(records, Random(seed), drawn))  # noqa: S311 - a sample
    weights.same = [column.alike for column in columns]
    weights.prior = min(0.3, 2 * _DUPLICATES_A_RECORD / max(len(records.rows), 2))
    return weights


def restored_weights(records: Records, learned: Mapping[str, Any]) -> Weights:
    """The weights that an earlier search learned, with the frequencies of today."""
    columns = records.columns
    frequencies = [Counter(row[place] for row in records.rows) for place in range(len(columns))]
    return Weights(columns, len(records.rows), frequencies, learned["chance"], learned["same"], learned["prior"])


def learned_by(weights: Weights) -> dict[str, Any]:
    """What `restored_weights` needs."""
    return {"chance": list(weights.chance), "same": weights.same, "prior": weights.prior}


def _chance(records: Records, dice: Random, drawn: int) -> list[tuple[float, float, float]]:
    """How often columns of strangers agree at each level, in pairs drawn at random."""
    height, columns = len(records.rows), records.columns
    counts = [[1.0, 1.0, 1.0] for _column in columns]
    for _draw in range(min(drawn, height * height)):
        left, right = records.rows[dice.randrange(height)], records.rows[dice.randrange(height)]
        if left is right:
            continue
        for place, level in enumerate(levels_between(columns, left, right)):
            if level is not Level.UNKNOWN:
                counts[place][level] += 1
    return [(one[0] / sum(one), one[1] / sum(one), one[2] / sum(one)) for one in counts]


def learn(weights: Weights, compared: Sequence[tuple[Levels, Row]]) -> None:
    """Learn from pairs that are sure how duplicates look, and from all of them how many there are; a few rounds."""
    pairs_at_all = max(weights.height * (weights.height - 1) / 2, 1)
    for _round in range(_ROUNDS):
        counts = [[share * _USUAL_COUNTS for share in column.alike] for column in weights.columns]
        expected = _DUPLICATES_A_RECORD
        for levels, left in compared:
            probability = weights.probability(weights.bits(levels, left))
            expected += probability
            for place, level in enumerate(levels) if probability >= _LEARNED_FROM else ():
                if level is not Level.UNKNOWN:
                    counts[place][level] += probability
        weights.same = [(one[0] / sum(one), one[1] / sum(one), one[2] / sum(one)) for one in counts]
        weights.prior = min(0.3, max(expected, weights.height * _DUPLICATES_A_RECORD / 4) / pairs_at_all)
