"""A document kept with a record.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Outcome, ReadOnlyCollection, Reference


@dataclass(frozen=True)
class File:
    """A document kept with a record."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    subject: str | None = None
    at: str | None = None
    text: str | None = None
    content_type: str | None = None
    size: int | None = None
    sha256: str | None = None
    about: list[Reference] | None = None
    owner: str | None = None
    team: str | None = None
    mentions: list[Reference] | None = None
    more: dict[str, Any] = field(default_factory=dict)


class FileShareWith(TypedDict, total=False):
    """FileShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class FileCollection(ReadOnlyCollection[File]):
    """A document kept with a record."""

    path = "files"
    kind = File

    def share_with(self, key: str, arguments: FileShareWith | None = None, *, etag: str | None = None) -> Outcome[File]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
