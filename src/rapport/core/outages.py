"""Outages: when it is not a mistake of ours or of the user, but the machine that cannot go on just now.

Pages, answers of the API and jobs say so in a sentence; trying again later helps.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.utils import Error, InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Outage:
    """What is out of order, and after how many seconds trying again makes sense."""

    kind: str
    title: Text
    advice: Text
    retry_after: int


DATABASE_AWAY = Outage(
    "database",
    _("The database does not answer"),
    _("It is probably starting again. What you had saved before is safe; what you just sent may not have been saved."),
    retry_after=5,
)
BUSY = Outage(
    "busy",
    _("Too much is asked of Rapport at once"),
    _("Nothing was changed. Wait some seconds, then try again."),
    retry_after=5,
)
DISK_FULL = Outage(
    "disk_full",
    _("The disk is full"),
    _("Nothing was changed. Ask your administrator to make room on the server; Rapport then goes on by itself."),
    retry_after=60,
)
READ_ONLY = Outage(
    "read_only",
    _("The disk can't be written"),
    _("Nothing was changed, and reading still works. Ask your administrator to look at the server's disk."),
    retry_after=60,
)

_BY_ERRNO = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EROFS: READ_ONLY,
    errno.EIO: READ_ONLY,
}
_BY_SQLSTATE = {
    "53100": DISK_FULL,
    "58030": READ_ONLY,
    "25006": READ_ONLY,
    "53200": BUSY,
    "53300": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "40001": BUSY,
    "40P01": BUSY,
}
_SYSTEM_WORDS = {"No space left on device": DISK_FULL, "Read-only file system": READ_ONLY}


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage behind an exception or one of its causes; None when it is something else."""
    found = (_outage(cause) for cause in causes_of(error))
    return next((outage for outage in found if outage), None)


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what led to it; one that was raised again can lead back to itself."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _outage(error: BaseException) -> Outage | None:
    if isinstance(error, Error):
        return _of_database(error)
    return _BY_ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None


def _of_database(error: Error) -> Outage | None:
    told = next((outage for words, outage in _SYSTEM_WORDS.items() if words in str(error)), None)
    known = _BY_SQLSTATE.get(getattr(error.__cause__, "sqlstate", None) or "")
    is_away = isinstance(error, OperationalError | InterfaceError)
    return told or known or (DATABASE_AWAY if is_away else None)
