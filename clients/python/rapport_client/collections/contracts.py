"""What a customer is bound to, from when to when, and until when notice can be given.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Contract:
    """What a customer is bound to, from when to when, and until when notice can be given."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    number: str | None = None
    subject: str | None = None
    organisation: str | None = None
    person: str | None = None
    opportunity: str | None = None
    order: str | None = None
    product: str | None = None
    kind: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    notice_period_days: int | None = None
    notice_by: str | None = None
    renewal: Literal["none", "automatic"] | None = None
    amount: str | None = None
    currency: str | None = None
    billing_period: Literal["once", "month", "quarter", "year"] | None = None
    status: Literal["draft", "active", "notice_given", "ended", "cancelled"] | None = None
    description: str | None = None
    owner: str | None = None
    team: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewContract(TypedDict, total=False):
    """NewContract: what may be given."""

    number: str | None
    subject: str | None
    organisation: str | None
    person: str | None
    opportunity: str | None
    order: str | None
    product: str | None
    kind: str | None
    starts_on: str | None
    ends_on: str | None
    notice_period_days: int | None
    notice_by: str | None
    renewal: Literal["none", "automatic"] | None
    amount: str | None
    currency: str | None
    billing_period: Literal["once", "month", "quarter", "year"] | None
    status: Literal["draft", "active", "notice_given", "ended", "cancelled"] | None
    description: str | None
    owner: str | None
    team: str | None


class ContractChange(TypedDict, total=False):
    """ContractChange: what may be given."""

    number: str | None
    subject: str | None
    organisation: str | None
    person: str | None
    opportunity: str | None
    order: str | None
    product: str | None
    kind: str | None
    starts_on: str | None
    ends_on: str | None
    notice_period_days: int | None
    notice_by: str | None
    renewal: Literal["none", "automatic"] | None
    amount: str | None
    currency: str | None
    billing_period: Literal["once", "month", "quarter", "year"] | None
    status: Literal["draft", "active", "notice_given", "ended", "cancelled"] | None
    description: str | None
    owner: str | None
    team: str | None


class ContractEnd(TypedDict, total=False):
    """ContractEnd: what may be given."""


class ContractGiveNotice(TypedDict, total=False):
    """ContractGiveNotice: what may be given."""

    ends_on: str | None


class ContractRenew(TypedDict, total=False):
    """ContractRenew: what may be given."""

    until: str


class ContractShareWith(TypedDict, total=False):
    """ContractShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class ContractCollection(Collection[Contract, NewContract, ContractChange]):
    """What a customer is bound to, from when to when, and until when notice can be given."""

    path = "contracts"
    kind = Contract

    def end(self, key: str, arguments: ContractEnd | None = None, *, etag: str | None = None) -> Outcome[Contract]:
        """Say that it binds nobody any more."""
        return self._do(key, "end", arguments, etag)

    def give_notice(
        self, key: str, arguments: ContractGiveNotice | None = None, *, etag: str | None = None
    ) -> Outcome[Contract]:
        """Note that one side gave notice: it won't renew; with `ends_on`, it ends that day."""
        return self._do(key, "give-notice", arguments, etag)

    def renew(self, key: str, arguments: ContractRenew | None = None, *, etag: str | None = None) -> Outcome[Contract]:
        """Let it run on until a later day."""
        return self._do(key, "renew", arguments, etag)

    def share_with(
        self, key: str, arguments: ContractShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Contract]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
