"""An effort of a limited time to win leads.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection


@dataclass(frozen=True)
class Campaign:
    """An effort of a limited time to win leads."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    kind: Literal["event", "mailing", "webinar", "advertising", "content", "referral", "calls", "other"] | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    budget: str | None = None
    currency: str | None = None
    description: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewCampaign(TypedDict, total=False):
    """NewCampaign: what may be given."""

    name: str | None
    kind: Literal["event", "mailing", "webinar", "advertising", "content", "referral", "calls", "other"] | None
    starts_on: str | None
    ends_on: str | None
    budget: str | None
    currency: str | None
    description: str | None


class CampaignChange(TypedDict, total=False):
    """CampaignChange: what may be given."""

    name: str | None
    kind: Literal["event", "mailing", "webinar", "advertising", "content", "referral", "calls", "other"] | None
    starts_on: str | None
    ends_on: str | None
    budget: str | None
    currency: str | None
    description: str | None


class CampaignCollection(Collection[Campaign, NewCampaign, CampaignChange]):
    """An effort of a limited time to win leads."""

    path = "campaigns"
    kind = Campaign
