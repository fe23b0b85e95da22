"""What of the installation's state needs attention, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.condition import age_of
from rapport.core.processes import Kind

if TYPE_CHECKING:
    from .status import Condition

LITTLE_ROOM = 2 * 1024**3  # bytes
NO_ROOM = 200 * 1024**2
LONG_WAIT = timedelta(minutes=5)
SEAL_LATE = timedelta(minutes=5)
BACKUP_OLD = timedelta(days=2)
CONNECTIONS_SHARE = 0.8

Text = str | Promise


@dataclass(frozen=True)
class Advice:
    """One thing to look at; `tone` is warning or bad."""

    tone: str
    title: Text
    text: Text


def advice_about(condition: "Condition") -> Iterator[Advice]:
    """The worst first."""
    found = [*_processes(condition), *_disk(condition), *_work(condition), *_database(condition), *_safety(condition)]
    yield from sorted(found, key=lambda advice: advice.tone != "bad")


def _processes(condition: "Condition") -> Iterator[Advice]:
    if not any(process.kind == Kind.WORKER for process in condition.processes):
        yield Advice(
            "bad",
            _("No worker is alive"),
            _("Imports, reminders and the seal on the history wait. Start Rapport with ./run, or ./rapport worker."),
        )
    if len({process.version for process in condition.processes}) > 1:
        yield Advice(
            "warning",
            _("Processes of several versions run"),
            _("An update was not finished. Start those of the old version again."),
        )


def _disk(condition: "Condition") -> Iterator[Advice]:
    disk = condition.disk
    if disk.problem or disk.free < NO_ROOM:
        yield Advice(
            "bad",
            _("The disk can't be written") if disk.problem else _("The disk is full"),
            _("Nothing can be saved. Make room on the disk of the home folder; Rapport then goes on by itself."),
        )
    elif disk.free < LITTLE_ROOM:
        yield Advice(
            "warning",
            _("The disk is nearly full"),
            _("Make room, or move the home folder to a larger disk, before nothing can be saved any more."),
        )


def _work(condition: "Condition") -> Iterator[Advice]:
    if condition.jobs.failed:
        yield Advice(
            "warning",
            _("Jobs have failed"),
            _(
                "They are parked after three tries, or because they took too long. Look at them under Background work;"
                " try them again there."
            ),
        )
    if condition.jobs.oldest_waits > LONG_WAIT:
        yield Advice(
            "warning",
            _("Work waits for long"),
            _("The workers don't keep up. Start another one: ./rapport worker"),
        )


def _database(condition: "Condition") -> Iterator[Advice]:
    database = condition.database
    if database.connections > CONNECTIONS_SHARE * database.connections_at_most:
        yield Advice(
            "warning",
            _("The database has few connections left"),
            _("Raise max_connections of PostgreSQL, or run fewer processes."),
        )


def _safety(condition: "Condition") -> Iterator[Advice]:
    if condition.seal.oldest_waits > SEAL_LATE:
        yield Advice(
            "warning",
            _("The history is not being sealed"),
            _("New events should be sealed within a minute. See whether a worker runs and what failed."),
        )
    if condition.backup is None:
        yield Advice("warning", _("There is no backup"), _("Make one: ./rapport backup. Have it done every night."))
    elif age_of(condition.backup) > BACKUP_OLD:
        yield Advice("warning", _("The last backup is old"), _("See why the nightly ./rapport backup does not run."))
    if not condition.sends_mail:
        yield Advice(
            "warning",
            _("No mail is sent"),
            _("Forgotten passwords can't be reset by mail. Name a mail server in EMAIL_URL and start again."),
        )
