"""Series of which little is known: nothing is warned of, and means are those of what is known."""

from warnings import catch_warnings, simplefilter

import numpy as np

from rapport.intelligence.series.candidates import all_forecasts
from rapport.intelligence.series.known import deviation_of_known, mean_of_known, median_of_known


def test_series_of_which_hardly_anything_is_known_are_foreseen_without_a_warning():
    values = np.full((8, 60), np.nan)
    values[:, -3:] = 5.0
    values[0, :] = np.arange(60) + 1.0
    values[1, ::7] = 2.0
    with catch_warnings(record=True) as warned:
        simplefilter("always")
        found = all_forecasts(values, 12, 6)
    assert [str(one.message) for one in warned] == []
    assert all(np.isfinite(ahead).all() for ahead in found.values())


def test_means_of_what_is_known_are_those_of_numpy():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(30, 40))
    values[rng.random(values.shape) < 0.4] = np.nan
    assert np.array_equal(mean_of_known(values), np.nanmean(values, axis=1))
    assert np.array_equal(deviation_of_known(values), np.nanstd(values, axis=1))
    assert median_of_known(values[:, 0]) == np.nanmedian(values[:, 0])
    empty = np.full((2, 3), np.nan)
    assert np.isnan([*mean_of_known(empty), *deviation_of_known(empty), median_of_known(empty[0])]).all()
