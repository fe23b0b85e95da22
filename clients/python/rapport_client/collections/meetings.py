"""A calendar entry: with whom, when, where, and what came of it.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome, Reference


@dataclass(frozen=True)
class Meeting:
    """A calendar entry: with whom, when, where, and what came of it."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    subject: str | None = None
    at: str | None = None
    ends_at: str | None = None
    status: Literal["planned", "held", "cancelled"] | None = None
    place: str | None = None
    attendees: list[dict[str, Any]] | None = None
    text: str | None = None
    about: list[Reference] | None = None
    owner: str | None = None
    team: str | None = None
    mentions: list[Reference] | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewMeeting(TypedDict, total=False):
    """NewMeeting: what may be given."""

    subject: str | None
    at: str | None
    ends_at: str | None
    status: Literal["planned", "held", "cancelled"] | None
    place: str | None
    attendees: list[dict[str, Any]] | None
    text: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class MeetingChange(TypedDict, total=False):
    """MeetingChange: what may be given."""

    subject: str | None
    at: str | None
    ends_at: str | None
    status: Literal["planned", "held", "cancelled"] | None
    place: str | None
    attendees: list[dict[str, Any]] | None
    text: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class MeetingCancel(TypedDict, total=False):
    """MeetingCancel: what may be given."""


class MeetingHold(TypedDict, total=False):
    """MeetingHold: what may be given."""

    minutes: str | None


class MeetingMove(TypedDict, total=False):
    """MeetingMove: what may be given."""

    starts_at: str


class MeetingShareWith(TypedDict, total=False):
    """MeetingShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class MeetingCollection(Collection[Meeting, NewMeeting, MeetingChange]):
    """A calendar entry: with whom, when, where, and what came of it."""

    path = "meetings"
    kind = Meeting

    def cancel(self, key: str, arguments: MeetingCancel | None = None, *, etag: str | None = None) -> Outcome[Meeting]:
        """Say that it won't take place."""
        return self._do(key, "cancel", arguments, etag)

    def hold(self, key: str, arguments: MeetingHold | None = None, *, etag: str | None = None) -> Outcome[Meeting]:
        """Say that it took place, with its minutes if there are any."""
        return self._do(key, "hold", arguments, etag)

    def move(self, key: str, arguments: MeetingMove | None = None, *, etag: str | None = None) -> Outcome[Meeting]:
        """Plan it for another time; it lasts as long as before."""
        return self._do(key, "move", arguments, etag)

    def share_with(
        self, key: str, arguments: MeetingShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Meeting]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
