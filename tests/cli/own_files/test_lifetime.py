"""`./rapport lifetime`: what customers will bring, from a list of purchases."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.own_files.files import Run, written
from tests.intelligence.shops import buyers


def test_lifetime_tells_errors_intervals_and_a_verdict(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "orders.csv", ["Buyer", "On", "Paid"], *buyers(), delimiter=";")
    out_file = tmp_path / "lifetime.csv"
    columns = ("--customer", "Buyer", "--date", "On", "--amount", "Paid", "--horizon-weeks", 12)

    status, out, _said = run("lifetime", file, *columns, "--json", "--out", out_file)

    told = json.loads(out)
    assert status == 0
    assert told["converged"]
    assert set(told["overall"]["coverage"]) == {"80", "95"}
    assert told["overall"]["gini"] == told["compared"][told["algorithm"]]["gini"]
    assert told["overall"]["typical"]["mean_absolute_error"] <= told["overall"]["mean_absolute_error"]
    assert told["overall"]["typical"]["bias"] < told["overall"]["bias"]
    lines = list(csv.DictReader(out_file.open()))
    assert len(lines) == told["customers"]
    assert float(lines[0]["low 80 %"]) <= float(lines[0]["high 80 %"]) <= float(lines[0]["high 95 %"])


@pytest.mark.parametrize(("weeks", "is_known"), [(60, False), (66, True)])
def test_lifetime_warns_of_seasons_where_less_than_a_year_lies_before_the_weeks_foreseen(
    run: Run, tmp_path: Path, weeks: int, is_known: bool
) -> None:
    file = written(tmp_path / "orders.csv", ["Buyer", "On", "Paid"], *buyers(weeks=weeks))
    columns = ("--customer", "Buyer", "--date", "On", "--amount", "Paid", "--horizon-weeks", 12)

    told = json.loads(run("lifetime", file, *columns, "--json")[1])
    text = run("lifetime", file, *columns)[1]

    assert (told["seasons_known"], told["caution"] == "") == (is_known, is_known)
    assert (told["weeks_before"] >= 52) is is_known
    assert ("seasons can't be known" in text) is not is_known
    assert "add up what is expected" in text


@pytest.mark.parametrize(
    ("columns", "advice"),
    [
        (("--customer", "Buyer", "--date", "On", "--amount", "Nope", "--horizon-weeks", "12"), "no column “Nope”"),
        (("--customer", "Buyer", "--date", "Buyer", "--amount", "Paid", "--horizon-weeks", "12"), "no dates"),
        (("--customer", "Buyer", "--date", "On", "--amount", "Buyer", "--horizon-weeks", "12"), "no numbers"),
        (("--customer", "Buyer", "--date", "On", "--amount", "Paid", "--horizon-weeks", "0"), "from 1 to 1000"),
        (("--customer", "Buyer", "--date", "On", "--amount", "Paid", "--horizon-weeks", "50"), "longer history"),
    ],
)
def test_lifetime_refuses_what_it_cannot_use(run: Run, tmp_path: Path, columns: list[str], advice: str) -> None:
    file = written(tmp_path / "orders.csv", ["Buyer", "On", "Paid"], *buyers(60))

    status, out, said = run("lifetime", file, *columns)

    assert (status, out) == (2, "")
    assert advice in said


def test_lifetime_says_where_no_amount_is_one_of_a_purchase(run: Run, tmp_path: Path) -> None:
    customers, days, amounts = buyers(60)
    file = written(tmp_path / "orders.csv", ["Buyer", "On", "Paid"], customers, days, [f"-{one}" for one in amounts])

    status, _out, said = run(
        "lifetime", file, "--customer", "Buyer", "--date", "On", "--amount", "Paid", "--horizon-weeks", 12
    )

    assert status == 2
    assert "No amount is above 0" in said
