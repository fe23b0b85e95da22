"""Requests to addresses that people typed (webhooks, sign-on providers): never into our own network.

A name is resolved once, each address it has is checked, and the connection goes to an address that was checked, so that
a name server that answers differently the second time gains nothing. Redirects are not followed, proxies and cookies
not used. `RAPPORT_ALLOW_PRIVATE_ADDRESSES` lists networks of one's own that may be reached nevertheless.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from .problems import Problem

Address = IPv4Address | IPv6Address

LONGEST_ANSWER = 64 * 1024
LONGEST_URL = 2_000
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_CARRIES_IPV4 = IPv6Network("64:ff9b::/96")


class OutboundRefused(Problem):
    """The address is not one that we send to."""


@dataclass(frozen=True)
class Answer:
    """What the other side said: status and the beginning of its text."""

    status: int
    text: str


def check_url(url: str) -> str:
    """The address as given, if its form is one that we send to; raises `OutboundRefused` saying what is wrong."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise OutboundRefused(_("This is no web address. Write it like https://company.com/path.")) from error
    is_plain_text = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if parts.scheme not in ("http", "https") or not host or not is_plain_text or len(url) > LONGEST_URL or port == 0:
        raise OutboundRefused(_("This is no web address. Write it like https://company.com/path."))
    if parts.username is not None or parts.password is not None:
        raise OutboundRefused(_("Leave the user name and the password out of the address."))
    if parts.scheme == "http" and not all(_is_allowed(address) for address in public_addresses(host, port or 80)):
        raise OutboundRefused(_("Use https:// here, so that nobody on the way can read what is sent."))
    return url


def check_target(url: str) -> str:
    """As `check_url`, and the host is one that may be reached now; it is looked at again when something is sent."""
    parts = urlsplit(check_url(url))
    public_addresses(parts.hostname or "", parts.port or 443)
    return url


def public_addresses(host: str, port: int) -> list[Address]:
    """What a host name stands for, if all of it may be reached; raises `OutboundRefused` otherwise."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutboundRefused(_("“%(host)s” was not found. Check the address.") % {"host": host[:100]}) from error
    addresses = list(dict.fromkeys(ip_address(str(one[4][0]).partition("%")[0]) for one in found))
    if not addresses or not all(is_public(address) or _is_allowed(address) for address in addresses):
        refusal = _("“%(host)s” is inside a private network. An administrator of this server can allow it.")
        raise OutboundRefused(refusal % {"host": host[:100]})
    return addresses


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, whatever way it is wrapped."""
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        return address in _GLOBAL_UNICAST and address.is_global and address.teredo is None
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if address in _CARRIES_IPV4:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_allowed(address: Address) -> bool:
    networks: Iterable[str] = settings.ALLOWED_PRIVATE_ADDRESSES
    plain = (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
    return any(plain in ip_network(network, strict=False) for network in networks)


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
