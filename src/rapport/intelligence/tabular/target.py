"""The answer to be learned: which rows say yes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapport.core.problems import Problem

from .columns import column_of

_YES = ("1", "1.0", "true", "yes", "y", "won", "win", "converted", "churned", "bought", "sim", "oui", "vrai", "ja")


class NoTarget(Problem):
    """The column can't be answered with yes or no."""


@dataclass(frozen=True)
class Target:
    """The answers: `known` tells which rows have one, `yes` which of these say yes (both bool of shape (rows,))."""

    name: str
    positive: str
    known: NDArray[np.bool_]
    yes: NDArray[np.bool_]


def target_of(name: str, values: Sequence[str | None], *, positive: str = "") -> Target:
    """Read the column to be foreseen. Without `positive` its yes is guessed from what it says.

    Raises `NoTarget` where there aren't exactly two answers and no `positive`, or too few of one.
    """
    column = column_of(name, values)
    known = ~column.missing
    answers = sorted({str(text) for text in column.texts[known]})
    chosen = positive or _guessed(name, answers)
    if chosen not in answers:
        raise NoTarget(f"No row has “{chosen}” in “{name}”. It holds: {', '.join(answers[:8])}. Name one as positive.")
    yes = np.array([text == chosen for text in column.texts], dtype=bool)
    fewest = min(int(yes.sum()), int((known & ~yes).sum()))
    if fewest < 2:
        raise NoTarget(f"All rows but {fewest} say the same in “{name}”: there is nothing to tell apart.")
    return Target(name, chosen, known, yes)


def _guessed(name: str, answers: Sequence[str]) -> str:
    if len(answers) != 2:
        raise NoTarget(
            f"“{name}” holds {len(answers)} different values ({', '.join(answers[:8])}); "
            "two are needed, or say which one is the positive."
        )
    meant = [answer for answer in answers if answer.casefold() in _YES]
    return meant[0] if len(meant) == 1 else answers[-1]
