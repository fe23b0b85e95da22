"""Addresses that people typed (webhooks, sign-on providers): which of them we send to, and which lead into our network.

`RAPPORT_ALLOW_PRIVATE_ADDRESSES` lists networks of one's own that may be reached nevertheless.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .problems import Problem

Address = IPv4Address | IPv6Address

LONGEST_URL = 2_000
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_CARRIES_IPV4 = IPv6Network("64:ff9b::/96")


class OutboundRefused(Problem):
    """The address is not one that we send to."""


def check_url(url: str) -> str:
    """The address as given, if its form is one that we send to; raises `OutboundRefused` saying what is wrong."""
    import httpx  # brings a fifth of a second, and most processes never send

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
