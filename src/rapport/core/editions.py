"""Editions: how several processes notice that something which each of them keeps in memory was changed.

Whoever changes it renews its edition in the same transaction. Every process asks for the editions together with the
rights of each request, and at the start of each job; where one is not the edition it knows, it reads again.
"""

import threading
from collections.abc import Callable, Mapping

from django.db import models

from .identifiers import uuid7


class Edition(models.Model):
    """The edition in force of one thing kept in memory."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=36)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


_READERS: dict[str, Callable[[str], None]] = {}
_known: dict[str, str] = {}
_reading = threading.RLock()
_times = 0


def keep_up(name: str, read: Callable[[str], None]) -> None:
    """Call `read` in every process with the edition of this name whenever it is not the one known; "" is the first."""
    _READERS[name] = read


def renew(name: str) -> None:
    """Tell every process, once this transaction is committed, that it must read again."""
    Edition.objects.update_or_create(name=name, defaults={"value": str(uuid7())})


def catch_up(editions: Mapping[str, str] | None = None) -> None:
    """Read again whatever is no longer as known; `editions` as just seen in the database, else they are asked for."""
    found = dict(Edition.objects.values_list("name", "value")) if editions is None else editions
    for name, read in _READERS.items():
        if _known.get(name, "") != found.get(name, ""):
            _read(name, read, found.get(name, ""))


def times_read() -> int:
    """How often this process has read something again: what was made of it before is out of date."""
    return _times


def _read(name: str, read: Callable[[str], None], value: str) -> None:
    global _times  # noqa: PLW0603 - counted under the lock
    with _reading:
        if _known.get(name, "") != value:
            read(value)
            _known[name] = value
            _times += 1
