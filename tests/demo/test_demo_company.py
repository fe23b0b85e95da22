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
Content = dict[str, list[dict[str, Any]]]
ABOUT = {
    "user": 15,
    "organisation": 320,
    "person": 900,
    "product": 26,
    "pricelist": 3,
    "price": 78,
    "marketsize": 8,
    "lead": 430,
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
def content(manifest: DemoManifest) -> Content:
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


@pytest.mark.slow
def test_another_seed_gives_another_company(manifest: DemoManifest, tmp_path: Path) -> None:
    other = write(tmp_path, today=TODAY, seed=8)
    assert other.file("accounts.csv").path.read_bytes() != manifest.file("accounts.csv").path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 8, 15), date(2027, 1, 1)])
def test_any_day_and_seed_works(today: date, tmp_path: Path) -> None:
    made = write(tmp_path, today=today, seed=today.day)
    assert {each.record_type for each in made.files} >= set(ABOUT)


def test_sizes_are_about_as_promised(manifest: DemoManifest) -> None:
    for record_type, about in ABOUT.items():
        rows = next(each.rows for each in manifest.files if each.record_type == record_type)
        assert rows == pytest.approx(about, rel=0.15), record_type


WITHOUT_NUMBER = {
    *("prices.csv", "stage_visits.csv", "former_positions.csv", "opportunity_lines.csv", "order_lines.csv"),
    "market_sizes.csv",
}


def test_numbers_are_unique_in_each_file(content: Content) -> None:
    for name, rows in content.items():
        if name not in WITHOUT_NUMBER:
            keys = Counter(next(iter(row.values())) for row in rows)
            assert max(keys.values()) == 1, name


LINKS = {
    "Account ID": ("accounts.csv", "Account ID"),
    "Account Name": ("accounts.csv", "Account Name"),
    "Parent Account": ("accounts.csv", "Account Name"),
    "Contact ID": ("contacts.csv", "Contact ID"),
    "Primary Contact ID": ("contacts.csv", "Contact ID"),
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
    "Created By": ("users.csv", "Email"),
    "Manager": ("users.csv", "Email"),
    "Assigned To": ("users.csv", "Email"),
    "Assignee": ("users.csv", "Email"),
    "Team": ("teams.csv", "Team Name"),
    "Parent Team": ("teams.csv", "Team Name"),
}


def test_every_link_leads_somewhere(content: Content) -> None:
    known = {target: {row[target[1]] for row in content[target[0]]} for target in LINKS.values()}
    known["contacts.csv", "Email"] |= {row["Other Email"] for row in content["contacts.csv"]}
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


@pytest.mark.parametrize(
    ("lines", "heads", "number", "wrong"),
    [
        ("order_lines.csv", "orders.csv", "Order Number", "order whose amount is not the sum of its lines"),
        ("opportunity_lines.csv", "opportunities.csv", "Opportunity ID", ""),
    ],
)
def test_lines_add_up_to_the_amount(
    content: Content, manifest: DemoManifest, lines: str, heads: str, number: str, wrong: str
) -> None:
    sums: Counter[str] = Counter()
    for row in content[lines]:
        gross = int(row["Quantity"]) * float(row["Unit Price"])
        assert gross * (100 - int(row["Discount (%)"] or 0)) / 100 == pytest.approx(float(row["Line Total"]), abs=0.006)
        sums[row[number]] += round(float(row["Line Total"]) * 100)
    readable = [
        row for row in content[heads] if re.fullmatch(r"[0-9.]+", row["Amount"]) and row["Amount"].count(".") == 1
    ]
    differing = [row for row in readable if abs(float(row["Amount"]) * 100 - sums[row[number]]) > 1]
    assert len(differing) == manifest.dirt.get(wrong, 0)


FUTURE = {"Due Date", "Expected Close", "End Date", "Parked Until", "Start Date", "Next Step On"}


def test_nothing_lies_in_the_future_but_plans(content: Content) -> None:
    for name, rows in content.items():
        for row in rows:
            planned = row.get("Status") == "Planned"
            for heading, value in row.items():
                if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
                    day = date.fromisoformat(value[:10])
                    assert TODAY - timedelta(days=9_000) < day, (name, heading, value)
                    assert day < TODAY or heading in FUTURE or planned, (name, heading, value)


def test_today_holds_meetings_and_tasks_for_the_sellers(content: Content) -> None:
    meeting = {row["Owner"] for row in content["meetings.json"] if row["Start"].startswith(TODAY.isoformat())}
    due = {row["Assigned To"] for row in content["tasks.csv"] if row["Due Date"] == TODAY.isoformat()}
    for seller in ("alice", "charlie", "bob"):
        assert f"{seller}@northmere.example" in meeting
    assert "alice@northmere.example" in due


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


def test_no_two_mails_are_the_same(content: Content) -> None:
    bodies = Counter(row["Body"] for row in content["mails.json"])
    assert sum(times - 1 for times in bodies.values()) < 5


def test_no_slot_is_left_in_a_text(content: Content) -> None:
    for name, rows in content.items():
        for row in rows:
            for value in row.values():
                assert not re.search(r"[{}]|<[^>]*\|", str(value).replace("['", "").replace("']", "")), (name, value)


def test_threads_run_forward_between_the_same_two(content: Content) -> None:
    threads: dict[str, list[dict[str, Any]]] = {}
    for row in content["mails.json"]:
        threads.setdefault(row["Thread ID"], []).append(row)
    assert max(map(len, threads.values())) > 4
    for mails in threads.values():
        moments = [row["Sent At"] for row in mails]
        assert moments == sorted(set(moments))
        assert len({frozenset((row["From"], *row["To"])) for row in mails}) == 1
        assert all(row["Direction"] == ("Outbound" if "northmere" in row["From"] else "Inbound") for row in mails)


def test_history_holds_together(content: Content) -> None:
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


def test_everything_is_invented(content: Content) -> None:
    for row in content["contacts.csv"] + content["users.csv"] + content["leads.csv"]:
        assert not row["Email"] or row["Email"].endswith(("example", "exmaple"))


def test_who_moved_is_one_person_with_a_former_position(content: Content) -> None:
    people = {row["Contact ID"]: row for row in content["contacts.csv"]}
    moved = [row for row in content["former_positions.csv"] if people[row["Contact ID"]]["Account ID"]]
    assert len(moved) > 8
    for row in moved:
        person = people[row["Contact ID"]]
        assert person["Account ID"] != row["Account ID"]
        assert person["Other Email"].split("@")[0] == person["Email"].split("@")[0]


def test_customers_who_leave_complain_before(content: Content) -> None:
    former = {row["Account ID"] for row in content["accounts.csv"] if row["Type"] == "Former customer"}
    marks = {True: [0], False: [0]}
    for row in content["tickets.csv"]:
        if row["Satisfaction"]:
            marks[row["Account ID"] in former].append(int(row["Satisfaction"]))
    assert sum(marks[True]) / len(marks[True]) < sum(marks[False]) / len(marks[False]) - 0.5


def test_gateways_complain_since_their_firmware(content: Content) -> None:
    about = {True: Counter[str](), False: Counter[str]()}
    border = (TODAY - timedelta(days=150)).isoformat()
    for row in content["tickets.csv"]:
        about[row["Opened At"][:10] >= border][row["Category"]] += 1
    share = {is_new: counts["Gateways"] / counts.total() for is_new, counts in about.items()}
    assert share[True] > 2 * share[False]
