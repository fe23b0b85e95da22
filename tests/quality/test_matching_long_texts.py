"""Rows of long texts are matched by their words, wherever these stand, and versions of one thing are left apart."""

import random
from itertools import combinations

import numpy as np
import pytest

from rapport.quality.matching.choosing import threshold_of_one_table
from rapport.quality.matching.rows import holds_long_texts, rows_of
from rapport.quality.matching.tables import Matches, Table, match_records

THINGS = ["drill", "saw", "lamp", "pump", "valve", "sander", "printer", "scanner", "kettle", "heater", "router"]
TRAITS = ["cordless", "heavy", "compact", "folding", "digital", "steel", "portable", "wireless", "silent", "deluxe"]
MAKERS = ["Barvano", "Culdibex", "Denzuly", "Forgorin", "Gimpano", "Holtibex"]

Columns = dict[str, list[str | None]]


def catalogue(*, count: int, seed: int) -> list[tuple[str, str, float]]:
    """Products, each in two versions that differ by a number alone."""
    dice = random.Random(seed)
    found = []
    for number in range(count // 2):
        title = " ".join((*dice.sample(TRAITS, 3), dice.choice(THINGS), f"x{number:03}"))
        maker, price = dice.choice(MAKERS), dice.randint(20, 900)
        found += [(f"{title} v{version}", maker, float(price + version)) for version in (1, 2)]
    return found


def shop(products: list[tuple[str, str, float]], *, seed: int) -> Columns:
    """The same products as another shop writes them: other words, words moved, the maker in the title."""
    dice = random.Random(seed)
    columns: Columns = {"title": [], "maker": [], "price": []}
    for title, maker, price in products:
        words = title.split()
        words.insert(dice.randrange(len(words)), dice.choice(("new", "original", "boxed")))
        moved = dice.random() < 0.5
        columns["title"].append(f"{maker} {' '.join(words)}" if moved else " ".join(words))
        columns["maker"].append(None if moved else maker)
        columns["price"].append(f"{price * 0.99:.2f}")
    return columns


@pytest.fixture(scope="module")
def left() -> list[tuple[str, str, float]]:
    return catalogue(count=160, seed=3)


@pytest.fixture(scope="module")
def found(left: list[tuple[str, str, float]]) -> Matches:
    own: Columns = {
        "Title": [title for title, _maker, _price in left],
        "Maker": [maker for _title, maker, _price in left],
        "Price": [f"{price:.2f}" for _title, _maker, price in left],
    }
    return match_records([Table("own.csv", own), Table("shop.csv", shop(left[:100], seed=4))])


def test_i4_counterparts_in_another_catalogue_are_found_and_versions_left_apart(found: Matches) -> None:
    pairs = {(one, other) for group in found.groups for one, other in combinations(group, 2)}
    right = {(row, 160 + row) for row in range(100)}
    assert len(pairs & right) >= 0.9 * len(right)
    assert len(pairs & right) >= 0.9 * len(pairs)


def test_headings_that_differ_in_capitals_only_are_one_column(found: Matches) -> None:
    assert set(found.columns) == {"Title", "Maker", "Price"}


def test_a_pair_tells_what_its_words_numbers_and_columns_added(found: Matches) -> None:
    fields = {part.field for part in found.pairs[0].fields}
    assert {"(words)", "(numbers)", "Title"} <= fields
    assert sum(part.weight for part in found.pairs[0].fields) > 0


def test_in_one_table_rows_that_stand_several_times_make_groups(left: list[tuple[str, str, float]]) -> None:
    several = left[::2]
    one, other = shop(several, seed=5), shop(several[:60], seed=6)
    both: Columns = {name: one[name] + other[name] for name in one}
    groups = match_records([Table("all.csv", both)]).groups
    right = {(row, 80 + row) for row in range(60)}
    pairs = {(first, second) for group in groups for first, second in combinations(group, 2)}
    assert len(pairs & right) >= 0.9 * len(right)
    assert len(pairs & right) >= 0.8 * len(pairs)


def test_names_and_codes_are_no_long_texts() -> None:
    people = rows_of(
        [{"name": ["Ann Bell", "Bo Carr"], "street": ["12 Mill Lane", "3 High Street"], "zip": ["1", "2"]}]
    )
    assert not holds_long_texts(people)


def test_the_threshold_of_one_table_is_where_pairs_contradict_each_other_least() -> None:
    triples = [(row, row + 1) for start in range(0, 60, 3) for row in (start, start + 1)]
    closing = [(start, start + 2) for start in range(0, 60, 3)]
    chain = [(row, row + 1) for row in range(2, 59, 3)]
    pairs = np.array([*triples, *closing, *chain])
    scores = np.array([2.0] * len(triples) + [1.5] * len(closing) + [0.5] * len(chain))
    assert 0.5 < threshold_of_one_table(pairs, scores, 60) <= 1.5


def test_tables_without_any_words_in_common_have_no_pairs() -> None:
    one: Columns = {"text": ["alpha beta gamma", "delta epsilon zeta"]}
    other: Columns = {"text": ["uno dos tres", None]}
    assert match_records([Table("one", one), Table("other", other)]).groups == []
