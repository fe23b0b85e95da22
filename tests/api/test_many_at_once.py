"""Many programs at once: repeated requests have one effect each (G-C4), and no change of eight writers is lost (G-C6).

The long forms, 1,000 keys and 10,000 changes, are `./test soak -k many_at_once`.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.events import Change, Event
from rapport.directory.models import Organisation
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import make_cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KEYS = int(os.environ.get("RAPPORT_KEYS", "1000"))
EDITS = int(os.environ.get("RAPPORT_EDITS", "10000"))
RECORDS = 5
RETRIES = 10
WRITERS = 8
BUSY = 503
MOST_TRIES = 100


@pytest.fixture
def alice(db: None) -> Program:
    begin()
    return Program(make_cast().alice)


def _closing(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def run(one: Any) -> Any:
        try:
            return work(one)
        finally:
            connection.close()

    return run


def _repeat(alice: Program, *, keys: int, retries: int) -> None:
    """Each key is sent several times at once, mixed with the others; one in ten with another body."""
    chance = random.Random(keys)
    requests = [(key, False) for key in range(keys) for _retry in range(chance.randint(2, retries))]
    requests += [(key, True) for key in range(0, keys, 10)]
    chance.shuffle(requests)

    def send(request: tuple[int, bool]) -> tuple[int, bool, int, bytes]:
        key, is_other = request
        name = f"Other {key}" if is_other else f"Firm {key}"
        for _try in range(MOST_TRIES):
            answer = alice.post("organisations", {"name": name}, Idempotency_Key=f"key-{key}")
            if answer.status_code != BUSY:
                break
            time.sleep(0.2)
        return key, is_other, answer.status_code, answer.content

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(_closing(send), requests))
    by_key: dict[int, set[tuple[bool, bytes]]] = {}
    for key, is_other, status, content in answers:
        assert status in {201, 422}
        if status == 201:
            by_key.setdefault(key, set()).add((is_other, content))
    assert len(by_key) == keys
    assert {len(told) for told in by_key.values()} == {1}, "one answer for each key, whichever body came first"
    names = Counter(Organisation.objects.values_list("name", flat=True))
    assert len(names) == keys
    assert set(names.values()) == {1}
    assert Event.objects.filter(verb="organisation.create").count() == keys


def test_each_key_has_one_effect_and_one_answer(alice: Program) -> None:
    _repeat(alice, keys=30, retries=4)


@pytest.mark.soak
def test_each_of_very_many_keys_has_one_effect_and_one_answer(alice: Program) -> None:
    _repeat(alice, keys=KEYS, retries=RETRIES)
    print(f"\n{KEYS} keys, up to {RETRIES} requests at once each: one effect and one answer for every key")


def _count_up(alice: Program, *, edits: int, records: int = 1) -> int:
    """Eight writers add ones to the same numbers by `If-Match`, again after each refusal; returns the refusals."""
    made = [alice.post("organisations", {"name": f"Acme {number}", "employees": 0}).json() for number in range(records)]
    refused, added = Counter[str](), Counter[str]()

    def add_ones(number: int) -> None:
        chance = random.Random(number)
        done = 0
        while done < edits // WRITERS:
            which = chance.choice(made)["id"]
            read = alice.get(f"organisations/{which}")
            if read.status_code == BUSY:
                continue
            wanted = {"employees": read.json()["employees"] + 1}
            status = alice.patch(f"organisations/{which}", wanted, If_Match=read.headers["ETag"]).status_code
            assert status in {200, 412, BUSY}
            done += status == 200
            added[which] += status == 200
            refused["times"] += status == 412

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(_closing(add_ones), range(WRITERS)))
    assert added.total() == edits // WRITERS * WRITERS
    for acme in Organisation.objects.all():
        assert acme.employees == added[str(acme.pk)]
        counted = [after["employees"] for after in _history_of(acme, "employees")]
        assert counted == list(range(acme.employees + 1))
    return refused["times"]


def _history_of(record: Any, column: str) -> list[dict[str, Any]]:
    found = Change.objects.filter(record_id=record.pk, after__has_key=column).order_by("event_id")
    return list(found.values_list("after", flat=True))


def test_no_change_of_eight_writers_is_lost(alice: Program) -> None:
    _count_up(alice, edits=80)


@pytest.mark.soak
def test_no_change_of_very_many_by_eight_writers_is_lost(alice: Program) -> None:
    refused = _count_up(alice, edits=EDITS, records=RECORDS)
    print(f"\n{EDITS} changes of {RECORDS} records by {WRITERS} writers, {refused} refused and made again: none lost")


def _sell(*, edits: int) -> None:
    """Eight writers add, change and remove lines of one opportunity: its amount is always that of its lines."""
    with acting_as(SYSTEM):
        pump, deal = Product.create(name="Pump"), Opportunity.create(name="Pumps")
    gate = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        chance = random.Random(number)
        gate.wait()
        for _edit in range(edits // WRITERS):
            with acting_as(SYSTEM):
                mine = Opportunity.objects.get()
                line = mine.lines.filter(description=str(number)).first()
                if line is None:
                    mine.add_line(pump, unit_price=Decimal(chance.randint(1, 99)), description=str(number))
                elif chance.random() < 0.3:
                    mine.remove_line(line)
                else:
                    mine.change_line(line, discount=Decimal(chance.randint(0, 50)))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(_closing(write), range(WRITERS)))
    with acting_as(SYSTEM):
        deal.add_line(pump, unit_price=Decimal(1))
    deal.refresh_from_db()
    assert deal.amount == deal.lines.aggregate(total=Sum("amount"))["total"]
    amounts = [Decimal(str(after["amount"])) for after in _history_of(deal, "amount") if after["amount"] is not None]
    assert amounts[-1] == deal.amount


def test_an_amount_is_that_of_its_lines_whoever_writes_them(alice: Program) -> None:
    _sell(edits=80)


@pytest.mark.soak
def test_an_amount_is_that_of_its_lines_after_very_many_changes(alice: Program) -> None:
    _sell(edits=EDITS // 10)
    print(f"\n{EDITS // 10} changes of lines by {WRITERS} writers: the amount is that of the lines")
