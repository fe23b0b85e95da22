"""Making a download: as the person who asked for it, from the records of one moment, until it is there or stopped."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.core.problems import Forbidden, Problem
from rapport.identity.actors import actor_for
from rapport.identity.at_home import at_home_with
from rapport.integrations.models import Download, DownloadState

from .kinds import KINDS

KEPT = timedelta(days=7)
_TOLD_EVERY = 0.5  # seconds


class Stopped(Exception):
    """Whoever asked for the file does not want it any more."""


def note(download: Download, **columns: Any) -> None:
    """Set columns that aren't history, in memory and in the database."""
    for name, value in columns.items():
        setattr(download, name, value)
    QuerySet(Download).filter(pk=download.pk).update(**columns)


def make(download: Download) -> None:
    """Write the file; what went wrong is noted with the download."""
    if download.stop_asked:
        note(download, state=DownloadState.STOPPED)
        return
    note(download, state=DownloadState.RUNNING, done=0, problem="")
    try:
        _write(download)
    except Stopped:
        note(download, state=DownloadState.STOPPED)
    except Problem as problem:
        note(download, state=DownloadState.FAILED, problem=str(problem))
    except Exception:
        sentence = _("Something failed on our side. It is tried again; if it stays so, tell an administrator.")
        note(download, state=DownloadState.FAILED, problem=sentence)
        raise
    else:
        with acting_as(SYSTEM):
            download.finish()


def _write(download: Download) -> None:
    part = download.path.with_name(f"{download.pk}.{os.getpid()}.part")
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with at_home_with(download.asked_by), _one_moment() as beside:
            size = _pieces_to(part, download, beside)
        part.replace(download.path)
    finally:
        part.unlink(missing_ok=True)
    moment = now()
    done = max(download.done, download.total)
    note(download, state=DownloadState.READY, done=done, size=size, ready_at=moment, kept_until=moment + KEPT)


def _pieces_to(part: Any, download: Download, beside: BaseDatabaseWrapper) -> int:
    actor = actor_for(download.asked_by, source="export")
    if not actor.may("record.export"):
        raise Forbidden(_("Your role does not allow exporting. Ask an administrator."))
    kind = KINDS[download.wanted["kind"]]
    download.total = kind.count(actor, download.wanted)
    telling = _Telling(download, beside)
    with acting_as(actor), part.open("xb") as file:
        part.chmod(0o600)
        telling.tell(0)
        for piece in kind.pieces(actor, download.wanted, telling.tell):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return int(file.tell())


@dataclass
class _Telling:
    """Tells now and then how far the work is, and hears whether to stop."""

    download: Download
    beside: BaseDatabaseWrapper
    told_at: float = field(default=0.0)

    def tell(self, done: int) -> None:
        """So many records are written; raises `Stopped`."""
        self.download.done = done
        if time.monotonic() - self.told_at < _TOLD_EVERY:
            return
        self.told_at = time.monotonic()
        table = Download._meta.db_table
        with self.beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET done = %s, total = %s WHERE id = %s RETURNING stop_asked",  # noqa: S608 - our own table
                [done, self.download.total, self.download.pk],
            )
            if cursor.fetchone() == (True,):
                raise Stopped


@contextmanager
def _one_moment() -> Iterator[BaseDatabaseWrapper]:
    """Within the block all is read as it was at one moment; gives a connection beside it to tell progress with."""
    if connection.in_atomic_block:  # whoever began that transaction decided what it sees
        yield connection
        return
    beside = connection.copy()
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield beside
    finally:
        beside.close()


def forget_old() -> None:
    """Delete the files that were kept long enough, and what a worker that died left behind."""
    for download in Download.objects.filter(state=DownloadState.READY, kept_until__lt=now()):
        download.discard()
    folder = Download().path.parent
    for part in folder.glob("*.part"):
        if time.time() - part.stat().st_mtime > KEPT.total_seconds():
            part.unlink(missing_ok=True)
