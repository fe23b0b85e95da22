"""How guessing at an account is slowed down without keeping its owner out.

Attempts from a known device of the account count for that device alone. All others count for the account from this
address, for the address, and for the account as a whole, so that guessing from many addresses is slow as well. Who is
attacked still signs in: from a known device, with a passkey, or after a reset link, which makes the browser known.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from rapport.identity.client_address import counted_address
from rapport.identity.guessing import Counter, Limit, attempted, succeeded

from .devices import known_device

DEVICE = Limit("device", free=10)
ACCOUNT_FROM_ADDRESS = Limit("account-address", free=5)
ADDRESS = Limit("address", free=50, wait=timedelta(minutes=1))
ACCOUNT = Limit("account", free=30, wait=timedelta(minutes=1), quiet=timedelta(hours=6))


@dataclass(frozen=True)
class Guess:
    """One attempt to prove to be the owner of an account, by "password" or "code"."""

    own: tuple[Counter, ...]
    shared: tuple[Counter, ...]

    def begin(self) -> timedelta | None:
        """Count it; the time to wait if it is one too many."""
        return attempted([*self.own, *self.shared])

    def was_right(self) -> None:
        """Forgive what failed here before; elsewhere only this attempt is taken back."""
        succeeded(self.own)
        succeeded(self.shared, forgive=False)


def guess(request: HttpRequest, email: str, *, kind: str) -> Guess:
    """The counters of an attempt at the account with this address."""
    account = email.strip().lower()
    device = known_device(request, account)
    if device:
        return Guess((Counter(DEVICE, (kind, account, device)),), ())
    address = counted_address(request.META)
    shared = (Counter(ADDRESS, (address,)), Counter(ACCOUNT, (kind, account)))
    return Guess((Counter(ACCOUNT_FROM_ADDRESS, (kind, account, address)),), shared)


def account_mark(email: str) -> str:
    """How logs name an account: the same each time, and nobody's address."""
    return salted_hmac("rapport.log", email.strip().lower(), algorithm="sha256").hexdigest()[:12]
