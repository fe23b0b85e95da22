"""What somebody wants to remember about a customer; “@name” in it tells a colleague.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection, Outcome, Reference


@dataclass(frozen=True)
class Note:
    """What somebody wants to remember about a customer; “@name” in it tells a colleague."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    subject: str | None = None
    text: str | None = None
    at: str | None = None
    about: list[Reference] | None = None
    owner: str | None = None
    team: str | None = None
    mentions: list[Reference] | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewNote(TypedDict, total=False):
    """NewNote: what may be given."""

    subject: str | None
    text: str | None
    at: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class NoteChange(TypedDict, total=False):
    """NoteChange: what may be given."""

    subject: str | None
    text: str | None
    at: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class NoteShareWith(TypedDict, total=False):
    """NoteShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class NoteCollection(Collection[Note, NewNote, NoteChange]):
    """What somebody wants to remember about a customer; “@name” in it tells a colleague."""

    path = "notes"
    kind = Note

    def share_with(self, key: str, arguments: NoteShareWith | None = None, *, etag: str | None = None) -> Outcome[Note]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
