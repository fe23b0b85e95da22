"""Comparing what lately came with what was learned from, night after night, without crying wolf.

A column has shifted where both hold: a chi-squared test of the two samples that is beyond noise though it is done for
every column on every night of a quarter (Bonferroni, one false alarm in twenty quarters at most), and a population
stability index that matters, less what as many cases would show by chance (Yurdakul and Naranjo, Journal of Risk Model
Validation 14(4), 2020).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans

FEWEST = 100
"""Fewer recent cases are not looked at."""
MATTERS = 0.1
NIGHTS = 91
_LEVEL = 0.05
_TENTHS = 10
_MOST_WORDS = 9
_FEWEST_EXPECTED = 5
_HALF = 0.5
_FEWEST_ENDED = 30
_POINTS = 0.05


@dataclass(frozen=True)
class Shift:
    """How far a column moved: its index less what chance would show, and how rarely chance shows as much."""

    psi: float
    p_value: float
    cases: int

    def is_alarming(self, columns: int) -> bool:
        """Whether it matters and is beyond noise, given how many columns are looked at each night."""
        return self.psi >= MATTERS and self.p_value <= level_of(columns)


@dataclass(frozen=True)
class Kept:
    """Whether chances come true: what was promised and what came of cases that ended since it was learned."""

    promised: float
    came: float
    p_value: float
    cases: int

    def is_alarming(self, columns: int) -> bool:
        """Whether they are five points apart or more, beyond noise."""
        return abs(self.came - self.promised) >= _POINTS and self.p_value <= level_of(columns)


def level_of(columns: int) -> float:
    """The p-value that counts where so many columns are looked at every night of a quarter."""
    return _LEVEL / (NIGHTS * max(columns, 1))


def shift_of(before: Column, lately: Column) -> Shift:
    """How far a column moved from one sample to another."""
    return shift_between(*counts_of(before, lately))


def counts_of(before: Column, lately: Column) -> tuple[Floats, Floats]:
    """Both samples counted in the same bins: tenths of the first or its commonest words, all others, and missing."""
    if before.numbers is not None and lately.numbers is not None:
        places = [_tenths(before.numbers, numbers) for numbers in (before.numbers, lately.numbers)]
    else:
        places = [_words(before, texts) for texts in (before.texts.tolist(), lately.texts.tolist())]
    width = 1 + max((int(each.max()) for each in places if len(each)), default=0)
    one, two = (np.bincount(each, minlength=width).astype(np.float64) for each in places)
    return one, two


def _tenths(learned: Floats, numbers: Floats) -> NDArray[np.intp]:
    given = learned[~np.isnan(learned)]
    borders = np.unique(np.quantile(given, np.linspace(0, 1, _TENTHS + 1)[1:-1])) if len(given) else np.empty(0)
    place = np.searchsorted(borders, np.nan_to_num(numbers), side="left")
    return np.where(np.isnan(numbers), len(borders) + 1, place)


def _words(before: Column, texts: list[str | None]) -> NDArray[np.intp]:
    words, counts = np.unique(["" if text is None else str(text) for text in before.texts], return_counts=True)
    common = words[np.argsort(-counts, kind="stable")][:_MOST_WORDS].tolist()
    place = {word: number for number, word in enumerate(common)}
    return np.array([place.get("" if text is None else str(text), len(common)) for text in texts], dtype=np.intp)


def shift_between(before: Floats, lately: Floats) -> Shift:
    """How far counts moved; bins with too few expected are taken together."""
    one, two = _merged(before, lately)
    cases = int(two.sum())
    if len(one) < 2 or not cases or not one.sum():
        return Shift(0.0, 1.0, cases)
    ratio = np.sqrt(two.sum() / one.sum())
    statistic = float((((ratio * one - two / ratio) ** 2) / (one + two)).sum())
    share, now = ((each + _HALF) / (each.sum() + _HALF * len(each)) for each in (one, two))
    index = float(((now - share) * np.log(now / share)).sum())
    by_chance = (len(one) - 1) * (1 / one.sum() + 1 / two.sum())
    return Shift(max(0.0, index - by_chance), float(chi2.sf(statistic, len(one) - 1)), cases)


def _merged(before: Floats, lately: Floats) -> tuple[Floats, Floats]:
    together = before + lately
    least = min(before.sum(), lately.sum()) / max(together.sum(), 1)
    small = together * least < _FEWEST_EXPECTED
    one, two = (np.append(each[~small], each[small].sum()) for each in (before, lately))
    filled = one + two > 0
    return one[filled], two[filled]


def kept_of(yes: Booleans, chance: Floats) -> Kept | None:
    """Whether chances came true; nothing where hardly any case has ended."""
    if len(yes) < _FEWEST_ENDED:
        return None
    spread = float(np.sqrt((chance * (1 - chance)).sum()))
    off = abs(float(yes.sum() - chance.sum())) / max(spread, 1e-9)
    return Kept(float(chance.mean()), float(yes.mean()), float(2 * norm.sf(off)), len(yes))
