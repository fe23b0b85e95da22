"""The demo company is the same for a seed and a day, and holds together."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from demo.generate import DemoManifest, write
from tests.demo.company import TODAY, Content

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


FUTURE = {
    "Due Date",
    "Expected Close",
    "End Date",
    "Parked Until",
    "Start Date",
    "Supplier Contract Until",
    "Next Step On",
}


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
