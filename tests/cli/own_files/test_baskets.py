"""`./rapport baskets`: what is bought together, and what to offer, from lines of a till or a shop."""

import json
from pathlib import Path

import pytest

from tests.cli.own_files.files import Run, written
from tests.intelligence.shops import baskets, customers_with_tastes

DATED = ("--basket", "Bill", "--item", "What", "--customer", "Who", "--date", "When")


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
