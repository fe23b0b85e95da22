"""Analysts try the product's intelligence on files of their own, from the command line, without a database."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rapport.cli.entry import parsed
from tests.intelligence.shops import baskets, buyers, customers_with_tastes, months
from tests.intelligence.tables import leads

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process; gives its status, what it answered, and what it said beside."""

    def run(*arguments: object) -> tuple[int, str, str]:
        command, options = parsed([str(argument) for argument in arguments])
        status = command.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return run


DATED = ("--basket", "Bill", "--item", "What", "--customer", "Who", "--date", "When")


def written(path: Path, head: Sequence[str], *columns: Sequence[object], delimiter: str = ",") -> Path:
    """A table in a file."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(head)
        writer.writerows(zip(*columns, strict=True))
    return path


def test_baskets_tells_rules_offers_and_a_verdict(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "sales.csv", ["Receipt", "Article"], *baskets(), delimiter=";")

    status, out, _said = run("baskets", file, "--basket", "Receipt", "--item", "Article", "--json")

    told = json.loads(out)
    assert status == 0
    assert {"bread", "butter"} == {told["rules"][0]["first"], told["rules"][0]["then"]}
    assert told["overall"]["hit_at_10"] == told["compared"][told["algorithm"]]
    assert told["verdict"] in {"usable", "weak", "no reliable signal"}
    assert "bread" in run("baskets", file, "--basket", "Receipt", "--item", "Article")[1]


def test_baskets_writes_offers_by_customer(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "sales.csv", ["Bill", "What", "Who", "When"], *customers_with_tastes())
    offers = tmp_path / "offers.csv"
    columns = ("--basket", "Bill", "--item", "What", "--customer", "Who", "--date", "When")

    status, out, _said = run("baskets", file, *columns, "--out", offers, "--json")

    assert status == 0
    assert json.loads(out)["overall"]["tried"] == "by time"
    assert offers.read_text().splitlines()[0] == "Who,rank,What,because of"
    assert len(offers.read_text().splitlines()) == 1 + 150 * 10


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--basket", "Nothing", "--item", "What"], "There is no column “Nothing”. There are: Bill, What, Who, When."),
        (["--basket", "Bill", "--item", "What", "--date", "When"], "Give both --customer and --date"),
        (["--basket", "Bill", "--item", "What", "--customer", "Bill", "--date", "What"], "no dates that can be read"),
        (["--basket", "Bill", "--item", "What", "--since", "2025-01-01"], "need --customer and --date"),
        ([*DATED, "--since", "2125-01-01"], "No purchase is from that day on; the newest is of 20"),
        ([*DATED, "--since", "soon"], "--since takes a day"),
        (["--basket", "Bill", "--item", "What", "--rules", "0"], "--rules takes a number from 1"),
    ],
)
def test_baskets_refuses_what_it_cannot_use(run: Run, tmp_path: Path, arguments: list[str], advice: str) -> None:
    file = written(tmp_path / "sales.csv", ["Bill", "What", "Who", "When"], *customers_with_tastes(60))

    status, out, said = run("baskets", file, *arguments)

    assert (status, out) == (2, "")
    assert advice in said


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
