"""From pairs to groups: rows are joined as long as all that is known of a group speaks for it.

Joining whatever a chain of pairs connects makes one heap of strangers as soon as a few pairs are wrong. Here two groups
are joined only while the evidence between all their rows adds up to more than nothing, the strongest first (average
linkage); a pair that was not even worth comparing counts a little against it.
"""

import heapq
from collections.abc import Sequence

from .pairs import Pair

_MOST_EVIDENCE = 25.0  # bits; one overwhelming pair must not carry a whole group
_NOT_COMPARED = -1.0


def groups_of(height: int, pairs: Sequence[Pair]) -> list[list[int]]:
    """Groups of two or more rows that stand for the same thing, each in order, by their first row."""
    groups = _Groups(height, pairs)
    groups.join_all()
    return sorted(sorted(rows) for rows in groups.rows if len(rows) > 1)


class _Groups:
    """Groups being joined. `between[a][b]` is the evidence between two groups and how many pairs it comes from."""

    def __init__(self, height: int, pairs: Sequence[Pair]) -> None:
        self.rows: list[list[int]] = [[row] for row in range(height)]
        self.between: list[dict[int, tuple[float, int]]] = [{} for _row in range(height)]
        for pair in pairs:
            evidence = (max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, pair.weight)), 1)
            self.between[pair.left][pair.right] = self.between[pair.right][pair.left] = evidence
        self.waiting: list[tuple[float, int, int, int, int]] = []

    def join_all(self) -> None:
        """Join the two groups that belong together most, until none do."""
        for group, others in enumerate(self.between):
            self._consider(group, [other for other in others if group < other])
        while self.waiting:
            _evidence, one, other, size, other_size = heapq.heappop(self.waiting)
            if (len(self.rows[one]), len(self.rows[other])) == (size, other_size):
                self._join(one, other)

    def _consider(self, group: int, others: Sequence[int]) -> None:
        for other in others:
            size, other_size = len(self.rows[group]), len(self.rows[other])
            evidence, compared = self.between[group][other]
            total = evidence + (size * other_size - compared) * _NOT_COMPARED
            if total > 0:
                heapq.heappush(self.waiting, (-total / (size * other_size), group, other, size, other_size))

    def _join(self, one: int, other: int) -> None:
        into, gone = (one, other) if len(self.between[one]) >= len(self.between[other]) else (other, one)
        self.rows[into] += self.rows[gone]
        self.rows[gone] = []
        del self.between[into][gone], self.between[gone][into]
        for third, (evidence, compared) in self.between[gone].items():
            known, known_compared = self.between[into].get(third, (0.0, 0))
            joined = (known + evidence, known_compared + compared)
            self.between[into][third] = self.between[third][into] = joined
            del self.between[third][gone]
        self.between[gone] = {}
        self._consider(into, list(self.between[into]))
