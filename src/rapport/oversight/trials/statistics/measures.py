"""How good estimates were: their error, their ranking, how often right, what the wrong ones cost.

Estimates are chances from 0 to 1, answers are yes or no; both in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

Chances = Sequence[float]
Answers = Sequence[bool]

HALF = 0.5


@dataclass(frozen=True)
class Pairs:
    """Cases that a person and the machine both gave an estimate of, in the order in which they were asked."""

    people: Chances
    machine: Chances
    answers: Answers

    @property
    def n(self) -> int:
        """How many."""
        return len(self.answers)

    @property
    def together(self) -> Chances:
        """The mean of both."""
        return [(one + other) / 2 for one, other in zip(self.people, self.machine, strict=True)]

    def first(self, n: int) -> "Pairs":
        """The first n of them."""
        return Pairs(self.people[:n], self.machine[:n], self.answers[:n])


def errors(chances: Chances, answers: Answers) -> list[float]:
    """The squared error of each: their mean is the Brier score (Brier 1950)."""
    return [(chance - answer) ** 2 for chance, answer in zip(chances, answers, strict=True)]


def hits(chances: Chances, answers: Answers, *, half_is_yes: bool) -> list[bool]:
    """Whether each was right, taken as yes or no; the tie rule says what a chance of one half counts as."""
    said = [chance > HALF or (chance == HALF and half_is_yes) for chance in chances]
    return [one == answer for one, answer in zip(said, answers, strict=True)]


def costs(chances: Chances, answers: Answers, *, miss: float) -> list[float]:
    """What acting on each would cost: `miss` for a yes that was passed over, 1 for a no that was gone after.

    Gone after is what is likelier than 1 / (1 + miss), which is best when the chances are true.
    """
    border = 1 / (1 + miss)
    return [
        (0.0 if chance >= border else miss) if answer else (1.0 if chance >= border else 0.0)
        for chance, answer in zip(chances, answers, strict=True)
    ]


def area(chances: Chances, answers: Answers) -> float | None:
    """The share of pairs of a yes and a no that are ranked rightly (ROC-AUC); None with one kind of answer only."""
    yes = sum(answers)
    no = len(answers) - yes
    if not yes or not no:
        return None
    ranks = _mean_ranks(chances)
    of_yes = sum(rank for rank, answer in zip(ranks, answers, strict=True) if answer)
    return (of_yes - yes * (yes + 1) / 2) / (yes * no)


def _mean_ranks(values: Chances) -> list[float]:
    """From 1 up; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or values[order[end]] != values[order[start]]:
            for place in order[start:end]:
                ranks[place] = (start + 1 + end) / 2
            start = end
    return ranks


@dataclass(frozen=True)
class Discordant:
    """The cases in which only one of the two was right, and how often chance alone divides them so (exact McNemar)."""

    people_only: int
    machine_only: int

    @property
    def chance_of_noise(self) -> float:
        """Two-sided."""
        n, fewer = self.people_only + self.machine_only, min(self.people_only, self.machine_only)
        tail = sum(comb(n, k) for k in range(fewer + 1))
        return float(min(1.0, 2 * tail / 2**n))


def discordant(pairs: Pairs, *, half_is_yes: bool) -> Discordant:
    """Who alone was right how often."""
    people = hits(pairs.people, pairs.answers, half_is_yes=half_is_yes)
    machine = hits(pairs.machine, pairs.answers, half_is_yes=half_is_yes)
    both = list(zip(people, machine, strict=True))
    return Discordant(both.count((True, False)), both.count((False, True)))
