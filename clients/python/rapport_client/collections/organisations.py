"""A company or other body that we know, sell to, work with or compete with.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Organisation:
    """A company or other body that we know, sell to, work with or compete with."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    lifecycle: Literal["prospect", "customer", "former_customer", "partner", "supplier", "competitor"] | None = None
    industry: str | None = None
    website: str | None = None
    emails: list[dict[str, Any]] | None = None
    phones: list[dict[str, Any]] | None = None
    country: str | None = None
    addresses: list[dict[str, Any]] | None = None
    employees: int | None = None
    annual_revenue: str | None = None
    revenue_currency: str | None = None
    founded_year: int | None = None
    parent: str | None = None
    vat_number: str | None = None
    company_number: str | None = None
    source: str | None = None
    supplied_by: str | None = None
    supplied_until: str | None = None
    chance_to_become_customer: str | None = None
    risk_of_leaving: str | None = None
    risk_of_discontent: str | None = None
    next_offer: str | None = None
    segment: str | None = None
    portfolio_place: Literal["high_performing", "selling", "networking", "low_performing"] | None = None
    collaboration: int | None = None
    service_model: Literal["partner", "direct", "mass"] | None = None
    lifetime_value: str | None = None
    owner: str | None = None
    team: str | None = None
    description: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewOrganisation(TypedDict, total=False):
    """NewOrganisation: what may be given."""

    name: str | None
    lifecycle: Literal["prospect", "customer", "former_customer", "partner", "supplier", "competitor"] | None
    industry: str | None
    website: str | None
    emails: list[dict[str, Any]] | None
    phones: list[dict[str, Any]] | None
    country: str | None
    addresses: list[dict[str, Any]] | None
    employees: int | None
    annual_revenue: str | None
    revenue_currency: str | None
    founded_year: int | None
    parent: str | None
    vat_number: str | None
    company_number: str | None
    source: str | None
    supplied_by: str | None
    supplied_until: str | None
    owner: str | None
    team: str | None
    description: str | None


class OrganisationChange(TypedDict, total=False):
    """OrganisationChange: what may be given."""

    name: str | None
    lifecycle: Literal["prospect", "customer", "former_customer", "partner", "supplier", "competitor"] | None
    industry: str | None
    website: str | None
    emails: list[dict[str, Any]] | None
    phones: list[dict[str, Any]] | None
    country: str | None
    addresses: list[dict[str, Any]] | None
    employees: int | None
    annual_revenue: str | None
    revenue_currency: str | None
    founded_year: int | None
    parent: str | None
    vat_number: str | None
    company_number: str | None
    source: str | None
    supplied_by: str | None
    supplied_until: str | None
    owner: str | None
    team: str | None
    description: str | None


class OrganisationMergeInto(TypedDict, total=False):
    """OrganisationMergeInto: what may be given."""

    other: str
    take: str | None


class OrganisationShareWith(TypedDict, total=False):
    """OrganisationShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class OrganisationCollection(Collection[Organisation, NewOrganisation, OrganisationChange]):
    """A company or other body that we know, sell to, work with or compete with."""

    path = "organisations"
    kind = Organisation

    def merge_into(
        self, key: str, arguments: OrganisationMergeInto | None = None, *, etag: str | None = None
    ) -> Outcome[Organisation]:
        """Make this organisation a part of another one, which is the same company and gets all that this one has."""
        return self._do(key, "merge-into", arguments, etag)

    def share_with(
        self, key: str, arguments: OrganisationShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Organisation]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
