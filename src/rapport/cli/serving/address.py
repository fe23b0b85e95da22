"""Where the pages are served."""

import errno
import os
import socket
from dataclasses import dataclass

ANY = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not chosen


class AddressProblem(RuntimeError):
    """We cannot listen there; the message says what to do."""


@dataclass(frozen=True)
class Address:
    """Host and port to listen on."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        host = "127.0.0.1" if self.host in ANY else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def chosen_address() -> Address:
    """What `HOST` and `PORT` say, by default 127.0.0.1 and 8000."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise AddressProblem(f"PORT must be a number from 1 to 65535, not “{port}”.")
    return Address(os.environ.get("HOST") or "127.0.0.1", int(port))


def check_free(address: Address) -> None:
    """Raises `AddressProblem` when we could not listen there."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as problem:
            raise AddressProblem(_advice(problem, address)) from problem


def _advice(problem: OSError, address: Address) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {address.port} is taken by another program. Choose another one: PORT={address.port + 1} ./run"
    if problem.errno == errno.EACCES:
        return f"Port {address.port} is reserved for the system. Choose one above 1024: PORT=8000 ./run"
    return (
        f"Cannot listen on {address.host}:{address.port} ({problem.strerror}). Set HOST to an address of this machine."
    )
