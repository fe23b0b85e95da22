"""Promised chances come true: on average always, and at both ends where there is enough to tell."""

import numpy as np
import pytest

from rapport.intelligence.tabular import columns_of, train
from rapport.intelligence.tabular.calibration import Foretold, calibration_in_time, calibration_of
from rapport.intelligence.tabular.candidates.candidate import chance_of
from rapport.intelligence.tabular.levels import level_to_come
from tests.intelligence.tables import leads


def answers(odds):
    return np.random.default_rng(1).random(len(odds)) < chance_of(odds)


def test_as_many_are_promised_as_came():
    odds = np.random.default_rng(2).normal(0, 1, 4_000)
    yes = answers(odds + 0.02)

    line = calibration_of(odds, yes, np.ones(len(odds)))

    assert line.slope == 1
    assert line.chance(odds).mean() == pytest.approx(yes.mean(), abs=1e-6)


def test_what_is_too_sure_is_drawn_in():
    odds = np.random.default_rng(2).normal(0, 2, 4_000)

    line = calibration_of(odds, answers(odds / 2), np.ones(len(odds)))

    assert line.slope == pytest.approx(0.5, abs=0.08)


def test_the_newest_cases_count_most():
    table, yes = leads(3_000, signal=0.5)
    late = np.arange(3_000) >= 2_000
    yes = yes & (late | (np.random.default_rng(3).random(3_000) < 0.4))
    columns = [column for column in columns_of(table) if column.name != "Lead"]
    names = ("logistic_regression",)

    newest, older = yes[late].mean(), yes[~late].mean()
    promised = train(columns, yes, in_time_order=True, names=names).chance(columns).mean()

    assert abs(promised - newest) < abs(promised - older)


def test_what_came_of_late_is_added_only_where_it_lasts():
    rng = np.random.default_rng(6)
    odds = rng.normal(-1, 1, 6_000)
    drifting = np.linspace(-1, 1, 6_000)
    weights = np.ones(6_000)

    lasting = level_to_come(odds, rng.random(6_000) < chance_of(odds + drifting), weights)
    passing = level_to_come(odds, rng.random(6_000) < chance_of(odds + rng.choice([-0.5, 0.5], 6_000)), weights)

    assert lasting > 0.5
    assert abs(passing) < 0.15


def test_a_ranking_that_faded_promises_less_but_still_ranks():
    rng = np.random.default_rng(6)
    odds = rng.normal(0, 1.5, 2_000)
    yes = rng.random(2_000) < chance_of(odds)
    later = rng.normal(0, 1.5, 2_000)
    faded = Foretold(later, rng.random(2_000) < chance_of(0.2 * later))
    as_good = Foretold(later, rng.random(2_000) < chance_of(later))

    drawn_in, held = (calibration_in_time(odds, yes, np.ones(2_000), one) for one in (faded, as_good))

    assert 0 < drawn_in.slope < 0.4
    assert held.slope == pytest.approx(1, abs=0.1)
