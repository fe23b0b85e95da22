"""Guessing is slowed down, whoever does it and however many at once."""

from datetime import UTC, datetime, timedelta

import pytest

from rapport.core.clock import fixed_at
from rapport.identity.guessing import Counter, Limit, attempted, forget_old, succeeded
from rapport.identity.models import Attempt

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIMIT = Limit("test", free=3, wait=timedelta(seconds=30), longest=timedelta(minutes=5))
ALICE, BOB = Counter(LIMIT, ("alice",)), Counter(LIMIT, ("bob",))


def tries(counter: Counter, times: int) -> list[timedelta | None]:
    return [attempted([counter]) for _ in range(times)]


def test_after_the_free_failures_one_waits_and_each_further_wait_is_twice_as_long() -> None:
    moment, waits = START, []
    for _ in range(8):
        with fixed_at(moment):
            wait = attempted([ALICE])
        if wait:
            waits.append(wait.total_seconds())
        moment += wait or timedelta()
    with fixed_at(START):
        assert waits[:3] == [30, 60, 120]


def test_the_wait_is_never_longer_than_the_longest() -> None:
    moment = START
    for _ in range(30):
        with fixed_at(moment):
            wait = attempted([ALICE])
        assert wait is None or wait <= LIMIT.longest
        moment += wait or timedelta()


def test_one_counter_does_not_hold_up_another() -> None:
    with fixed_at(START):
        assert tries(ALICE, 4)[-1]
        assert attempted([BOB]) is None


def test_success_forgives_or_only_takes_its_own_attempt_back() -> None:
    with fixed_at(START):
        tries(ALICE, 2)
        succeeded([ALICE])
        assert not Attempt.objects.exists()
        tries(BOB, 2)
        succeeded([BOB], forgive=False)
        assert Attempt.objects.get().failures == 1


def test_a_quiet_time_forgets() -> None:
    with fixed_at(START):
        tries(ALICE, 4)
    with fixed_at(START + timedelta(hours=2)):
        assert tries(ALICE, 3) == [None] * 3
    with fixed_at(START + timedelta(days=3)):
        forget_old()
    assert not Attempt.objects.exists()


def test_the_table_tells_nobody_who_was_attacked() -> None:
    attempted([ALICE])
    assert "alice" not in Attempt.objects.get().key
