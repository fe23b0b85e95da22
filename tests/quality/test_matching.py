"""Rows that stand for the same thing are found without labels, explained, and strangers are left apart."""

import csv
import json
import random
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cli.commands.match import COMMAND
from rapport.quality.matching.columns import columns_of
from rapport.quality.matching.grouping import groups_of
from rapport.quality.matching.pairs import Pair
from rapport.quality.matching.tables import Matches, NothingToCompare, Table, match_records
from tests.quality.people import people

Rows = list[tuple[int, dict[str, str]]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return people(400, doubled=0.4, seed=7)


@pytest.fixture(scope="module")
def found(rows: Rows) -> Matches:
    return match_records([as_table(rows)])


def as_table(rows: Rows) -> Table:
    return Table("people.csv", {name: [row[name] for _person, row in rows] for name in rows[0][1]})


def quality_of(groups: Sequence[Sequence[int]], rows: Rows) -> tuple[float, float]:
    """Precision and recall of pairs."""
    found = {pair for group in groups for pair in combinations(group, 2)}
    true = {(one, other) for one, other in combinations(range(len(rows)), 2) if rows[one][0] == rows[other][0]}
    return len(found & true) / len(found), len(found & true) / len(true)


def test_q4_people_who_stand_twice_with_slips_are_found(rows: Rows, found: Matches) -> None:
    precision, recall = quality_of(found.groups, rows)
    assert precision > 0.98
    assert recall > 0.95


def test_a_pair_tells_which_fields_spoke_for_and_against_it(rows: Rows, found: Matches) -> None:
    pair = found.pairs[0]
    left, right = rows[pair.left][1], rows[pair.right][1]
    for part in pair.fields:
        if part.weight < 0:
            assert left[part.field] != right[part.field]
        if left[part.field] == right[part.field] != "":
            assert part.weight > 0


@pytest.mark.slow
def test_the_same_table_gives_the_same_answer(rows: Rows, found: Matches) -> None:
    assert match_records([as_table(rows)]) == found


@pytest.mark.slow
def test_of_two_tables_only_pairs_between_them_are_found(rows: Rows) -> None:
    half = len(rows) // 2
    found = match_records([as_table(rows[:half]), as_table(rows[half:])])
    assert found.groups
    assert all(pair.left < half <= pair.right for pair in found.pairs)


def test_where_nothing_can_be_compared_it_says_so() -> None:
    with pytest.raises(NothingToCompare, match="No column can be compared"):
        match_records([Table("empty.csv", {"id": ["1", "2", "3"], "country": ["PT", "PT", "PT"]})])


def test_a_chain_of_weak_pairs_makes_no_heap() -> None:
    chain = [Pair(row, row + 1, 0.6, 0.6, ()) for row in range(9)]
    assert all(len(group) == 2 for group in groups_of(10, chain))


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-20, 20)), max_size=40))
def test_every_row_is_in_one_group_at_most(weights: list[tuple[int, int, float]]) -> None:
    pairs = {(min(a, b), max(a, b)): weight for a, b, weight in weights if a != b}
    groups = groups_of(12, [Pair(a, b, 0.5, weight, ()) for (a, b), weight in pairs.items()])
    members = [row for group in groups for row in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)


@pytest.mark.slow
def test_the_command_names_lines_and_reasons(rows: Rows, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0][1]))
        writer.writeheader()
        writer.writerows(row for _person, row in rows)
    told = run_command([str(path), "--json"], capsys)
    assert told["rows"] == len(rows)
    pair = told["pairs"][0]
    assert pair["left"]["line"] == pair["left"]["row"] + 1
    reason = pair["reasons"][0]
    assert reason["left"] == rows[pair["left"]["row"] - 1][1][reason["field"]]


def run_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    parser = ArgumentParser()
    COMMAND.arguments(parser)
    assert COMMAND.run(parser.parse_args(arguments)) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_a_single_column_can_be_compared() -> None:
    names = [f"{first} {last}" for first in ("Anna", "Carl", "Emil", "Ines") for last in ("Berg", "Roth", "Funk")]
    found = match_records([Table("one", {"name": [*names, "Anna Berg"]})])
    assert [(pair.left, pair.right) for pair in found.pairs] in ([], [(0, 12)])
    assert found.columns == {"name": "text"}


def test_of_a_very_wide_table_the_most_telling_columns_are_compared() -> None:
    wide = {f"c{number}": [str((row * number) % (number + 2)) for row in range(60)] for number in range(300)}
    assert len(columns_of(wide)) <= 40


def test_columns_that_tell_each_other_make_no_duplicates_of_strangers() -> None:
    dice = random.Random(2)
    towns = {"München": "80331", "Köln": "50667", "Hamburg": "20095", "Berlin": "10115"}
    where = [dice.choice(list(towns)) for _row in range(180)]
    firsts = ("José", "Ana", "Łukasz", "Zoë", "Dmitri", "Siân", "Otto", "Ines", "Paul", "Mila")
    lasts = ("García", "Kowalski", "Davies", "Berg", "Roth", "Funk", "Voss", "Lund", "Dorn")
    columns: dict[str, list[str | None]] = {
        "first": [dice.choice(firsts) for _row in where],
        "last": [dice.choice(lasts) for _row in where],
        "town": list(where),
        "code": [towns[town] for town in where],
        "amount": [str(dice.randint(10, 9999)) if dice.random() < 0.95 else "extra" for _row in where],
    }
    assert match_records([Table("one", columns)]).groups == []


def test_a_table_of_chance_has_no_duplicates() -> None:
    dice = random.Random(3)
    columns = {f"c{place}": [str(dice.randint(0, 9)) for _row in range(100)] for place in range(60)}
    assert match_records([Table("one", columns)]).groups == []


def test_company_names_in_a_single_column_are_matched_by_their_words() -> None:
    trades = ("Foods", "Steel", "Motors", "Energy")
    starts, ends = ("Barv", "Culd", "Denz", "Forg", "Gimp", "Holt", "Jask", "Kelm"), ("ano", "ibex", "uly", "orin")
    names = [
        f"{start}{end} {trades[(len(start + end) + place) % 4]} Ltd"
        for start in starts
        for place, end in enumerate(ends)
    ]
    written = [*names, names[0].upper(), names[5].removesuffix(" Ltd"), names[9].replace("Ltd", "Limited")]
    found = match_records([Table("companies.csv", {"name": written})])
    assert [list(group) for group in found.groups] == [[0, 32], [5, 33], [9, 34]]
