"""Whether everything was prepared already, so that a later start need not look again: seconds, for who waits.

Remembered beside the embedded database, so that a database that is deleted or put back takes it along. With a server
of `DATABASE_URL` nothing is remembered, since others may have changed it meanwhile.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from rapport import __version__
from rapport.core.home import CHECKOUT, PACKAGE

WATCHED = ("*/migrations/*.py", "web/static/**/*", "locale/**/*.po")


def is_prepared(home: Path, *, with_demo: bool) -> bool:
    """Whether `remember_prepared` was called for this very code, and what it made is still there."""
    stamp = _stamp(home)
    if os.environ.get("DATABASE_URL") or not stamp.exists() or not (home / "static").exists():
        return False
    return stamp.read_text() == _fingerprint(with_demo=with_demo)


def remember_prepared(home: Path, *, with_demo: bool) -> None:
    """The database, the static files and the translations are as this code wants them."""
    if not os.environ.get("DATABASE_URL"):
        _stamp(home).write_text(_fingerprint(with_demo=with_demo))


def _stamp(home: Path) -> Path:
    return home / "database" / "prepared"


def _fingerprint(*, with_demo: bool) -> str:
    digest = sha256(f"{__version__} {with_demo}".encode())
    for path in sorted(_watched()):
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _watched() -> Iterator[Path]:
    """What decides about tables, static files and translations; the lock file stands for the libraries' share."""
    yield from (path for path in (CHECKOUT / "requirements.lock", CHECKOUT / "requirements-dev.lock") if path.exists())
    for pattern in WATCHED:
        yield from (path for path in PACKAGE.glob(pattern) if path.is_file())
