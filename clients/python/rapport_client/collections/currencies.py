"""A currency we use, and what it is worth in our own.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Currency:
    """A currency we use, and what it is worth in our own."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    code: str | None = None
    rate: str | None = None
    rate_on: str | None = None
    is_base: bool | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewCurrency(TypedDict, total=False):
    """NewCurrency: what may be given."""

    code: str | None
    rate: str | None
    rate_on: str | None


class CurrencyChange(TypedDict, total=False):
    """CurrencyChange: what may be given."""

    code: str | None
    rate: str | None
    rate_on: str | None


class CurrencyMakeBase(TypedDict, total=False):
    """CurrencyMakeBase: what may be given."""


class CurrencySetRate(TypedDict, total=False):
    """CurrencySetRate: what may be given."""

    rate: str
    on: str | None


class CurrencyCollection(Collection[Currency, NewCurrency, CurrencyChange]):
    """A currency we use, and what it is worth in our own."""

    path = "currencies"
    kind = Currency

    def make_base(
        self, key: str, arguments: CurrencyMakeBase | None = None, *, etag: str | None = None
    ) -> Outcome[Currency]:
        """Count in this currency from now on; the other rates are turned into it where this one's rate is known."""
        return self._do(key, "make-base", arguments, etag)

    def set_rate(
        self, key: str, arguments: CurrencySetRate | None = None, *, etag: str | None = None
    ) -> Outcome[Currency]:
        """Set what one unit is worth in the base currency, and on which day that was so."""
        return self._do(key, "set-rate", arguments, etag)
