"""Leaks of several shapes, planted into an honest table, are all found; strong honest columns are not taken for one."""

import numpy as np
import pytest

from rapport.intelligence.tabular import columns_of
from rapport.intelligence.tabular.leakage import suspected_leakage
from tests.intelligence.tables import leads

_YES_DAY, _NO_DAY = "2026-03-28", "2026-03-02"


def planted(shape, yes, rng):
    """A column of one shape of leak, as texts."""
    rows = len(yes)
    drawn = rng.random(rows)
    some = rng.integers(1, 400, rows)
    shapes = {
        "a copy with every twentieth turned round": np.where(drawn < 0.05, ~yes, yes).astype(int),
        "a copy with noise": np.round(yes + rng.normal(0, 0.35, rows), 3),
        "filled for most of those who said yes": np.where(yes & (drawn < 0.6), some, ""),
        "hardly filled for those who said no": np.where(drawn < np.where(yes, 0.95, 0.12), some, ""),
        "numbered when it was done": np.argsort(np.argsort(np.where(yes, rows, 0) + drawn * rows * 0.9)),
        "left at nought for those who said yes": np.where(yes & (drawn < 0.9), 0, some),
        "a kind that only they get": np.where(yes & (drawn < 0.5), "signed", rng.choice(["open", "met", "sent"], rows)),
        "the day of the last word": np.where(yes ^ (drawn < 0.03), _YES_DAY, _NO_DAY),
    }
    return [str(value) or None for value in shapes[shape].tolist()]


SHAPES = (
    "a copy with every twentieth turned round",
    "a copy with noise",
    "filled for most of those who said yes",
    "hardly filled for those who said no",
    "numbered when it was done",
    "left at nought for those who said yes",
    "a kind that only they get",
    "the day of the last word",
)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_planted_leak_is_found_alone_and_beside_another(shape):
    table, yes = leads(2_000, seed=7)
    rng = np.random.default_rng(8)
    table["Planted"] = planted(shape, yes, rng)

    assert [one.column for one in suspected_leakage(columns_of(table), yes)] == ["Planted"]

    table["Beside"] = planted(SHAPES[0], yes, rng)
    assert {one.column for one in suspected_leakage(columns_of(table), yes)} == {"Planted", "Beside"}


def test_a_noisy_copy_is_found_beside_however_many_that_are_filled_only_after_a_yes():
    table, yes = leads(2_000, seed=7)
    rng = np.random.default_rng(8)
    table["Copy"] = planted(SHAPES[0], yes, rng)
    filled = ("Signature", "Invoice", "Delivery")
    table |= {name: ["x" if one else None for one in yes] for name in filled}

    assert {one.column for one in suspected_leakage(columns_of(table), yes)} == {"Copy", *filled}


@pytest.mark.parametrize("seed", range(5))
def test_honest_strong_columns_stay(seed):
    rng = np.random.default_rng(seed)
    rows = 2_000
    budget, fit, branch = rng.normal(0, 1, (3, rows))
    yes = rng.random(rows) < 1 / (1 + np.exp(-(2.5 * budget + 1.5 * fit - 0.5)))
    table = {
        "Budget": [f"{50 + 20 * one:.1f}" for one in budget],
        "Fit": [str(int(5 + 2 * one)) for one in fit],
        "Asked back": ["yes" if one else "no" for one in rng.random(rows) < np.where(yes, 0.9, 0.25)],
        "Employees": [
            str(int(one)) if rng.random() < 0.7 + 0.25 * answer else None
            for one, answer in zip(np.exp(branch + 4), yes, strict=True)
        ],
    }

    assert suspected_leakage(columns_of(table), yes) == ()


def rates_of_groups(yes, group, *, itself=True, smoothed=0.0):
    """How often each row's group said yes, with the row itself or without it."""
    rows, positives = np.bincount(group), np.bincount(group, weights=yes)
    less, one = (0, 0) if itself else (yes.astype(float), 1)
    return (positives[group] - less + smoothed * yes.mean()) / (rows[group] - one + smoothed + 1e-9)


@pytest.mark.parametrize(("itself", "smoothed"), [(True, 0.0), (True, 8.0), (False, 0.0), (False, 8.0)])
def test_a_column_made_of_the_answers_of_small_groups_is_found(itself, smoothed):
    table, yes = leads(2_000, seed=7)
    group = np.random.default_rng(3).integers(0, 250, len(yes))
    rates = rates_of_groups(yes, group, itself=itself, smoothed=smoothed)
    table |= {"Town": [f"T{number}" for number in group], "Town score": [f"{rate:.6f}" for rate in rates]}

    assert [one.column for one in suspected_leakage(columns_of(table), yes)] == ["Town score"]


@pytest.mark.parametrize("seed", range(3))
def test_an_honest_property_of_small_groups_stays(seed):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 250, 2_000)
    wealth = rng.normal(0, 1.5, 250)
    yes = rng.random(2_000) < 1 / (1 + np.exp(-wealth[group]))
    table = {"Town": [f"T{number}" for number in group], "Wealth": [f"{wealth[number]:.3f}" for number in group]}

    assert suspected_leakage(columns_of(table), yes) == ()


@pytest.mark.parametrize("seed", range(3))
def test_one_measure_that_honestly_tells_nearly_all_stays(seed):
    rng = np.random.default_rng(seed)
    balance, income = rng.normal(0, 1, (2, 3_000))
    yes = rng.random(3_000) < 1 / (1 + np.exp(-(4 * balance - 5)))
    table = {"Balance": [f"{one:.3f}" for one in balance], "Income": [f"{one:.3f}" for one in income]}

    assert suspected_leakage(columns_of(table), yes) == ()
