"""`./rapport evaluate`: how well a column can be foreseen, before one trusts it."""

import json
from pathlib import Path

import pytest

from tests.cli.own_files.files import Run, written
from tests.intelligence.tables import leads


@pytest.mark.slow
def test_evaluate_reads_dates_as_people_write_them(run: Run, tmp_path: Path) -> None:
    table, yes = leads(300)
    days = [f"{1 + row % 28:02}/{1 + row // 28:02}/24" for row in range(300)]
    columns = [table["Visits"], table["Source"], days, ["won" if answer else "lost" for answer in yes]]
    file = written(tmp_path / "leads.csv", ["Visits", "Source", "Met", "Outcome"], *columns)

    status, out, _said = run("evaluate", file, "--target", "Outcome", "--date", "Met", "--folds", 2, "--json")

    assert status == 0
    assert json.loads(out)["by_time"]["rows"] == 90


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--target", "Nope"], "There is no column “Nope”"),
        (["--target", "Source"], "two are needed"),
        (["--target", "Outcome", "--date", "Source"], "neither dates nor numbers"),
        (["--target", "Outcome", "--folds", "1"], "from 2 to 50"),
        (["--target", "Outcome", "--seed", "-1"], "from 0 to"),
    ],
)
def test_evaluate_refuses_what_it_cannot_use(run: Run, tmp_path: Path, arguments: list[str], advice: str) -> None:
    table, yes = leads(60)
    file = written(
        tmp_path / "leads.csv", ["Source", "Outcome"], table["Source"], ["won" if one else "lost" for one in yes]
    )

    status, out, said = run("evaluate", file, *arguments)

    assert (status, out) == (2, "")
    assert advice in said


def test_a_folder_is_no_table(run: Run, tmp_path: Path) -> None:
    status, out, _said = run("evaluate", tmp_path, "--target", "Outcome", "--json")

    assert status == 2
    assert "is a folder" in json.loads(out)["problem"]


def test_a_name_that_no_column_has_is_answered_with_the_nearest_one(run: Run, tmp_path: Path) -> None:
    table, yes = leads(60)
    file = written(
        tmp_path / "leads.csv", ["Source", "Outcome"], table["Source"], ["won" if one else "" for one in yes]
    )

    status, out, said = run("evaluate", file, "--target", "outcme", "--json")

    assert status == 2
    assert "Did you mean “Outcome”?" in said
    assert json.loads(out)["problem"] in said


def test_rows_without_a_date_take_no_part_in_the_trial_by_time(run: Run, tmp_path: Path) -> None:
    table, yes = leads(300)
    days = [f"2025-{1 + row % 12:02}-11" if row % 3 else "" for row in range(300)]
    columns = [table["Visits"], days, ["won" if answer else "lost" for answer in yes]]
    file = written(tmp_path / "leads.csv", ["Visits", "Met", "Outcome"], *columns)

    status, out, said = run("evaluate", file, "--target", "Outcome", "--date", "Met", "--folds", 2, "--json")

    assert status == 0
    assert json.loads(out)["by_time"]["rows"] == 60
    assert json.loads(out)["overall"]["rows"] == 300
    assert "100 rows have no readable “Met”" in said


def test_evaluate_says_what_counts_as_no_and_leaves_copies_out(run: Run, tmp_path: Path) -> None:
    table, yes = leads(200)
    size = [f"{1 + row * 7919 % 997 / 100:.2f}" for row in range(200)]
    outcome = ["won" if answer else "open" if row % 4 else "lost" for row, answer in enumerate(yes)]
    columns = [[*column, *column[:50]] for column in (table["Visits"], size, outcome)]
    file = written(tmp_path / "leads.csv", ["Visits", "Size", "Outcome"], *columns)
    asked = ("--target", "Outcome", "--positive", "won", "--folds", 2, "--ordered", "--json")

    status, out, said = run("evaluate", file, *asked)

    told = json.loads(out)
    assert status == 0
    assert "These count as no: “open” (" in said
    assert "50 rows are copies of others" in said
    assert (told["rows"], told["copies_left_out"], told["by_time"]["rows"]) == (200, 50, 60)
    assert list(told["counted_as_no"]) == ["open", "lost"]
