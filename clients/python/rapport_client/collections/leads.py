"""Somebody who may become a customer, before it is clear whether that is worth an opportunity.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Lead:
    """Somebody who may become a customer, before it is clear whether that is worth an opportunity."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    organisation_name: str | None = None
    job_title: str | None = None
    department: str | None = None
    status: Literal["new", "working", "qualified", "parked", "converted", "discarded"] | None = None
    emails: list[dict[str, Any]] | None = None
    phones: list[dict[str, Any]] | None = None
    country: str | None = None
    addresses: list[dict[str, Any]] | None = None
    languages: list[str] | None = None
    website: str | None = None
    industry: str | None = None
    employees: int | None = None
    need: str | None = None
    product: str | None = None
    amount: str | None = None
    currency: str | None = None
    source: str | None = None
    campaign: str | None = None
    received_on: str | None = None
    chance_to_convert: str | None = None
    expected_kind: str | None = None
    expected_size: str | None = None
    owner: str | None = None
    team: str | None = None
    discard_reason: str | None = None
    parked_until: str | None = None
    converted_on: str | None = None
    organisation: str | None = None
    person: str | None = None
    opportunity: str | None = None
    description: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewLead(TypedDict, total=False):
    """NewLead: what may be given."""

    first_name: str | None
    last_name: str | None
    organisation_name: str | None
    job_title: str | None
    department: str | None
    emails: list[dict[str, Any]] | None
    phones: list[dict[str, Any]] | None
    country: str | None
    addresses: list[dict[str, Any]] | None
    languages: list[str] | None
    website: str | None
    industry: str | None
    employees: int | None
    need: str | None
    product: str | None
    amount: str | None
    currency: str | None
    source: str | None
    campaign: str | None
    received_on: str | None
    owner: str | None
    team: str | None
    discard_reason: str | None
    description: str | None


class LeadChange(TypedDict, total=False):
    """LeadChange: what may be given."""

    first_name: str | None
    last_name: str | None
    organisation_name: str | None
    job_title: str | None
    department: str | None
    emails: list[dict[str, Any]] | None
    phones: list[dict[str, Any]] | None
    country: str | None
    addresses: list[dict[str, Any]] | None
    languages: list[str] | None
    website: str | None
    industry: str | None
    employees: int | None
    need: str | None
    product: str | None
    amount: str | None
    currency: str | None
    source: str | None
    campaign: str | None
    received_on: str | None
    owner: str | None
    team: str | None
    discard_reason: str | None
    description: str | None


class LeadConvert(TypedDict, total=False):
    """LeadConvert: what may be given."""

    name: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None
    organisation: str | None
    person: str | None
    with_opportunity: bool | None
    opportunity_name: str | None
    stage: str | None


class LeadDiscard(TypedDict, total=False):
    """LeadDiscard: what may be given."""

    reason: str


class LeadMergeInto(TypedDict, total=False):
    """LeadMergeInto: what may be given."""

    other: str
    take: str | None


class LeadPark(TypedDict, total=False):
    """LeadPark: what may be given."""

    until: str
    reason: str | None


class LeadQualify(TypedDict, total=False):
    """LeadQualify: what may be given."""


class LeadReopen(TypedDict, total=False):
    """LeadReopen: what may be given."""


class LeadShareWith(TypedDict, total=False):
    """LeadShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class LeadWork(TypedDict, total=False):
    """LeadWork: what may be given."""


class LeadCollection(Collection[Lead, NewLead, LeadChange]):
    """Somebody who may become a customer, before it is clear whether that is worth an opportunity."""

    path = "leads"
    kind = Lead

    def convert(self, key: str, arguments: LeadConvert | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Make an organisation, a person and an opportunity of the lead, or add to the ones chosen."""
        return self._do(key, "convert", arguments, etag)

    def discard(self, key: str, arguments: LeadDiscard | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Give the lead up, and say why."""
        return self._do(key, "discard", arguments, etag)

    def merge_into(self, key: str, arguments: LeadMergeInto | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Make this lead a part of another one, which is the same enquiry and gets all that this one has."""
        return self._do(key, "merge-into", arguments, etag)

    def park(self, key: str, arguments: LeadPark | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Set aside until a day on which it comes back by itself; `reason` is kept with the event."""
        return self._do(key, "park", arguments, etag)

    def qualify(self, key: str, arguments: LeadQualify | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Note that the lead is worth an opportunity."""
        return self._do(key, "qualify", arguments, etag)

    def reopen(self, key: str, arguments: LeadReopen | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Work on a parked or discarded lead again."""
        return self._do(key, "reopen", arguments, etag)

    def share_with(self, key: str, arguments: LeadShareWith | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)

    def work(self, key: str, arguments: LeadWork | None = None, *, etag: str | None = None) -> Outcome[Lead]:
        """Note that somebody has taken the lead up."""
        return self._do(key, "work", arguments, etag)
