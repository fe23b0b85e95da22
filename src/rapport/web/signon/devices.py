"""Known devices: browsers on which somebody signed in before, told by a signed cookie.

Guessing by others never holds up a known device of the account that is guessed at (see `throttle`).
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

COOKIE = f"{settings.COOKIE_PREFIX}rapport_device"
_YEAR = 365 * 24 * 3600
_MOST_ACCOUNTS = 5
_SIGNER = Signer(salt="rapport.device")


def known_device(request: HttpRequest, email: str) -> str | None:
    """The device's number, if somebody signed in on it with this address before."""
    device, accounts = _read(request)
    return device if _mark(device, email) in accounts else None


def last_account(request: HttpRequest) -> list[str]:
    """The device, and the mark of the account that signed in on it last; empty where nobody did."""
    device, accounts = _read(request)
    return [device, accounts[-1]] if accounts else []


def is_last_account(noted: list[str], email: str) -> bool:
    """Whether this is the account that `last_account` noted."""
    device, mark = noted
    return constant_time_compare(mark, _mark(device, email))


def remember_device(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """From now on this browser is a known device of the account."""
    device, accounts = _read(request)
    mark = _mark(device, email)
    kept = [account for account in accounts if account != mark][-_MOST_ACCOUNTS + 1 :]
    response.set_cookie(
        COOKIE,
        _SIGNER.sign_object([device, [*kept, mark]]),
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, accounts = _SIGNER.unsign_object(request.COOKIES.get(COOKIE, ""))
    except (BadSignature, ValueError):
        return get_random_string(22), []
    return str(device), list(accounts)


def _mark(device: str, email: str) -> str:
    return salted_hmac("rapport.device", f"{device}\0{email.lower()}", algorithm="sha256").hexdigest()[:32]
