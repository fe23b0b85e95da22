"""Where to go next, and the numbers that addresses and forms name."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MOST = 2_000
LARGEST = 2**63 - 1  # that the database counts to


def way_back(request: HttpRequest, *, otherwise: str = "/") -> str:
    """Where the person came from (`next`, else the referring page), when that is a page of ours."""
    address = request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    is_address = address.startswith(("/", "http://", "https://")) and len(address) < MOST
    safe = is_address and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else otherwise


def whole_number(text: str, *, most: int = LARGEST) -> int | None:
    """The number that somebody wrote, `most` where it is larger; None for any other text.

    A number of thousands of digits is none that Python would read.
    """
    if not (text.isascii() and text.isdigit()):
        return None
    return min(int(text), most) if len(text) < 20 else most
