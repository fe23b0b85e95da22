"""Intervals of forecasts hold as often as they promise, as far as earlier origins tell."""

import numpy as np

from rapport.intelligence.series.following import followed
from rapport.intelligence.series.intervals import Made, spread_of


def test_few_errors_make_wider_intervals_than_many():
    rng = np.random.default_rng(1)
    came = rng.normal(0, 1, (40, 6))

    few, many = (spread_of([Made(6, np.zeros((rows, 6)), came[:rows])]) for rows in (1, 40))

    assert few is not None
    assert many is not None
    assert few.reach[95].max() > many.reach[95].max()


def test_the_reach_of_intervals_never_shrinks_with_the_step():
    rng = np.random.default_rng(1)
    came = rng.normal(0, 1, (40, 6)) * np.arange(1, 7)

    spread = spread_of([Made(6, np.zeros((40, 6)), came)])

    assert spread is not None
    assert (np.diff(spread.reach[80]) >= 0).all()
    low, high = spread.around(np.zeros((40, 6)), 80)
    assert 0.75 < ((came >= low) & (came <= high)).mean() < 0.9


def test_a_few_errors_of_like_size_do_not_make_the_widest_interval_as_narrow_as_the_others():
    came = np.where(np.arange(6) % 2, 1.0, -1.0)[None, :]

    spread = spread_of([Made(origin, np.zeros((1, 6)), came) for origin in (18, 12, 6)])

    assert spread is not None
    assert (spread.reach[95] >= 1.96 / 1.2816 * spread.reach[80]).all()


def test_intervals_of_a_single_series_hold_what_they_promise_though_errors_move_together():
    chance = np.random.default_rng(4)
    held: dict[int, list[float]] = {80: [], 95: []}
    for _time in range(100):
        came = chance.standard_t(5, (6, 1)) + 0.7 * chance.standard_t(5, (6, 6))
        made = [Made(6 * origin, np.zeros((1, 6)), came[[origin]]) for origin in range(5, 0, -1)]
        spread = followed(made)
        assert spread is not None
        for level, inside in held.items():
            low, high = spread.around(np.zeros((1, 6)), level)
            inside.append(float(((came[0] >= low) & (came[0] <= high)).mean()))

    assert 0.77 < np.mean(held[80]) < 0.87
    assert np.mean(held[95]) > 0.93


def test_intervals_of_several_series_hold_what_they_promise_though_some_times_all_are_farther_off():
    chance = np.random.default_rng(5)
    held: dict[int, list[float]] = {80: [], 95: []}
    for _time in range(100):
        together = np.exp(0.4 * chance.normal(0, 1, (7, 1, 1)))
        came = together * (0.7 * chance.normal(0, 1, (7, 1, 1)) + chance.normal(0, 1, (7, 8, 6)))
        made = [Made(6 * origin, np.zeros((8, 6)), came[origin]) for origin in range(6, 0, -1)]
        spread = followed(made)
        assert spread is not None
        for level, inside in held.items():
            low, high = spread.around(np.zeros((8, 6)), level)
            inside.append(float(((came[0] >= low) & (came[0] <= high)).mean()))

    assert 0.77 < np.mean(held[80]) < 0.83
    assert 0.93 < np.mean(held[95]) < 0.98


def test_an_origin_far_off_widens_intervals_of_several_series_until_calm_ones_follow():
    errors = np.random.default_rng(6).normal(0, 1, (8, 6))

    def moved(*far: float) -> float:
        made = [Made(6 * place, np.zeros((8, 6)), times * errors) for place, times in enumerate(far, start=1)]
        wider, alone = followed(made[::-1]), spread_of(made[::-1])
        assert wider is not None
        assert alone is not None
        return float((wider.reach[80] / alone.reach[80]).mean())

    assert moved(1, 1, 3) > 1.1
    assert moved(1, 1, 3) > moved(1, 1, 3, 1) > moved(1, 1, 3, 1, 1)
    assert moved(1, 1, 1) < 1
