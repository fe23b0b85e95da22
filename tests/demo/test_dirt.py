"""The demo company is dirty exactly as its manifest says."""

import re
from pathlib import Path

import phonenumbers
from stdnum.eu import vat
from stdnum.gb import vat as british_vat

from demo.generate import DemoManifest
from tests.demo.company import TODAY, Content

README = Path(__file__).parents[2] / "demo" / "README.md"


def test_vat_numbers_pass_their_checksum_except_the_planted_ones(content: Content, manifest: DemoManifest) -> None:
    numbers = [row["VAT Number"] for row in content["accounts.csv"] if row["VAT Number"]]
    wrong = [number for number in numbers if not is_valid_vat(number)]
    assert len(numbers) > 250
    assert len(wrong) == manifest.dirt["VAT number with a wrong digit"]


def is_valid_vat(number: str) -> bool:
    return bool(british_vat.is_valid(number) if number.startswith("GB") else vat.is_valid(number))


def test_telephone_numbers_have_a_possible_form(content: Content) -> None:
    numbers = [row[heading] for row in content["contacts.csv"] for heading in ("Phone", "Mobile") if row[heading]]
    for number in numbers:
        parsed = phonenumbers.parse(f"+{number[2:]}" if number.startswith("00") else number)
        assert phonenumbers.is_possible_number(parsed), number


def test_the_dirt_is_counted_in_the_readme(manifest: DemoManifest) -> None:
    listed = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|$", README.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {kind: int(times) for kind, times in listed.items()} == dict(manifest.dirt)


def test_dirt_can_be_found_again(content: Content, manifest: DemoManifest) -> None:
    opportunities, people = content["opportunities.csv"], content["contacts.csv"]
    overdue = [row for row in opportunities if row["Status"] == "Open" and row["Expected Close"] < TODAY.isoformat()]
    overdue = [row for row in overdue if "/" not in row["Expected Close"]]
    day_first = [row for row in opportunities if "/" in row["Expected Close"]]
    assert len(overdue) == manifest.dirt["open opportunity past its close date"]
    assert len(day_first) == manifest.dirt["date written day first"]
    gone = {row["Contact ID"] for row in content["former_positions.csv"]}
    placeless = [row for row in people if not row["Account ID"] and row["Contact ID"] not in gone]
    assert len(placeless) == manifest.dirt["person without organisation"]
    assert sum("@" not in row["Email"] for row in people if row["Email"]) == 5
    assert sum(row["Email"].endswith(".exmaple") for row in people) == 8
