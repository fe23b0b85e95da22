"""The demo company is the same for a seed and a day, holds together, and is dirty exactly as its manifest says."""

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from stdnum.eu import vat
from stdnum.gb import vat as british_vat

from demo.generate import DemoManifest, write

TODAY = date(2026, 11, 22)
ABOUT = {
    "user": 15,
    "organisation": 320,
    "person": 900,
    "product": 26,
    "pricelist": 78,
    "lead": 267,
    "opportunity": 700,
    "note": 550,
    "task": 400,
    "meeting": 720,
    "call": 900,
    "mail": 2_100,
    "order": 400,
    "contract": 130,
    "ticket": 430,
}
README = Path(__file__).parents[2] / "demo" / "README.md"


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> DemoManifest:
    return write(tmp_path_factory.mktemp("demo"), today=TODAY)


@pytest.fixture(scope="module")
def content(manifest: DemoManifest) -> dict[str, list[dict[str, Any]]]:
    return {each.path.name: read(each.path) for each in manifest.files}


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".json":
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return rows
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_same_seed_and_day_give_the_same_bytes(manifest: DemoManifest, tmp_path: Path) -> None:
    again = write(tmp_path, today=TODAY)
    assert [each.path.read_bytes() for each in again.files] == [each.path.read_bytes() for each in manifest.files]


def test_another_seed_gives_another_company(manifest: DemoManifest, tmp_path: Path) -> None:
    other = write(tmp_path, today=TODAY, seed=8)
    assert other.file("accounts.csv").path.read_bytes() != manifest.file("accounts.csv").path.read_bytes()


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 8, 15), date(2027, 1, 1)])
def test_any_day_and_seed_works(today: date, tmp_path: Path) -> None:
    made = write(tmp_path, today=today, seed=today.day)
    assert {each.record_type for each in made.files} >= set(ABOUT)


def test_sizes_are_about_as_promised(manifest: DemoManifest) -> None:
    for record_type, about in ABOUT.items():
        rows = next(each.rows for each in manifest.files if each.record_type == record_type)
        assert rows == pytest.approx(about, rel=0.15), record_type


