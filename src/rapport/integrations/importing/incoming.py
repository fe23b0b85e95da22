"""Files that arrive piece by piece: what came is kept until the rest does, and read only when all is there.

One folder each, with `about.json` and `content.part`. Pieces are only ever appended, so that the size of the part is
how far it is, whatever ended the connection or the server; a piece counts once it is on the disk.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.integrations.importing.uploading import MAX_BYTES

KEPT = timedelta(days=2)
MOST_UNFINISHED = 20
_ROOM_LEFT = 256 << 20  # bytes of the disk that stay free
_BLOCK = 1 << 16


class Gone(Problem):
    """There is no such file, or it is somebody else's."""


class OutOfStep(Problem):
    """The piece does not begin where the file ends, or another piece is being written."""


@dataclass(frozen=True)
class Incoming:
    """A file that is arriving: what it is called and how many bytes it will have."""

    number: UUID
    name: str
    length: int

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _place() / str(self.number)

    @property
    def path(self) -> Path:
        """What has come of it."""
        return self.folder / "content.part"

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return self.path.stat().st_size

    @property
    def is_complete(self) -> bool:
        """Whether all of it is there."""
        return self.offset == self.length


def expect_file(name: str, *, length: int) -> Incoming:
    """Make room for a file; raises `Problem` when it is too large, or too many are on their way."""
    sweep()
    if length > MAX_BYTES:
        raise Problem(_("The file is too large: at most %(most)d GB are taken. Split it.") % {"most": MAX_BYTES >> 30})
    _place().mkdir(mode=0o700, exist_ok=True)
    if shutil.disk_usage(_place()).free < 2 * length + _ROOM_LEFT:
        raise Problem(_("The server's disk has no room for this file. Ask your administrator to make some."))
    if sum(1 for owner, _each in _all() if owner == _mine()) >= MOST_UNFINISHED:
        raise Problem(_("Too many of your files are on their way. Finish or stop their upload first."))
    found = Incoming(uuid4(), name[:300], length)
    found.folder.mkdir(mode=0o700)
    found.path.touch(mode=0o600)
    told = {"name": found.name, "length": length, "owner": _mine()}
    (found.folder / "about.json").write_text(json.dumps(told))
    return found


def incoming_file(number: UUID) -> Incoming:
    """A file the actor is sending; raises `Gone`."""
    owner, found = _read(_place() / str(number))
    if found is None or owner != _mine():
        raise Gone(_("The upload was given up meanwhile. Choose the file again."))
    return found


def append(file: Incoming, piece: BinaryIO, *, offset: int) -> None:
    """Add what comes next; what came before a connection broke stays. Raises `OutOfStep`, or `Problem` for too much."""
    with _held(file) as target:
        if offset != file.offset:
            raise OutOfStep(_("The file has changed meanwhile. Choose it again."))
        try:
            _copy(piece, target, room=file.length - offset)
        finally:
            target.flush()
            os.fsync(target.fileno())


def _copy(piece: BinaryIO, target: BinaryIO, *, room: int) -> None:
    while block := piece.read(_BLOCK):
        room -= len(block)
        if room < 0:
            raise Problem(_("More came than the file was said to have. Choose it again."))
        target.write(block)


@contextmanager
def _held(file: Incoming) -> Iterator[BinaryIO]:
    """The part, open for one writer at a time."""
    with file.path.open("ab") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutOfStep(_("A part of this file is still being written. Try again in a moment.")) from None
        yield target


def discard(file: Incoming) -> None:
    """Forget a file, wholly or half arrived."""
    shutil.rmtree(file.folder, ignore_errors=True)


def sweep() -> int:
    """Forget what nobody added to for two days; returns how many files that were."""
    limit = (now() - KEPT).timestamp()
    old = [found for _owner, found in _all() if max(found.path.stat().st_mtime, found.folder.stat().st_mtime) < limit]
    for found in old:
        discard(found)
    return len(old)


def _all() -> Iterator[tuple[str, Incoming]]:
    for folder in _place().glob("*"):
        owner, found = _read(folder)
        if found is not None:
            yield owner, found


def _read(folder: Path) -> tuple[str, Incoming | None]:
    """Whose file lies in a folder; none where its upload is just beginning or ending."""
    try:
        told = json.loads((folder / "about.json").read_text())
        (folder / "content.part").stat()
    except (OSError, ValueError):
        return "", None
    return str(told["owner"]), Incoming(UUID(folder.name), str(told["name"]), int(told["length"]))


def _mine() -> str:
    return str(current_actor().user_id or "system")


def _place() -> Path:
    return Path(settings.HOME) / "incoming"
