"""The processes of this installation, wherever they run: each says every few seconds that it lives."""

import logging
import os
import socket
import threading
import time
from datetime import timedelta

from django.db import connection, models
from django.db.utils import Error
from django.utils.translation import gettext_lazy as _

from rapport import __version__

from .clock import now

BEAT_EVERY = 10.0  # seconds
SILENCE_ALLOWED = timedelta(seconds=40)
_FORGOTTEN_AFTER = timedelta(days=1)
_log = logging.getLogger(__name__)


class Kind(models.TextChoices):
    """What a process does."""

    WEB = "web", _("Pages")
    WORKER = "worker", _("Background work")


class Process(models.Model):
    """One running process; a row that is no longer renewed belongs to one that ended."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    host = models.CharField(max_length=253)
    number = models.IntegerField()
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.host}/{self.number}"


def living() -> "models.QuerySet[Process]":
    """The processes heard lately."""
    return Process.objects.filter(seen_at__gt=now() - SILENCE_ALLOWED).order_by("kind", "host", "number")


def begin_to_beat(kind: Kind) -> None:
    """From here on this process is known to live; a thread of its own says so until the process ends."""
    threading.Thread(target=_beat_forever, args=(kind,), name="heartbeat", daemon=True).start()


def _beat_forever(kind: Kind) -> None:
    row = Process(kind=kind, host=socket.gethostname(), number=os.getpid(), version=__version__)
    while True:
        try:
            _beat(row)
        except Error as problem:
            _log.warning("heartbeat failed: %s", type(problem).__name__)
        finally:
            connection.close()
        time.sleep(BEAT_EVERY)


def _beat(row: Process) -> None:
    if row._state.adding:
        Process.objects.filter(seen_at__lt=now() - _FORGOTTEN_AFTER).delete()
        row.save()
    elif not Process.objects.filter(pk=row.pk).update(seen_at=now()):
        row.pk, row._state.adding = None, True  # somebody emptied the table: say it anew next time
