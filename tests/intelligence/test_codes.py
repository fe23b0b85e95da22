"""Which whole numbers are codes, to be told by their own answers, and which are amounts."""

import numpy as np
import pytest

from rapport.intelligence.tabular.codes import are_codes
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans


@pytest.mark.parametrize("usual", [0.02, 0.3])
def test_ages_and_counts_are_no_codes_whether_they_tell_much_or_nothing(usual: float) -> None:
    dice = np.random.default_rng(1)
    ages = dice.integers(18, 80, 6_000).astype(np.float64)
    steep = usual * 2 / (1 + np.exp((50 - ages) / 8))

    assert not are_codes(ages, _drawn(np.full(6_000, usual), dice))
    assert not are_codes(ages, _drawn(steep, dice))
    assert not are_codes(dice.poisson(20, 6_000).astype(np.float64), _drawn(steep, dice))


def test_numbers_whose_neighbours_differ_are_codes_also_with_gaps() -> None:
    dice = np.random.default_rng(2)
    codes = dice.integers(100, 250, 6_000).astype(np.float64)
    share = dice.beta(2, 4, 150)[codes.astype(int) - 100]
    yes = _drawn(share, dice)
    codes[::10] = np.nan

    assert are_codes(codes, yes)


def test_few_values_parts_and_values_of_a_row_each_are_no_codes() -> None:
    dice = np.random.default_rng(3)
    few = dice.integers(0, 10, 2_000).astype(np.float64)
    yes = _drawn(np.array([0.1, 0.9])[few.astype(int) % 2], dice)

    assert not are_codes(few, yes)
    assert not are_codes(few * 7 + dice.random(2_000), yes)
    assert not are_codes(np.arange(2_000, dtype=np.float64), yes)


def _drawn(share: Floats, dice: np.random.Generator) -> Booleans:
    return dice.random(len(share)) < share
