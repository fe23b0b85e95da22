"""Errors of any table are found cell by cell, explained, and corrected only where there is little doubt."""

import csv
import io
import json
import random
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.quality.corruption import Corrupted, corrupted, sources_disagree
from benchmarks.quality.invented import customers, departures, publications, taxpayers
from rapport.cli.commands.profile import COMMAND
from rapport.cli.tables import read_table
from rapport.quality.profiling import Finding, UselessLabels, profile, rows_worth_correcting


@pytest.fixture(scope="module")
def spoilt() -> Corrupted:
    dice = random.Random(11)
    return corrupted(publications(dice), share=0.04, dice=dice)


def quality_of(findings: Sequence[Finding], table: Corrupted) -> tuple[float, float]:
    """Precision and recall of the suspected cells."""
    found = {(finding.row, finding.column) for finding in findings}
    pairs = {name: zip(table.dirty[name], table.clean[name], strict=True) for name in table.clean}
    wrong = {(row, name) for name, cells in pairs.items() for row, (is_, was) in enumerate(cells) if is_ != was}
    return len(found & wrong) / len(found), len(found & wrong) / len(wrong)


def repeated(rows: Sequence[Sequence[str]], names: Sequence[str], *, times: int = 1) -> dict[str, list[str]]:
    return {name: [row[place] for row in rows] * times for place, name in enumerate(names)}


def about(findings: Sequence[Finding], row: int, column: str) -> Finding:
    return next(finding for finding in findings if (finding.row, finding.column) == (row, column))


def test_q2_errors_of_many_kinds_are_found_without_rules(spoilt: Corrupted) -> None:
    precision, recall = quality_of(profile(spoilt.dirty).findings, spoilt)
    assert precision > 0.9
    assert recall > 0.6


def test_safe_proposals_are_right() -> None:
    safe = 0
    for seed, made in enumerate((taxpayers, customers, publications)):
        dice = random.Random(seed)
        table = corrupted(made(dice), share=0.04, dice=dice)
        for finding in profile(table.dirty).findings:
            if finding.is_safe:
                safe += 1
                assert finding.proposal == table.clean[finding.column][finding.row]
    assert safe > 50


def test_what_most_sources_say_is_proposed_where_one_says_otherwise() -> None:
    dice = random.Random(4)
    table = sources_disagree(departures(dice), by="site", columns=["planned_start", "real_end"], dice=dice)
    found = profile(table.dirty)
    precision, recall = quality_of(found.findings, table)
    assert precision > 0.95
    assert recall > 0.9
    proposed = [finding for finding in found.findings if finding.proposal is not None]
    right = sum(finding.proposal == table.clean[finding.column][finding.row] for finding in proposed)
    assert right > 0.95 * len(proposed) > 100


def test_a_column_that_tells_another_is_found_and_its_violation_mended() -> None:
    rows = [("35001", "Lyon", "FR"), ("10115", "Berlin", "DE"), ("4000", "Porto", "PT"), ("1100", "Lisboa", "PT")]
    table = repeated(rows, ("code", "city", "country"), times=12)
    table["country"][5] = "PT"
    found = profile(table)
    assert ("city", "country") in {(one.left, one.right) for one in found.dependencies}
    finding = about(found.findings, 5, "country")
    assert finding.proposal == "DE"
    assert "Berlin" in finding.reason or "10115" in finding.reason


@pytest.mark.parametrize(
    ("usual", "odd", "proposal"),
    [
        (["Manufacturing", "Healthcare", "Construction"], "Manufactruing", "Manufacturing"),
        (["Porto", "Lisboa", "Braga", "Évora"], "Ã‰vora", "Évora"),
        (["Porto", "Lisboa", "Braga"], " Lisboa", "Lisboa"),
        (["Porto", "Lisboa", "Braga"], "LISBOA", "Lisboa"),
        (["acute care", "long term care"], "acutexcare", "acute care"),
    ],
)
def test_a_rare_spelling_of_a_usual_value_is_mended(usual: list[str], odd: str, proposal: str) -> None:
    table = {"value": usual * 20, "other": [str(number % 7) for number in range(20 * len(usual))]}
    table["value"][3] = odd
    assert about(profile(table).findings, 3, "value").proposal == proposal


def test_units_among_bare_numbers_and_impossible_days_are_found() -> None:
    dice = random.Random(3)
    table = {
        "share": [f"0.{dice.randint(10, 99)}" for _row in range(90)] + ["0.25%"] * 6,
        "day": [f"2024-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}" for _row in range(95)] + ["2024-02-30"],
    }
    found = profile(table).findings
    assert about(found, 92, "share").proposal == "0.25"
    assert "no such day" in about(found, 95, "day").reason


def test_honest_variety_is_left_alone() -> None:
    names = ["O'Neil & Sons", "Märzen GmbH", "3M", "Ibex Tools", "SUMMIT", "Two Rivers (Leeds) Ltd", "dana lux"]
    table = {"name": [f"{name} {number}" for number, name in enumerate(names * 20)], "yes": ["No", "Yes"] * 70}
    assert profile(table).findings == []


