"""A role somebody has or had at an organisation, beside or before the main one.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Affiliation:
    """A role somebody has or had at an organisation, beside or before the main one."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    person: str | None = None
    organisation: str | None = None
    role: str | None = None
    department: str | None = None
    since: str | None = None
    until: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewAffiliation(TypedDict, total=False):
    """NewAffiliation: what may be given."""

    person: str | None
    organisation: str | None
    role: str | None
    department: str | None
    since: str | None
    until: str | None


class AffiliationChange(TypedDict, total=False):
    """AffiliationChange: what may be given."""

    person: str | None
    organisation: str | None
    role: str | None
    department: str | None
    since: str | None
    until: str | None


class AffiliationEnd(TypedDict, total=False):
    """AffiliationEnd: what may be given."""

    on: str | None


class AffiliationCollection(Collection[Affiliation, NewAffiliation, AffiliationChange]):
    """A role somebody has or had at an organisation, beside or before the main one."""

    path = "affiliations"
    kind = Affiliation

    def end(
        self, key: str, arguments: AffiliationEnd | None = None, *, etag: str | None = None
    ) -> Outcome[Affiliation]:
        """Note that the role is no longer held."""
        return self._do(key, "end", arguments, etag)
