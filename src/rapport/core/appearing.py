"""Files that appear under their name only when they are complete."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_END = ".rapport.part"
_YOUNG = 60.0  # seconds in which a writer has surely locked the file it made


@contextmanager
def appearing(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner only; it appears under its name when it is on the disk, and not at all after a failure.

    What killed writers left behind in the folder is deleted. Raises `FileExistsError` where there is such a file; an
    `OSError` of the disk names the file.
    """
    if path.exists():
        raise FileExistsError(path)
    forget_abandoned(path.parent)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_END}")
    try:
        with naming(path, instead=aside), aside.open("xb") as file:
            with suppress(OSError):  # a disk that knows no locks
                fcntl.flock(file, fcntl.LOCK_EX)
            aside.chmod(0o600)
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def naming(path: Path, *, instead: Path | None = None) -> Iterator[None]:
    """An `OSError` that tells of no file, as that of a full disk, or of the one `instead`, then tells of this one."""
    try:
        yield
    except OSError as error:
        if error.filename in (None, str(instead)):
            error.filename = str(path)
        raise


def forget_abandoned(folder: Path) -> None:
    """Delete the unfinished files of a folder at which nobody writes any more."""
    for aside in folder.glob(f".*{_END}"):
        if _is_abandoned(aside):
            aside.unlink(missing_ok=True)


def _is_abandoned(aside: Path) -> bool:
    try:
        with aside.open("rb+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return time.time() - os.fstat(file.fileno()).st_mtime > _YOUNG
    except OSError:
        return False