def test_numbers_are_unique_in_each_file(content: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in content.items():
        if name not in {"price_lists.csv", "stage_history.csv"}:
            keys = Counter(next(iter(row.values())) for row in rows)
            assert max(keys.values()) == 1, name


LINKS = {
    "Account ID": ("accounts.csv", "Account ID"),
    "Account Name": ("accounts.csv", "Account Name"),
    "Parent Account": ("accounts.csv", "Account Name"),
    "Contact ID": ("contacts.csv", "Contact ID"),
    "Primary Contact ID": ("contacts.csv", "Contact ID"),
    "Same Person As": ("contacts.csv", "Contact ID"),
    "Requester Email": ("contacts.csv", "Email"),
    "Opportunity ID": ("opportunities.csv", "Opportunity ID"),
    "Ticket ID": ("tickets.csv", "Ticket ID"),
    "Order Number": ("orders.csv", "Order Number"),
    "Product Code": ("products.csv", "Product Code"),
    "Converted Account ID": ("accounts.csv", "Account ID"),
    "Converted Contact ID": ("contacts.csv", "Contact ID"),
    "Converted Opportunity ID": ("opportunities.csv", "Opportunity ID"),
    "Account Owner": ("users.csv", "Email"),
    "Contact Owner": ("users.csv", "Email"),
    "Opportunity Owner": ("users.csv", "Email"),
    "Lead Owner": ("users.csv", "Email"),
    "Owner": ("users.csv", "Email"),
    "Author": ("users.csv", "Email"),
    "Assigned To": ("users.csv", "Email"),
    "Assignee": ("users.csv", "Email"),
    "Organiser": ("users.csv", "Email"),
    "User": ("users.csv", "Email"),
    "Team": ("teams.csv", "Team Name"),
    "Parent Team": ("teams.csv", "Team Name"),
}


def test_every_link_leads_somewhere(content: dict[str, list[dict[str, Any]]]) -> None:
    known = {target: {row[target[1]] for row in content[target[0]]} for target in LINKS.values()}
    for name, rows in content.items():
        for row in rows:
            for heading, value in row.items():
                if heading in LINKS and value:
                    assert value in known[LINKS[heading]], (name, heading, value)


def test_what_is_linked_to_is_imported_first(manifest: DemoManifest) -> None:
    order = [each.path.name for each in manifest.files]
    for earlier, later in [("teams.csv", "users.csv"), ("users.csv", "accounts.csv"), ("accounts.csv", "contacts.csv")]:
        assert order.index(earlier) < order.index(later)
    assert order.index("opportunities.csv") < order.index("leads.csv") < order.index("mails.json")


def test_lines_name_products_of_the_catalogue_and_add_up(content: dict[str, list[dict[str, Any]]]) -> None:
    codes = {row["Product Code"] for row in content["products.csv"]}
    wrong = 0
    for row in content["orders.csv"]:
        total = 0.0
        for line in row["Order Lines"].split("; "):
            found = re.fullmatch(r"(\d+) x (\S+) @ (\d+\.\d\d)(?: -(\d+)%)?", line)
            assert found, line
            assert found[2] in codes
            total += int(found[1]) * float(found[3]) * (100 - int(found[4] or 0)) / 100
        wrong += abs(total - float(row["Amount"])) > 0.5
    assert wrong == 4


FUTURE = {"Due Date", "Expected Close", "End Date", "Revisit On", "Start Date"}


def test_nothing_lies_in_the_future_but_plans(content: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in content.items():
        for row in rows:
            planned = row.get("Status") == "Planned"
            for heading, value in row.items():
                if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
                    day = date.fromisoformat(value[:10])
                    assert TODAY - timedelta(days=9_000) < day, (name, heading, value)
                    assert day < TODAY or heading in FUTURE or planned, (name, heading, value)


def test_today_holds_meetings_and_tasks_for_the_sellers(content: dict[str, list[dict[str, Any]]]) -> None:
    meeting = {row["Organiser"] for row in content["meetings.json"] if row["Start"].startswith(TODAY.isoformat())}
    due = {row["Assigned To"] for row in content["tasks.csv"] if row["Due Date"] == TODAY.isoformat()}
    for seller in ("alice", "charlie", "bob"):
        assert f"{seller}@northmere.example" in meeting
    assert "alice@northmere.example" in due


def test_vat_numbers_pass_their_checksum_except_the_planted_ones(
    content: dict[str, list[dict[str, Any]]], manifest: DemoManifest
) -> None:
    numbers = [row["VAT Number"] for row in content["accounts.csv"] if row["VAT Number"]]
    wrong = [number for number in numbers if not is_valid_vat(number)]
    assert len(numbers) > 250
    assert len(wrong) == manifest.dirt["VAT number with a wrong digit"]


def is_valid_vat(number: str) -> bool:
    return bool(british_vat.is_valid(number) if number.startswith("GB") else vat.is_valid(number))


def test_telephone_numbers_have_a_possible_form(content: dict[str, list[dict[str, Any]]]) -> None:
    numbers = [row[heading] for row in content["contacts.csv"] for heading in ("Phone", "Mobile") if row[heading]]
    for number in numbers:
        parsed = phonenumbers.parse(f"+{number[2:]}" if number.startswith("00") else number)
        assert phonenumbers.is_possible_number(parsed), number


def test_the_dirt_is_counted_in_the_readme(manifest: DemoManifest) -> None:
    listed = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|$", README.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {kind: int(times) for kind, times in listed.items()} == dict(manifest.dirt)


def test_dirt_can_be_found_again(content: dict[str, list[dict[str, Any]]], manifest: DemoManifest) -> None:
    opportunities, people = content["opportunities.csv"], content["contacts.csv"]
    overdue = [row for row in opportunities if row["Status"] == "Open" and row["Expected Close"] < TODAY.isoformat()]
    overdue = [row for row in overdue if "/" not in row["Expected Close"]]
    day_first = [row for row in opportunities if "/" in row["Expected Close"]]
    assert len(overdue) == manifest.dirt["open opportunity past its close date"]
    assert len(day_first) == manifest.dirt["date written day first"]
    assert sum(not row["Account ID"] for row in people) == manifest.dirt["person without organisation"]
    assert sum("@" not in row["Email"] for row in people if row["Email"]) == 5
    assert sum(row["Email"].endswith(".exmaple") for row in people) == 8


def test_no_two_mails_are_the_same(content: dict[str, list[dict[str, Any]]]) -> None:
    bodies = Counter(row["Body"] for row in content["mails.json"])
    assert sum(times - 1 for times in bodies.values()) < 5


def test_no_slot_is_left_in_a_text(content: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in content.items():
        for row in rows:
            for value in row.values():
                assert not re.search(r"[{}]|<[^>]*\|", str(value).replace("['", "").replace("']", "")), (name, value)


def test_threads_run_forward_in_one_language(content: dict[str, list[dict[str, Any]]]) -> None:
    by_code = {row["Message ID"]: row for row in content["mails.json"]}
    for row in by_code.values():
        if row["In Reply To"]:
            before = by_code[row["In Reply To"]]
            assert before["Sent At"] < row["Sent At"]
            assert before["Thread ID"] == row["Thread ID"]
            assert before["Language"] == row["Language"]


def test_history_holds_together(content: dict[str, list[dict[str, Any]]]) -> None:
    closed = {row["Opportunity ID"]: row for row in content["opportunities.csv"]}
    for row in content["orders.csv"]:
        if row["Opportunity ID"]:
            assert closed[row["Opportunity ID"]]["Status"] == "Won"
            assert row["Order Date"] >= closed[row["Opportunity ID"]]["Closed On"]
    for row in content["tickets.csv"]:
        moments = [row[heading] for heading in ("Opened At", "First Answer At", "Solved At") if row[heading]]
        assert moments == sorted(moments)
    won = Counter(row["Status"] for row in closed.values())
    assert 0.4 < won["Won"] / (won["Won"] + won["Lost"]) < 0.62


def test_everything_is_invented(content: dict[str, list[dict[str, Any]]]) -> None:
    for row in content["contacts.csv"] + content["users.csv"] + content["leads.csv"]:
        assert not row["Email"] or row["Email"].endswith(("example", "exmaple"))
