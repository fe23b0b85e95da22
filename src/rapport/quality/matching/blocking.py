"""Which pairs are compared: those that agree in a column, or in two, that not too many others agree in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .columns import Column

MOST_PAIRS_A_ROW = 20


@dataclass(frozen=True)
class Blocks:
    """`telling` columns each leave few enough pairs alone; `rules` are the sets of columns that pairs agree in."""

    telling: Sequence[Column]
    rules: Sequence[Sequence[Column]]


def blocks_of(columns: Sequence[Column]) -> Blocks:
    """The rules by which pairs are found, at most about twenty pairs a row by each."""
    telling = [column for column in columns if _is_enough([column])]
    others = [column for column in columns if column not in telling]
    rules = [[column] for column in telling] + [list(two) for two in combinations(others, 2) if _is_enough(two)]
    return Blocks(telling, rules or [list(columns)])


def _is_enough(columns: Iterable[Column]) -> bool:
    """Whether agreement in all these columns leaves some pairs, and not too many."""
    rows = list(zip(*(column.values for column in columns), strict=True))
    sizes = Counter(row for row in rows if all(row))
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    return 0 < pairs <= MOST_PAIRS_A_ROW * len(rows)
