"""The hash chain over the events shows every later tampering and names the first broken link."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from rapport.core.actors import Actor
from rapport.core.seal import Seal, seal_new_events, verify_history
from rapport.identity.models import Team

pytestmark = pytest.mark.django_db


@contextmanager
def somebody_with_the_keys_to_the_database() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def sealed(as_system: Actor) -> list[int]:
    for name in ("North", "South", "East", "West"):
        Team.create(name=name).change(name=f"{name} team")
    seal_new_events()
    return list(Seal.objects.order_by("position").values_list("event_id", flat=True))


def test_an_untouched_history_is_whole(sealed: list[int]) -> None:
    verdict = verify_history()
    assert (verdict.sealed, verdict.unsealed, verdict.broken) == (len(sealed), 0, None)


def test_new_events_wait_for_the_next_seal(sealed: list[int]) -> None:
    Team.create(name="Centre")
    assert verify_history().unsealed == 1
    assert seal_new_events() == 1
    assert verify_history().unsealed == 0


def test_sealing_twice_adds_nothing(sealed: list[int]) -> None:
    assert seal_new_events() == 0


@pytest.mark.parametrize(
    ("tampering", "position"),
    [
        ("UPDATE core_event SET actor_name = 'Somebody else' WHERE id = {third}", 3),
        ("UPDATE core_event SET at = at + interval '1 second' WHERE id = {third}", 3),
        ('UPDATE core_change SET after = \'{{"name": "Other"}}\' WHERE event_id = {third}', 3),
        ("DELETE FROM core_change WHERE event_id = {third}", 3),
        ("DELETE FROM core_change WHERE event_id = {third}; DELETE FROM core_event WHERE id = {third}", 3),
        ("DELETE FROM core_seal WHERE position = 3", 3),
        ("UPDATE core_seal SET hash = '\\x00' WHERE position = 3", 3),
        ("DELETE FROM core_seal WHERE event_id = {last}", -1),
        ("UPDATE core_seal SET event_id = -event_id WHERE position = 5", 5),
    ],
)
def test_tampering_is_found_and_placed(sealed: list[int], tampering: str, position: int) -> None:
    with somebody_with_the_keys_to_the_database(), connection.cursor() as cursor:
        cursor.execute(tampering.format(third=sealed[2], last=sealed[-1]))
    broken = verify_history().broken
    assert broken is not None
    assert broken.position == (position if position > 0 else len(sealed))
