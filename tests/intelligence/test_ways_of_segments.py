"""Segments: which way of grouping is taken, and that nothing is where nothing groups."""

import numpy as np

from rapport.intelligence.outlooks.clusters import _taken, compare, explained, explained_by
from rapport.intelligence.outlooks.grouping import FAMILIES, Grouping


def test_planted_groups_are_found_by_the_simplest_way_and_tell_what_came() -> None:
    dice = np.random.default_rng(1)
    group = dice.integers(0, 3, 400)
    figures = dice.normal(0, 0.3, (400, 5)) + 3 * np.eye(3, 5)[group]
    both = compare(figures)

    assert both.taken is not None
    assert (both.taken.name, both.taken.k) == ("k-means, k = 3", 3)
    assert {one.family for one in both.tried} == set(FAMILIES)
    assert [one.k for one in both.tried if one.family == "k-means"] == [2, 3, 4, 5, 6]
    right = next(one for one in both.tried if one.name == "k-means, k = 3")
    assert explained_by(right, figures, group * 10.0) > 0.95
    assert explained_by(right, figures, dice.normal(size=400)) < 0.05


def test_another_way_is_taken_where_it_is_more_stable_beyond_noise() -> None:
    unstable, mixture = (
        Grouping("k-means", 3, 0.75, 0.02, 0.2, 0.1),
        Grouping("Gaussian mixture", 2, 0.97, 0.01, 0.3, 0.1),
    )
    near = Grouping("Ward", 3, 0.77, 0.02, 0.2, 0.1)

    assert _taken([unstable, near]) == unstable
    assert _taken([unstable, near, mixture]) == mixture
    assert _taken([]) is None


def test_in_one_cloud_other_ways_find_no_more_than_the_simplest() -> None:
    for seed in range(3):
        taken = compare(np.random.default_rng(seed).normal(size=(300, 5))).taken
        assert taken is None or taken.name.startswith("k-means")


def test_of_what_came_by_chance_segments_tell_no_more_than_those_dealt_out() -> None:
    dice = np.random.default_rng(2)
    codes = dice.integers(0, 4, 300)
    found = [explained(codes, dice.normal(size=300), seed=seed) for seed in range(20)]

    assert sum(share > by_chance for share, by_chance in found) <= 3
