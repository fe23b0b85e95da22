"""Words with letters in an order that no other word of their column has."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_WORD = re.compile(r"[^\W\d_]{4,}")
_A_FEW = 50
_MANY_WORDS = 200
_STRANGE = 2  # runs of three letters that stand nowhere else, side by side or not
_REPEATED = 3
_GAP = 2.0
_SURELY = 0.85
_COMMON = 0.06


def find(grid: Grid) -> Suspicions:
    """Suspect values with a word unlike the others, in columns whose words are alike in their letters."""
    found = Suspicions("letters")
    for place, column in enumerate(grid.columns):
        if column.share_of_numbers > 0.5 or column.filled < _A_FEW:
            continue
        rows = _rows_of_words(column)
        if len(rows) < _MANY_WORDS:
            continue
        strange = _strange(rows)
        trust = _trust(rows, strange)
        if trust > 0:
            _suspect(found, place, column, strange, trust)
    return found


def _rows_of_words(column: Column) -> Mapping[str, int]:
    rows: Counter[str] = Counter()
    for code in column.by_count:
        for word in _words(column.values[code]):
            rows[word] += int(column.counts[code])
    return rows


def _words(value: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(value)}


def _runs(word: str) -> Iterator[str]:
    marked = f"^{word}$"
    for start in range(len(marked) - 2):
        yield marked[start : start + 3]


def _strange(rows: Mapping[str, int]) -> Mapping[str, int]:
    """How many of its runs of three letters each word has for itself; words without such runs are left out."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for word in rows:
        for run in _runs(word):
            owners[run].add(word)
    own = Counter(next(iter(words)) for words in owners.values() if len(words) == 1)
    return {word: count for word, count in own.items() if count >= _STRANGE and rows[word] < _REPEATED}


def _trust(rows: Mapping[str, int], strange: Mapping[str, int]) -> float:
    """How much strange letters mean: little where many words have them, or runs shared by two words are as many."""
    share = len(strange) / len(rows)
    if not strange or share > _COMMON:
        return 0.0
    owners: Counter[str] = Counter(run for word in rows for run in set(_runs(word)))
    sizes = Counter(owners.values())
    gap = sizes[1] / max(1, sizes[2] + sizes[3])
    return min(1.0, gap / _GAP) * (1 - share / (2 * _COMMON)) * _SURELY


def _suspect(found: Suspicions, place: int, column: Column, strange: Mapping[str, int], trust: float) -> None:
    for code in column.by_count:
        odd = [word for word in _words(column.values[code]) if word in strange]
        if odd:
            word = max(odd, key=lambda one: (strange[one], one))
            likelihood = trust * (1 - 0.5 ** (strange[word] - 1) * 0.6)
            reason = f"“{word}” has letters in an order that no other word of this column has."
            found.of_value(place, code, Suspicion(likelihood, reason))
