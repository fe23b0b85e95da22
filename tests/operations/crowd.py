"""A crowd on a machine of its own, as nearly as one machine can have it.

A hundred threads that ask for pages use the cores that the server needs, and then wait for one before they notice that
their answer lies there. So all visitors are one loop on plain sockets, which costs a fiftieth of a core or so, and goes
before everything else on the machine where it may (root): an answer is seen as soon as its last byte has come.
"""

import asyncio
import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.operations.load import Errand, Errands, Ledger, Request
from tests.operations.visitor import PATIENCE

FIRST = -10  # how nice such a process is
_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Crowd:
    """What visitors met, and the share of a core that all of them took."""

    ledgers: list[Ledger]
    cores: float


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode(errors="replace")


def crowd_of(
    address: str, cookies: Mapping[str, str], *, visitors: int, seconds: float, seed: int, first_number: int
) -> Crowd:
    """What so many visitors met in so long a time; done in a process of its own."""
    with suppress(PermissionError):
        os.nice(FIRST)
    begun, used = time.monotonic(), time.process_time()
    errands = [Errands(number, seed=seed) for number in range(first_number, first_number + visitors)]
    asyncio.run(_until(begun + seconds, errands, _Door(address, cookies)))
    cores = (time.process_time() - used) / (time.monotonic() - begun)
    return Crowd([one.ledger for one in errands], cores)


async def _until(end: float, errands: list[Errands], door: "_Door") -> None:
    await asyncio.gather(*(_visit(one, door, end) for one in errands))


async def _visit(errands: Errands, door: "_Door", end: float) -> None:
    while time.monotonic() < end:
        is_done = await _carry_out(errands.next_errand(), door)
        await asyncio.sleep(Errands.pause(is_done=is_done))


async def _carry_out(errand: Errand, door: "_Door") -> bool:
    try:
        request = next(errand)
        while True:
            request = errand.send(await door.reply(request))
    except StopIteration as end:
        return bool(end.value)


class _Door:
    """Where requests go, by somebody who is logged in already; each on a connection of its own."""

    def __init__(self, address: str, cookies: Mapping[str, str]) -> None:
        place = urlsplit(address)
        self._place = (place.hostname or "", place.port or 80)
        sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._headers = (
            f"Host: {place.netloc}\r\nCookie: {sent}\r\nX-CSRFToken: {cookies['csrftoken']}\r\nConnection: close\r\n"
        )

    async def reply(self, asked: Request) -> Answer | None:
        """What the server says; None when it says nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                return _read(await self._exchanged(self._written(asked)))
        except OSError:
            return None

    def _written(self, asked: Request) -> bytes:
        if asked.values is None:
            return f"GET {asked.path} HTTP/1.1\r\n{self._headers}\r\n".encode()
        body = urlencode(asked.values)
        form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return f"POST {asked.path} HTTP/1.1\r\n{self._headers}{form}\r\n{body}".encode()

    async def _exchanged(self, sent: bytes) -> bytes:
        loop, parts = asyncio.get_running_loop(), []
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
            connection.setblocking(False)
            await loop.sock_connect(connection, self._place)
            await loop.sock_sendall(connection, sent)
            while part := await loop.sock_recv(connection, _AT_ONCE):
                parts.append(part)
        return b"".join(parts)


def _read(received: bytes) -> Answer:
    """Status, headers and whatever follows, however it is wrapped. Raises `OSError` where the server broke off."""
    head, blank, body = received.partition(b"\r\n\r\n")
    if not blank:
        raise ConnectionError("no whole answer")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.title(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, body)
