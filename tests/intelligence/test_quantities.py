"""An interval of a quantity counts cases that aren't settled yet for at least what they came to so far."""

import numpy as np
import pytest

from rapport.intelligence.outlooks.quantities import amount_at, as_if_settled, foreseen, learn_quantity
from rapport.intelligence.tabular.columns import Column, ColumnKind


def test_misses_stay_as_they_are_where_all_is_settled():
    missed = np.random.default_rng(1).normal(size=301)

    assert as_if_settled(missed, np.ones(301, dtype=bool)).tolist() == np.sort(missed).tolist()


def test_cases_not_settled_yet_move_the_upper_end_to_where_it_would_come_to_lie():
    rng = np.random.default_rng(2)
    truth, so_far = rng.normal(size=4_000), rng.normal(0.8, 1, 4_000)

    found = as_if_settled(np.minimum(truth, so_far), truth <= so_far)

    assert len(found) == 4_000
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(found, share) == pytest.approx(np.quantile(truth, share), abs=0.12)
    assert np.quantile(np.minimum(truth, so_far), 0.9) < np.quantile(truth, 0.9) - 0.3


def test_where_nothing_is_settled_the_largest_so_far_stands_for_all():
    assert as_if_settled(np.array([2.0, 1.0, 3.0]), np.zeros(3, dtype=bool)).tolist() == [3.0, 3.0, 3.0]


def test_the_interval_of_days_left_holds_though_a_quarter_is_still_open():
    rng = np.random.default_rng(3)
    cases, now = 4_000, 500.0
    kind, as_of = rng.integers(0, 3, cases), np.sort(rng.uniform(0, now, cases))
    days = np.exp(4 + 0.5 * kind + rng.normal(0, 0.8, cases))
    known = np.flatnonzero(np.arange(cases) % 4 > 0)
    later = np.flatnonzero(np.arange(cases) % 4 == 0)
    column = Column("kind", ColumnKind.CATEGORY, np.array([f"k{one}" for one in kind], dtype=object))
    left = np.minimum(days, now - as_of)[known]
    settled = (as_of + days <= now)[known]

    assert 0.6 < settled.mean() < 0.8
    found = learn_quantity([column.rows(known)], left, as_of[known] + left, as_of[known], settled=settled)

    expected = foreseen(found.kept, [column.rows(later)])
    ends = [np.array([amount_at(found.kept, one, share) for one in expected]) for share in (0.1, 0.9)]
    held = ((days[later] >= ends[0]) & (days[later] <= ends[1])).mean()
    wrongly = learn_quantity([column.rows(known)], left, as_of[known] + left, as_of[known])
    short = np.array([amount_at(wrongly.kept, one, 0.9) for one in foreseen(wrongly.kept, [column.rows(later)])])
    assert held > 0.7
    assert (days[later] <= ends[1]).mean() > (days[later] <= short).mean() + 0.05
