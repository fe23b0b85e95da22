"""Rare words that are a slip away from frequent words of the same column."""

import re
from collections import Counter

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

from .nearness import Near, beyond_chance, natural_nearness, near_misses

_WORD = re.compile(r"[^\W\d_]{4,}")
_MANY_WORDS = 0.3
_OFTEN = 8
_FAR_MORE = 8


def find(grid: Grid) -> Suspicions:
    """Suspect values with a word that is a slip of a frequent one."""
    found = Suspicions("word")
    for place, column in enumerate(grid.columns):
        words = [_WORD.findall(value) for value in column.values]
        several = sum(int(column.counts[code]) for code, value in enumerate(column.values) if " " in value.strip())
        if several > _MANY_WORDS * column.filled:
            _suspect(found, place, column, words)
    return found


def _suspect(found: Suspicions, place: int, column: Column, words: list[list[str]]) -> None:
    rows: Counter[str] = Counter()
    for code, known in enumerate(words):
        for word in set(known):
            rows[word] += int(column.counts[code])
    meant = {
        word: near
        for word, near in near_misses(dict(rows.most_common())).items()
        if rows[word] * _FAR_MORE <= rows[near.value]
        and rows[near.value] >= _OFTEN
        and word.rstrip("s") != near.value.rstrip("s")
    }
    counts = dict(rows.most_common())
    trust = (1 - natural_nearness(counts)) * beyond_chance(meant, counts)
    for code, known in enumerate(words):
        slips = {word: meant[word] for word in known if word in meant}
        if slips:
            found.of_value(place, code, _suspicion(column.values[code], slips, rows, trust))


def _suspicion(value: str, slips: dict[str, Near], rows: Counter[str], trust: float) -> Suspicion:
    word, near = max(slips.items(), key=lambda slip: rows[slip[1].value])
    likelihood = trust * min(0.9, 0.45 + 0.15 * (len(slips) - 1) + 0.03 * len(word)) * (1 - 4 / (4 + rows[near.value]))
    proposal = value
    for wrong, right in slips.items():
        proposal = proposal.replace(wrong, right.value)
    reason = f"“{word}” hardly stands anywhere else; “{near.value}” stands in {rows[near.value]} rows."
    return Suspicion(likelihood, reason, proposal, likelihood * 0.9)
