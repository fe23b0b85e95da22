"""A telephone or video call with a customer.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome, Reference


@dataclass(frozen=True)
class Call:
    """A telephone or video call with a customer."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    subject: str | None = None
    at: str | None = None
    direction: Literal["in", "out"] | None = None
    seconds: int | None = None
    outcome: Literal["reached", "no_answer", "busy", "voicemail", "wrong_number"] | None = None
    text: str | None = None
    about: list[Reference] | None = None
    owner: str | None = None
    team: str | None = None
    mentions: list[Reference] | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewCall(TypedDict, total=False):
    """NewCall: what may be given."""

    subject: str | None
    at: str | None
    direction: Literal["in", "out"] | None
    seconds: int | None
    outcome: Literal["reached", "no_answer", "busy", "voicemail", "wrong_number"] | None
    text: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class CallChange(TypedDict, total=False):
    """CallChange: what may be given."""

    subject: str | None
    at: str | None
    direction: Literal["in", "out"] | None
    seconds: int | None
    outcome: Literal["reached", "no_answer", "busy", "voicemail", "wrong_number"] | None
    text: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class CallShareWith(TypedDict, total=False):
    """CallShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class CallCollection(Collection[Call, NewCall, CallChange]):
    """A telephone or video call with a customer."""

    path = "calls"
    kind = Call

    def share_with(self, key: str, arguments: CallShareWith | None = None, *, etag: str | None = None) -> Outcome[Call]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
