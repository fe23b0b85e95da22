"""From which address a request comes: the one place that says so, for all that counts or shows addresses."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings

Address = IPv4Address | IPv6Address
NOWHERE = "0.0.0.0"  # noqa: S104 - stands for an address that the server did not tell


def client_address(meta: Mapping[str, Any]) -> str:
    """The sender's address, from `request.META`.

    `X-Forwarded-For` is believed only as far as proxies named in `RAPPORT_TRUSTED_PROXIES` wrote it.
    """
    found = _parsed(str(meta.get("REMOTE_ADDR", "")))
    for text in reversed(str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")):
        told = _parsed(text)
        if found is None or told is None or not _is_trusted(found):
            break
        found = told
    return str(found) if found else NOWHERE


def counted_address(meta: Mapping[str, Any]) -> str:
    """What attempts are counted by: the address, of IPv6 the network, because one sender has many addresses there."""
    address = client_address(meta)
    if ":" not in address:
        return address
    return str(IPv6Network((address, 64), strict=False))


def _is_trusted(address: Address) -> bool:
    proxies: Iterable[str] = settings.TRUSTED_PROXIES
    return any(address in ip_network(proxy, strict=False) for proxy in proxies)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
