"""Somebody outside our own company whom we know: a contact at an organisation, past or present.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Person:
    """Somebody outside our own company whom we know: a contact at an organisation, past or present."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    salutation: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    organisation: str | None = None
    job_title: str | None = None
    department: str | None = None
    organisation_since: str | None = None
    buying_role: Literal["decider", "influencer", "user", "gatekeeper", "buyer", "champion", "blocker"] | None = None
    emails: list[dict[str, Any]] | None = None
    phones: list[dict[str, Any]] | None = None
    languages: list[str] | None = None
    country: str | None = None
    addresses: list[dict[str, Any]] | None = None
    profile: str | None = None
    source: str | None = None
    owner: str | None = None
    team: str | None = None
    description: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewPerson(TypedDict, total=False):
    """NewPerson: what may be given."""

    salutation: str | None
    first_name: str | None
    last_name: str | None
    organisation: str | None
    job_title: str | None
    department: str | None
    organisation_since: str | None
    buying_role: Literal["decider", "influencer", "user", "gatekeeper", "buyer", "champion", "blocker"] | None
    emails: list[dict[str, Any]] | None
    phones: list[dict[str, Any]] | None
    languages: list[str] | None
    country: str | None
    addresses: list[dict[str, Any]] | None
    profile: str | None
    source: str | None
    owner: str | None
    team: str | None
    description: str | None


class PersonChange(TypedDict, total=False):
    """PersonChange: what may be given."""

    salutation: str | None
    first_name: str | None
    last_name: str | None
    organisation: str | None
    job_title: str | None
    department: str | None
    organisation_since: str | None
    buying_role: Literal["decider", "influencer", "user", "gatekeeper", "buyer", "champion", "blocker"] | None
    emails: list[dict[str, Any]] | None
    phones: list[dict[str, Any]] | None
    languages: list[str] | None
    country: str | None
    addresses: list[dict[str, Any]] | None
    profile: str | None
    source: str | None
    owner: str | None
    team: str | None
    description: str | None


class PersonAddRole(TypedDict, total=False):
    """PersonAddRole: what may be given."""

    organisation: str
    role: str | None
    since: str | None
    until: str | None


class PersonMergeInto(TypedDict, total=False):
    """PersonMergeInto: what may be given."""

    other: str
    take: str | None


class PersonMoveTo(TypedDict, total=False):
    """PersonMoveTo: what may be given."""

    organisation: str
    job_title: str | None
    department: str | None
    since: str | None


class PersonShareWith(TypedDict, total=False):
    """PersonShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class PersonCollection(Collection[Person, NewPerson, PersonChange]):
    """Somebody outside our own company whom we know: a contact at an organisation, past or present."""

    path = "people"
    kind = Person

    def add_role(self, key: str, arguments: PersonAddRole | None = None, *, etag: str | None = None) -> Outcome[Person]:
        """Note a further or earlier role at an organisation, beside the main one."""
        return self._do(key, "add-role", arguments, etag)

    def merge_into(
        self, key: str, arguments: PersonMergeInto | None = None, *, etag: str | None = None
    ) -> Outcome[Person]:
        """Make this person a part of another one, who is the same human being and gets all that this one has."""
        return self._do(key, "merge-into", arguments, etag)

    def move_to(self, key: str, arguments: PersonMoveTo | None = None, *, etag: str | None = None) -> Outcome[Person]:
        """Note that the person works elsewhere now; the role left behind stays on record."""
        return self._do(key, "move-to", arguments, etag)

    def share_with(
        self, key: str, arguments: PersonShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Person]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
