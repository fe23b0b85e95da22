"""Seeded errors of many kinds, put into a copy of a clean table."""

import random
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.quality.invented import Columns

Spoil = Callable[[str, random.Random, Sequence[str]], str]


@dataclass(frozen=True)
class Corrupted:
    """A table with errors and the clean one; they differ in the wrong cells only."""

    dirty: Columns
    clean: Columns


def corrupted(clean: Columns, *, share: float, dice: random.Random) -> Corrupted:
    """Spoil about a share of the cells; each column gets two or three kinds of error, drawn by chance."""
    dirty = {name: list(values) for name, values in clean.items()}
    for name, values in clean.items():
        if len(set(values)) < 2:
            continue
        kinds = dice.sample(KINDS, 3)
        rate = share * dice.choice([0, 0.5, 1, 1, 2])
        for row, value in enumerate(values):
            if value and dice.random() < rate:
                dirty[name][row] = dice.choice(kinds)(value, dice, values)
    return Corrupted(dirty, clean)


def sources_disagree(clean: Columns, *, by: str, columns: Sequence[str], dice: random.Random) -> Corrupted:
    """Each source has errors of its own: it is late, writes another format, or says nothing."""
    dirty = {name: list(values) for name, values in clean.items()}
    trust = {source: dice.choice([0.02, 0.1, 0.3, 0.5]) for source in sorted(set(clean[by]))}
    habit = {source: dice.choice([_said_nothing, _other_day, _drawn, _drawn]) for source in trust}
    for name in columns:
        for row, value in enumerate(clean[name]):
            source = clean[by][row]
            if dice.random() < trust[source]:
                dirty[name][row] = habit[source](value, dice, clean[name])
    return Corrupted(dirty, clean)


def _said_nothing(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del value, dice, column
    return ""


def _other_day(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del column
    return f"{dice.randint(1, 3)}/12/2024 {value}"


def _drawn(value: str, dice: random.Random, column: Sequence[str]) -> str:
    """A value of the column that belongs to another row."""
    del value
    return dice.choice(column)


def _typo(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del column
    if len(value) < 3:
        return value + dice.choice(string.ascii_lowercase)
    place = dice.randrange(1, len(value) - 1)
    return dice.choice(
        (
            value[:place] + value[place + 1 :],
            value[:place] + value[place] + value[place:],
            value[:place] + value[place + 1] + value[place] + value[place + 2 :],
            value[:place] + dice.choice(string.ascii_lowercase) + value[place + 1 :],
        )
    )


def _sign(value: str, dice: random.Random, column: Sequence[str]) -> str:
    """One sign in the place of a letter, wherever it stands."""
    del column
    return value.replace(dice.choice(value), dice.choice("x*?#-"))


def _missing_word(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del value, column
    return dice.choice(["N/A", "null", "-", "?", "unknown"])


def _case(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del column
    return dice.choice((value.upper(), value.lower(), value.swapcase()))


def _blanks(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del column
    return dice.choice((f" {value}", f"{value} ", value.replace(" ", "  ")))


def _unit(value: str, dice: random.Random, column: Sequence[str]) -> str:
    del column
    return dice.choice((f"{value}%", f"{value} units", f"${value}", f"~{value}"))


def _scale(value: str, dice: random.Random, column: Sequence[str]) -> str:
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return f"{value}000" if "." not in value else value.replace(".", "")
    return _typo(value, dice, column)


def _order(value: str, dice: random.Random, column: Sequence[str]) -> str:
    """Parts of a date, a number or a name in another order."""
    parts = re.split(r"([/\-,. ])", value)
    if len(parts) < 3 or parts[0] == parts[-1]:
        return _typo(value, dice, column)
    return "".join(reversed(parts))


def _mojibake(value: str, dice: random.Random, column: Sequence[str]) -> str:
    broken = value.encode().decode("latin-1")
    return broken if broken != value else _typo(value, dice, column)


KINDS: Sequence[Spoil] = (
    *(_said_nothing, _drawn, _typo, _typo, _sign, _missing_word, _case, _blanks, _unit, _scale, _order, _mojibake),
)
