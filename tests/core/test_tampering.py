"""Whatever is done to a sealed history is found, and its place is named (T20, G-I2).

The long forms, 1,000 tampers and a million events, are `./test soak -k tampering`.
"""

import os
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.anchor import anchor, anchor_file
from rapport.core.jobs import seal_history
from rapport.core.seal import Seal, note_newest_seal, seal_new_events, verify_history
from rapport.identity.models import Team
from tests.core.tampers import WAYS, Chain, tamper

TAMPERS = 1_000
EVENTS = int(os.environ.get("RAPPORT_EVENTS", "1000000"))


@pytest.fixture
def chain(as_system: Actor) -> Iterator[Chain]:
    """A sealed history whose newest seal is noted outside."""
    for number in range(30):
        Team.create(name=f"Team {number}").change(name=f"Team {number} of ours")
    seal_new_events()
    assert note_newest_seal() is None
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    yield list(Seal.objects.order_by("position").values_list("position", "event_id"))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
    anchor_file().unlink(missing_ok=True)


def _found(chance: random.Random, chain: Chain) -> str:
    """What the verification says otherwise than was done; empty when it names the place."""
    with transaction.atomic():
        done = tamper(chance, chain)
        broken = verify_history().broken
        transaction.set_rollback(True)
    if broken is None:
        return f"{done.what}: not found"
    return "" if broken.position == done.position else f"{done.what}: at {done.position}, told at {broken.position}"


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_each_way_of_tampering_is_found_where_it_was_done(
    chain: Chain, way: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.core.tampers.WAYS", [way])
    seed = random.randrange(1_000_000)
    assert _found(random.Random(seed), chain) == "", f"seed {seed}"


@pytest.mark.soak
def test_a_thousand_ways_of_tampering_are_found(chain: Chain) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    missed = [told for _number in range(TAMPERS) if (told := _found(chance, chain))]
    print(f"\nseed {seed}: {TAMPERS} tampers with {len(chain)} links, {TAMPERS - len(missed)} found and placed")
    assert not missed


def test_a_history_cut_short_is_not_noted_as_the_right_one(chain: Chain) -> None:
    noted = anchor()
    with connection.cursor() as cursor:
        for table in ("core_change WHERE event_id", "core_event WHERE id", "core_seal WHERE event_id"):
            cursor.execute(f"DELETE FROM {table} = %s", [chain[-1][1]])
    cut = note_newest_seal()
    assert cut is not None
    assert "cut off" in cut.what
    assert anchor() == noted
    Team.create(name="Later")
    seal_new_events()
    assert verify_history().broken is not None


def test_the_job_notes_the_newest_seal_once_that_is_committed(
    chain: Chain, django_capture_on_commit_callbacks: Any
) -> None:
    before = anchor()
    with django_capture_on_commit_callbacks(execute=True):
        Team.create(name="Later")
        seal_history.func.__wrapped__()
        assert anchor() == before
    noted = anchor()
    assert noted is not None
    assert noted.position == Seal.objects.count()


_MAKE = """
INSERT INTO core_event (at, verb, actor_kind, actor_name, subject_type, subject_id, subject_label, source, reason,
    detail)
SELECT now(), 'team.change', 'system', 'Rapport', 'team', gen_random_uuid(), 'Team ' || number, 'system', '', '{}'
FROM generate_series(1, %s) AS number
"""
_CHANGES = """
INSERT INTO core_change (event_id, record_type, record_id, operation, before, after)
SELECT id, 'team', subject_id, 'change', '{"name": "Before"}', '{"name": "After"}' FROM core_event
WHERE id NOT IN (SELECT event_id FROM core_change)
"""


@pytest.mark.soak
@pytest.mark.django_db
def test_tampering_with_a_million_events_is_looked_for_in_a_minute() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, [EVENTS])
        cursor.execute(_CHANGES)
    with acting_as(SYSTEM):
        begun = time.perf_counter()
        sealed = seal_new_events()
        middle = time.perf_counter()
        verdict = verify_history()
        ended = time.perf_counter()
    assert verdict.broken is None
    print(f"\n{sealed:,} events sealed in {middle - begun:.1f} s, verified in {ended - middle:.1f} s")
