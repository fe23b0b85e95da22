"""From which probability on a pair is sure enough to be merged without a look at each: chosen by precision."""

from collections.abc import Sequence
from dataclasses import dataclass

WANTED_PRECISION = 0.99
_LEAST_SURE = 0.95


@dataclass(frozen=True)
class Judged:
    """A pair's probability, and whether people merged it (True), said it is none (False), or said nothing (None)."""

    probability: float
    verdict: bool | None = None


def sure_from(pairs: Sequence[Judged]) -> float:
    """The lowest probability above which the expected share of true pairs is at least as wanted; above 1 for none.

    A pair that people have judged counts as they said, any other by its probability.
    """
    found, right = 1.1, 0.0
    for seen, pair in enumerate(sorted(pairs, key=lambda pair: -pair.probability), start=1):
        right += pair.probability if pair.verdict is None else float(pair.verdict)
        if right / seen >= WANTED_PRECISION and pair.probability >= _LEAST_SURE:
            found = pair.probability
    return found
