"""Guessing is slowed down: each failure counts, and after some free ones every further one doubles a waiting time.

An attempt is counted before it is checked, so that a hundred at once count a hundred; success takes the count back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from rapport.core.clock import now

from .models import Attempt

FORGOTTEN_AFTER = timedelta(days=2)
_MOST_DOUBLINGS = 12


@dataclass(frozen=True)
class Limit:
    """So many failures are free; then one waits, each time twice as long; all is forgotten after a quiet time."""

    name: str
    free: int
    wait: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(minutes=15)
    quiet: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class Counter:
    """One thing that attempts are counted by: an account, an address, a device."""

    limit: Limit
    of: tuple[str, ...]

    @property
    def key(self) -> str:
        """A keyed hash: the table tells nobody who was attacked from where."""
        return salted_hmac(f"attempt.{self.limit.name}", "\0".join(self.of), algorithm="sha256").hexdigest()


def attempted(counters: Sequence[Counter]) -> timedelta | None:
    """Count an attempt; the time to wait when it must not be made now, None when it may."""
    waits = [wait for wait in (_count(counter) for counter in counters) if wait]
    return max(waits, default=None)


def succeeded(counters: Sequence[Counter], *, forgive: bool = True) -> None:
    """Forget the failures; with `forgive=False` only take back the attempt just counted."""
    rows = Attempt.objects.filter(key__in=[counter.key for counter in counters])
    if forgive:
        rows.delete()
        return
    rows.filter(failures__gt=0).update(failures=F("failures") - 1, waits_until=None)


def forget_old() -> None:
    """Drop what is too old to matter."""
    Attempt.objects.filter(last_at__lt=now() - FORGOTTEN_AFTER).delete()


_FAILURES = "CASE WHEN a.last_at < %(forget)s THEN 1 ELSE a.failures + 1 END"
_COUNT = f"""
INSERT INTO identity_attempt AS a (key, failures, last_at, waits_until) VALUES (%(key)s, 1, %(now)s, NULL)
ON CONFLICT (key) DO UPDATE SET
    failures = {_FAILURES},
    last_at = %(now)s,
    waits_until = CASE WHEN {_FAILURES} >= %(free)s THEN
        %(now)s + LEAST(%(longest)s, %(wait)s * power(2, LEAST({_FAILURES} - %(free)s, %(doublings)s))) END
WHERE a.waits_until IS NULL OR a.waits_until <= %(now)s
RETURNING failures
"""  # noqa: S608 - made of constants


def _count(counter: Counter) -> timedelta | None:
    moment, limit = now(), counter.limit
    values: dict[str, Any] = {
        "key": counter.key,
        "now": moment,
        "forget": moment - limit.quiet,
        "free": limit.free,
        "wait": limit.wait,
        "longest": limit.longest,
        "doublings": _MOST_DOUBLINGS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        was_counted = cursor.fetchone() is not None
    return None if was_counted else _left(counter.key, moment)


def _left(key: str, moment: datetime) -> timedelta | None:
    until = Attempt.objects.filter(pk=key).values_list("waits_until", flat=True).first()
    return until - moment if until and until > moment else None
