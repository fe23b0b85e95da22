"""Requests to addresses that people typed (webhooks, sign-on providers): never into our own network.

A name is resolved once, each address it has is checked, and the connection goes to an address that was checked, so that
a name server that answers differently the second time gains nothing. Redirects are not followed, proxies and cookies
not used. Which addresses those are stands in `outbound_addresses`.
"""

import ssl
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext as _

from .outbound_addresses import OutboundRefused, check_url, public_addresses

LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What the other side said: status and the beginning of its text."""

    status: int
    text: str


class _CheckedConnections(httpcore.SyncBackend):
    """Connects only to addresses that were checked, each name looked up once per connection."""

    def connect_tcp(self, host: str, port: int, **options: Any) -> httpcore.NetworkStream:  # type: ignore[override]
        """To the first address that answers."""
        failure: Exception | None = None
        for address in public_addresses(host, port):
            try:
                return super().connect_tcp(str(address), port, **options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(host)

    def connect_unix_socket(self, path: str, *_args: Any, **_options: Any) -> httpcore.NetworkStream:
        """Never."""
        raise OutboundRefused(_("This is no web address. Write it like https://company.com/path."))


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are always checked; reading the list of authorities takes long enough to do it once."""
    return httpx.create_ssl_context(trust_env=False)


class CheckedTransport(httpx.HTTPTransport):
    """What an `httpx.Client` sends through when the address came from outside."""

    def __init__(self) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_CheckedConnections())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Look at the form of the address first."""
        check_url(str(request.url))
        return super().handle_request(request)


def checked_client(*, timeout: float = 10.0) -> httpx.Client:
    """An HTTP client for addresses that people typed; close it after use."""
    return httpx.Client(transport=CheckedTransport(), timeout=timeout, follow_redirects=False, trust_env=False)


def send(url: str, *, content: bytes, headers: dict[str, str], timeout: float = 10.0) -> Answer:
    """POST to an address; raises `OutboundRefused` or `httpx.HTTPError`. Reads no more of the answer than it keeps."""
    check_url(url)
    deadline = time.monotonic() + timeout
    with (
        checked_client(timeout=timeout) as client,
        client.stream("POST", url, content=content, headers=headers) as response,
    ):
        return Answer(response.status_code, _beginning(response, deadline))


def _beginning(response: httpx.Response, deadline: float) -> str:
    """The first bytes of an answer as text; a slow one is cut off."""
    read = bytearray()
    for piece in response.iter_raw():
        read += piece
        if len(read) >= LONGEST_ANSWER or time.monotonic() > deadline:
            break
    return bytes(read[:LONGEST_ANSWER]).decode(errors="replace").replace("\x00", "")
