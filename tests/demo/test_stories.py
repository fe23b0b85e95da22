"""What the demo company tells hangs together: mails in threads, customers who leave, a product that fails."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

from tests.demo.company import TODAY, Content


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
