"""The one place that tells the time, so that tests and replays can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """The current day in the active time zone."""
    return timezone.localdate(now())


@contextmanager
def fixed_at(moment: datetime) -> Iterator[None]:
    """Within the block the clock stands still at `moment` (which must be aware)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
