"""The answer to be learned: which rows say yes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapport.core.problems import Problem

from .columns import Texts, column_of

_YES = ("1", "1.0", "true", "yes", "y", "won", "win", "converted", "churned", "bought", "sim", "oui", "vrai", "ja")
_NO = ("0", "0.0", "false", "no", "n", "lost", "loss", "não", "nao", "non", "faux", "nein")


class NoTarget(Problem):
    """The column can't be answered with yes or no."""


@dataclass(frozen=True)
class Target:
    """The answers: `known` tells which rows have one, `yes` which of these say yes (both bool of shape (rows,));
    `others` are those that count as no, with the number of their rows, the most frequent first."""

    name: str
    positive: str
    known: NDArray[np.bool_]
    yes: NDArray[np.bool_]
    others: Mapping[str, int]


def target_of(name: str, values: Sequence[str | None], *, positive: str = "") -> Target:
    """Read the column to be foreseen. Without `positive` its yes is guessed from what it says.

    Raises `NoTarget` where there aren't exactly two answers and no `positive`, or too few of one.
    """
    texts = _spelled_alike(column_of(name, values).texts)
    known = np.array([text is not None for text in texts], dtype=bool)
    answers = sorted({str(text) for text in texts[known]})
    if not answers:
        raise NoTarget(f"“{name}” is empty in every row. Name the column that holds the answers.")
    chosen = _meant(positive, answers) if positive else _guessed(name, answers)
    if chosen not in answers:
        raise NoTarget(f"No row has “{chosen}” in “{name}”. It holds: {', '.join(answers[:8])}. Name one as positive.")
    yes = np.array([text == chosen for text in texts], dtype=bool)
    fewest = min(int(yes.sum()), int((known & ~yes).sum()))
    if fewest < 2:
        raise NoTarget(f"All rows but {fewest} say the same in “{name}”: there is nothing to tell apart.")
    others = Counter(str(text) for text in texts[known & ~yes])
    return Target(name, chosen, known, yes, dict(others.most_common()))


def _spelled_alike(texts: Texts) -> Texts:
    """`yes` and `YES`, `1` and `1.0` are the same answer, spelled as most of them are."""
    spellings = Counter(text for text in texts if text is not None)
    usual: dict[str, str] = {}
    for text, _rows in spellings.most_common():
        usual.setdefault(_plain(text), text)
    return np.array([None if text is None else usual[_plain(text)] for text in texts], dtype=object)


def _plain(text: str) -> str:
    try:
        return str(float(text))
    except ValueError:
        return " ".join(text.casefold().split())


def _meant(positive: str, answers: Sequence[str]) -> str:
    """The answer that is meant, however it is spelled; true and 1 are taken for each other."""
    alike = [answer for answer in answers if _plain(answer) == _plain(positive)]
    if alike or len(answers) != 2:
        return alike[0] if alike else positive
    for words in (_YES, _NO):
        meant = [answer for answer in answers if answer.casefold() in words]
        if positive.casefold() in words and len(meant) == 1:
            return meant[0]
    return positive


def _guessed(name: str, answers: Sequence[str]) -> str:
    if len(answers) == 1:
        raise NoTarget(f"All rows say “{answers[0]}” in “{name}”: there is nothing to tell apart.")
    if len(answers) != 2:
        raise NoTarget(
            f"“{name}” holds {len(answers)} different values ({', '.join(answers[:8])}); "
            "two are needed, or say which one is the positive."
        )
    meant = [answer for answer in answers if answer.casefold() in _YES]
    return meant[0] if len(meant) == 1 else answers[-1]
