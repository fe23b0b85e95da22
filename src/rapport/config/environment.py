"""What the environment decides: secrets and the addresses we answer to."""

import os
import secrets
import socket
import tempfile
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from rapport.core.problems import Problem


def secret(name: str, *, home: Path) -> str:
    """The secret kept in the file `name` of the home folder; made at first use, readable by its owner only."""
    path = home / name
    if not path.exists():
        _make_secret(path)
    return path.read_text().strip()


def _make_secret(path: Path) -> None:
    """Written aside and put in place whole, so that of several processes starting at once all read the same."""
    descriptor, aside = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # readable by its owner only
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    try:
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        Path(aside).unlink()


def listed(name: str) -> list[str]:
    """The values of an environment variable that lists some, separated by commas."""
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


def hours(name: str, usual: int) -> int:
    """The seconds in as many hours as an environment variable says; raises `Problem` when it says something else."""
    written = os.environ.get(name, "") or str(usual)
    if not written.isdecimal() or int(written) == 0:
        raise Problem(f"{name} must be a number of hours, such as {usual}")
    return int(written) * 3600


def allowed_hosts(public_url: str) -> list[str]:
    """Names under which we answer: this machine's, `HOST`, that of the public address and `RAPPORT_ALLOWED_HOSTS`."""
    names = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), os.environ.get("HOST", "")]
    names += [urlsplit(public_url).hostname or "", *listed("RAPPORT_ALLOWED_HOSTS")]
    return sorted({name for name in names if name} - {"0.0.0.0"})  # noqa: S104 - not a name


def networks(name: str) -> list[str]:
    """The networks that an environment variable lists, such as "10.0.0.0/8,192.168.7.3"; `Problem` when one is none."""
    try:
        return [str(ip_network(network, strict=False)) for network in listed(name)]
    except ValueError as error:
        raise Problem(f"{name} must list networks, such as 10.0.0.0/8,192.168.7.3") from error