@pytest.mark.slow
def test_corrected_rows_teach_what_the_signs_miss(spoilt: Corrupted) -> None:
    rows = rows_worth_correcting(spoilt.dirty, 20)
    labelled = {name: [values[row] for row in rows] for name, values in spoilt.clean.items()}
    found = profile(spoilt.dirty, labelled={"row": [str(row + 1) for row in rows], **labelled}).findings
    plain, learnt = (quality_of(findings, spoilt) for findings in (profile(spoilt.dirty).findings, found))
    assert harmonic(*learnt) > harmonic(*plain) - 0.02
    marked = [finding for finding in found if finding.row in rows]
    assert all(finding.proposal == spoilt.clean[finding.column][finding.row] for finding in marked)


@pytest.mark.slow
def test_corrected_rows_without_numbers_are_found_again_by_what_they_share(spoilt: Corrupted) -> None:
    rows = rows_worth_correcting(spoilt.dirty, 5)
    labelled = {name: [values[row] for row in rows] for name, values in spoilt.clean.items()}
    numbered = {"row": [str(row + 1) for row in rows], **labelled}
    assert profile(spoilt.dirty, labelled=labelled) == profile(spoilt.dirty, labelled=numbered)


@pytest.mark.parametrize(
    "labelled",
    [{"colour": ["red"]}, *({"row": [row], "title": ["x"]} for row in ("0", "many", "²")), {"title": ["no such"]}],
)
def test_rows_of_another_table_are_no_labels(spoilt: Corrupted, labelled: dict[str, list[str]]) -> None:
    with pytest.raises(UselessLabels, match="row"):
        profile(spoilt.dirty, labelled=labelled)


@pytest.mark.parametrize(
    "table",
    [{}, {"a": []}, {"a": ["1"]}, {"a": [None] * 60, "b": ["x"] * 60}, {"a": ["1e400", "²", "٣", "\x00"] * 20}],
)
def test_any_table_can_be_looked_at(table: dict[str, list[str | None]]) -> None:
    assert profile(table).rows == len(next(iter(table.values()), []))


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


def options(*arguments: str) -> Namespace:
    parser = ArgumentParser()
    COMMAND.arguments(parser)
    return parser.parse_args(arguments)


def written(path: Path, table: dict[str, list[str]]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table)
    writer.writerows(zip(*table.values(), strict=True))
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def test_the_command_tells_every_cell_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: Corrupted
) -> None:
    path = written(tmp_path / "articles.csv", spoilt.dirty)
    assert COMMAND.run(options(str(path), "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["rows"], told["limits"]) == ("articles.csv", 1000, [])
    cell = told["cells"][0]
    assert set(cell) == {
        *("row", "line", "column", "value", "verdict", "reason", "likelihood", "proposal", "confidence", "safe")
    }
    assert spoilt.dirty[cell["column"]][cell["row"] - 1] == cell["value"]
    assert cell["line"] == cell["row"] + 1


def test_the_command_asks_for_rows_and_learns_from_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: Corrupted
) -> None:
    path = written(tmp_path / "articles.csv", spoilt.dirty)
    assert COMMAND.run(options(str(path), "--ask", "3")) == 0
    asked = capsys.readouterr().out
    assert asked.startswith("row,id,title")
    (tmp_path / "rows.csv").write_text(asked, encoding="utf-8")
    assert COMMAND.run(options(str(path), "--labels", str(tmp_path / "rows.csv"))) == 0
    assert "suspected" in capsys.readouterr().out


def test_a_file_without_a_table_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    for name in ("empty.csv", "missing.csv"):
        assert COMMAND.run(options(str(tmp_path / name))) == 2
        assert capsys.readouterr().err.rstrip().endswith(".")


def test_keys_made_by_a_machine_and_numbered_names_have_no_odd_ones() -> None:
    dice = random.Random(4)
    keys = [f"{dice.getrandbits(64):016x}" for _row in range(200)]
    levels = ["01.High"] * 20 + ["02.Medium"] * 176 + ["03.Low"] * 4
    assert not profile({"key": keys, "level": levels}).findings


def test_a_group_without_a_usual_value_accuses_none_of_its_rows() -> None:
    groups = [f"g{number}" for number in range(20) for _row in range(10)]
    values = [f"v{group[1:]}" for group in groups]
    mixed = [f"w{number % 8}" for number in range(60)]
    found = profile({"group": [*groups, *["mixed"] * 60], "value": [*values, *mixed]}).findings
    assert not [finding for finding in found if finding.row >= len(groups)]


def test_amounts_with_a_decimal_comma_are_numbers() -> None:
    dice = random.Random(5)
    amounts = [f"{dice.randint(10, 9_999)},{dice.randint(0, 99):02}" for _row in range(200)]
    found = profile({"Betrag": [*amounts, "1.250.000.000,50"]})
    assert [finding.row for finding in found.findings] == [200]


def test_a_table_without_headings_keeps_its_first_row(tmp_path: Path) -> None:
    rows = [f"{number},Anna,{number:02}.03.2024,Berlin" for number in range(1, 29)]
    path = tmp_path / "bare.csv"
    path.write_text("\n".join(rows))
    read = read_table(path)
    assert (read.has_headings, list(read.columns), read.lines[0]) == (False, [f"column {n}" for n in range(1, 5)], 1)
    assert read.columns["column 1"][0] == "1"
    path.write_text("country,2019,2020\n" + "\n".join(f"Chile,{number},{number + 1}" for number in range(30)))
    assert read_table(path).has_headings
