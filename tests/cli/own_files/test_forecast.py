"""`./rapport forecast`: how series go on, from their past."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.own_files.files import Run, written
from tests.intelligence.shops import months


def test_a_mistyped_date_is_named_and_does_not_count(run: Run, tmp_path: Path) -> None:
    dates, values, _names = months(1, 60)
    file = written(tmp_path / "turnover.csv", ["Month", "Turnover"], [*dates, "2198-04-01"], [*values, "7"])

    status, out, said = run("forecast", file, "--date", "Month", "--value", "Turnover", "--horizon", 4)

    assert status == 0
    assert "1 rows lie far from all others in time (“Month”: 2198-04-01)" in said
    assert "1 series of 60 periods of a month" in out
    assert "1 rows without a date or a number" in out


def test_forecast_tells_errors_coverage_and_a_verdict(run: Run, tmp_path: Path) -> None:
    dates, values, names = months(3, 60)
    amounts = [f"€ {text}".replace(".", ",") for text in values]
    file = written(tmp_path / "turnover.csv", ["Month", "Turnover", "Shop"], dates, amounts, names, delimiter=";")
    ahead = tmp_path / "ahead.csv"
    columns = ("--date", "Month", "--value", "Turnover", "--series", "Shop", "--horizon", 4)

    status, out, _said = run("forecast", file, *columns, "--json", "--out", ahead)

    told = json.loads(out)
    assert status == 0
    assert (told["series"], told["periods"], told["frequency"]) == (3, 60, "month")
    assert told["overall"]["wape"] < told["overall"]["wape_seasonal_naive"]
    lines = list(csv.DictReader(ahead.open()))
    assert [line["Month"] for line in lines[:4]] == ["2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01"]
    assert {line["series"] for line in lines} == {"S0", "S1", "S2", "Total"}


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--date", "Month", "--value", "What", "--horizon", "4"], "no column “What”"),
        (["--date", "Shop", "--value", "Turnover", "--horizon", "4"], "no dates"),
        (["--date", "Month", "--value", "Shop", "--horizon", "4"], "no numbers"),
        (["--date", "Month", "--value", "Turnover", "--horizon", "0"], "from 1 to 1000"),
        (["--date", "Month", "--value", "Turnover", "--horizon", "58"], "shorter --horizon"),
    ],
)
def test_forecast_refuses_what_it_cannot_use(run: Run, tmp_path: Path, arguments: list[str], advice: str) -> None:
    file = written(tmp_path / "turnover.csv", ["Month", "Turnover", "Shop"], *months(2, 60))

    status, out, said = run("forecast", file, *arguments)

    assert (status, out) == (2, "")
    assert advice in said
