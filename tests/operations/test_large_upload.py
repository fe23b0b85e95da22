"""A large file goes on where it stopped, though its connection breaks and the server is stopped and killed meanwhile.

Only as a long form: `./test soak -k large_upload`; RAPPORT_MEGABYTES says how large (300), RAPPORT_BREAKS how
often (9). In a browser, with a smaller file, it is `tests/browser/test_large_uploads.py`.
"""

import base64
import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.importing.killable import Server
from tests.operations.visitor import Visitor

MEGABYTES = int(os.environ.get("RAPPORT_MEGABYTES") or 300)
PIECE = 4 << 20  # as browsers send it
BREAKS = int(os.environ.get("RAPPORT_BREAKS") or 9)  # a third of them each way
TYPE = "application/offset+octet-stream"


class Cut(Exception):
    """The connection broke."""


@dataclass
class Sender:
    """Sends a file in pieces, as the page does, and remembers what was confirmed."""

    visitor: Visitor
    path: Path
    address: str = ""
    confirmed: int = 0
    sent_twice: int = 0
    waits: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Asks for room."""
        told = f"filename {base64.b64encode(self.path.name.encode()).decode()}"
        length = str(self.path.stat().st_size)
        headers = {"Upload-Length": length, "Upload-Metadata": told, "Tus-Resumable": "1.0.0"}
        answer = self.visitor.send("POST", "/imports/uploads/", headers=headers)
        assert answer.status_code == 201, answer.text
        self.address = answer.headers["Location"]

    def offset(self) -> int:
        """How far it is, as the server says: nothing that was confirmed may lack."""
        found = int(self.visitor.send("HEAD", self.address).headers["Upload-Offset"])
        assert found >= self.confirmed
        return found

    def add(self, *, breaks: Callable[[], None] | None = None) -> None:
        """Sends the next piece; in its middle comes what breaks it."""
        offset = self.offset()
        with self.path.open("rb") as file:
            file.seek(offset)
            piece = file.read(PIECE)
        headers = {"Upload-Offset": str(offset), "Content-Type": TYPE, "Content-Length": str(len(piece))}
        begun = time.monotonic()
        if breaks is not None:
            with suppress(Cut, httpx.TransportError):
                self.visitor.send("PATCH", self.address, content=_halves(piece, breaks), headers=headers)
            self.sent_twice += offset + len(piece) // 2 - self.offset()
            return
        answer = self.visitor.send("PATCH", self.address, content=piece, headers=headers)
        assert answer.status_code == 204, answer.text
        self.confirmed = int(answer.headers["Upload-Offset"])
        self.waits.append(time.monotonic() - begun)


def _halves(piece: bytes, breaks: Callable[[], None]) -> Iterator[bytes]:
    yield piece[: len(piece) // 2]
    time.sleep(0.2)  # so that the server has read some of it
    breaks()
    raise Cut


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path / "home")
    found.start()
    yield found
    found.stop()


def large_file(folder: Path) -> Path:
    """Accounts until it is as large as wanted."""
    path, chance = folder / "accounts.csv", random.Random(MEGABYTES)
    with path.open("w") as file:
        file.write("Account Name,Country,Remark\n")
        number = 0
        while file.tell() < MEGABYTES << 20:
            number += 1
            file.write(f"Company {number},France,{chance.randbytes(400).hex()}\n")
    return path


@pytest.mark.soak
def test_a_large_upload_survives_broken_connections_and_restarts(server: Server, tmp_path: Path) -> None:
    path = large_file(tmp_path)
    pieces = path.stat().st_size // PIECE
    seed = random.randrange(1_000_000)
    breaking = iter([_cut, server_stopped(server), server_killed(server)] * (BREAKS // 3))
    at = set(random.Random(seed).sample(range(pieces), BREAKS))
    with Visitor(f"http://127.0.0.1:{server.port}") as visitor:
        visitor.become_first_user()
        sender = Sender(visitor, path)
        sender.begin()
        while (offset := sender.offset()) < path.stat().st_size:
            is_broken = offset // PIECE in at
            at.discard(offset // PIECE)
            sender.add(breaks=next(breaking) if is_broken else None)
        begun = time.monotonic()
        answer = visitor.post("/imports/", {"arrived": sender.address.split("/")[-2]})
        assert answer.status_code == 302, answer.text[:2000]
        assert visitor.get(answer.headers["Location"]).status_code == 200
    assert _digests(server.home / "imports") == [_digest(path)]
    print(
        f"\nseed {seed}: {path.stat().st_size:,} bytes in pieces of {PIECE:,}, {BREAKS - len(at)} breaks; "
        f"{sender.sent_twice:,} bytes sent twice; a piece took {sorted(sender.waits)[len(sender.waits) // 2]:.2f} s "
        f"(median), reading it all {time.monotonic() - begun:.1f} s"
    )


def _cut() -> None:
    """Nothing else happens: the connection ends."""


def server_stopped(server: Server) -> Callable[[], None]:
    """A clean stop in the middle of a piece, and a new start."""

    def restart() -> None:
        server.stop()
        server.start()

    return restart


def server_killed(server: Server) -> Callable[[], None]:
    """kill -9 of all its processes in the middle of a piece, and a new start."""

    def restart() -> None:
        server.kill()
        server.start()

    return restart


def _digests(folder: Path) -> list[str]:
    return [_digest(path) for path in sorted(folder.glob("*/*.csv"))]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
