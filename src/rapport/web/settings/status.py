"""The state of the installation for those who look after it: what runs, what waits, what needs attention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport import __version__
from rapport.core.condition import (
    Backup,
    DatabaseState,
    DiskState,
    JobState,
    SealState,
    SlowStatement,
    database_state,
    disk_state,
    job_state,
    last_backup,
    seal_state,
    slowest_statements,
)
from rapport.core.processes import Kind, Process, living

from .access import needs
from .status_advice import Advice, advice_about

REFRESHED_EVERY = 15  # seconds


@dataclass(frozen=True)
class Condition:
    """Everything the page shows."""

    version: str
    processes: Sequence[Process]
    jobs: JobState
    disk: DiskState
    database: DatabaseState
    seal: SealState
    backup: Backup | None
    slowest: Sequence[SlowStatement]
    sends_mail: bool
    keeps_own_database: bool

    @property
    def since(self) -> datetime | None:
        """Since when pages have been served without a break."""
        return min((found.started_at for found in self.processes if found.kind == Kind.WEB), default=None)

    @property
    def advice(self) -> list[Advice]:
        """What needs attention, and what to do."""
        return list(advice_about(self))


@require_GET
@needs("status.read")
def status(request: HttpRequest) -> HttpResponse:
    """The page; its content refreshes alone."""
    return render(request, "settings/status.html", _context())


@require_GET
@needs("status.read")
def status_now(request: HttpRequest) -> HttpResponse:
    """What of the page refreshes alone."""
    return render(request, "settings/status_now.html", _context())


def _context() -> dict[str, object]:
    return {"condition": condition(), "every": REFRESHED_EVERY}


def condition() -> Condition:
    """The state of this moment."""
    return Condition(
        version=__version__,
        processes=list(living()),
        jobs=job_state(),
        disk=disk_state(),
        database=database_state(),
        seal=seal_state(),
        backup=last_backup(),
        slowest=slowest_statements(),
        sends_mail=settings.MAIL_IS_SENT,
        keeps_own_database=str(settings.DATABASES["default"].get("HOST", "")).startswith(str(settings.HOME)),
    )
