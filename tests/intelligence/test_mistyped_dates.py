"""A date that lies far from all others is most likely mistyped."""

from datetime import date

import pytest

from rapport.intelligence.written import days_of, mistyped_days

MONTHS = [date(2019 + month // 12, 1 + month % 12, 1).isoformat() for month in range(60)]


@pytest.mark.parametrize("mistyped", [["2190-04-01"], ["1902-03-01"], ["1902-03-01", "2190-04-01"]])
def test_single_dates_beyond_a_long_gap_are_found(mistyped):
    far = mistyped_days(days_of([*MONTHS, *mistyped, ""]))

    assert far.tolist() == [False] * 60 + [True] * len(mistyped) + [False]


@pytest.mark.parametrize("others", [[], ["2025-12-01"], ["2018-02-01"], ["2190-04-01"] * 3])
def test_a_pause_or_several_alike_are_none(others):
    assert not mistyped_days(days_of([*MONTHS, *others])).any()
