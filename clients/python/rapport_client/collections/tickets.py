"""What a customer asked or complained about, and how it was solved.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Ticket:
    """What a customer asked or complained about, and how it was solved."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    number: str | None = None
    subject: str | None = None
    organisation: str | None = None
    person: str | None = None
    status: Literal["new", "open", "pending", "solved", "closed"] | None = None
    priority: Literal["low", "normal", "high", "urgent"] | None = None
    category: str | None = None
    product: str | None = None
    channel: Literal["mail", "phone", "web", "chat", "other"] | None = None
    opened_at: str | None = None
    first_answer_at: str | None = None
    solved_at: str | None = None
    satisfaction: int | None = None
    description: str | None = None
    resolution: str | None = None
    owner: str | None = None
    team: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewTicket(TypedDict, total=False):
    """NewTicket: what may be given."""

    number: str | None
    subject: str | None
    organisation: str | None
    person: str | None
    status: Literal["new", "open", "pending", "solved", "closed"] | None
    priority: Literal["low", "normal", "high", "urgent"] | None
    category: str | None
    product: str | None
    channel: Literal["mail", "phone", "web", "chat", "other"] | None
    opened_at: str | None
    first_answer_at: str | None
    solved_at: str | None
    satisfaction: int | None
    description: str | None
    resolution: str | None
    owner: str | None
    team: str | None


class TicketChange(TypedDict, total=False):
    """TicketChange: what may be given."""

    number: str | None
    subject: str | None
    organisation: str | None
    person: str | None
    status: Literal["new", "open", "pending", "solved", "closed"] | None
    priority: Literal["low", "normal", "high", "urgent"] | None
    category: str | None
    product: str | None
    channel: Literal["mail", "phone", "web", "chat", "other"] | None
    opened_at: str | None
    first_answer_at: str | None
    solved_at: str | None
    satisfaction: int | None
    description: str | None
    resolution: str | None
    owner: str | None
    team: str | None


class TicketAnswer(TypedDict, total=False):
    """TicketAnswer: what may be given."""

    text: str


class TicketReopen(TypedDict, total=False):
    """TicketReopen: what may be given."""


class TicketShareWith(TypedDict, total=False):
    """TicketShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class TicketSolve(TypedDict, total=False):
    """TicketSolve: what may be given."""

    resolution: str | None
    satisfaction: int | None


class TicketCollection(Collection[Ticket, NewTicket, TicketChange]):
    """What a customer asked or complained about, and how it was solved."""

    path = "tickets"
    kind = Ticket

    def answer(self, key: str, arguments: TicketAnswer | None = None, *, etag: str | None = None) -> Outcome[Ticket]:
        """Note what the customer was told; it is their turn now. The first answer's moment is kept."""
        return self._do(key, "answer", arguments, etag)

    def reopen(self, key: str, arguments: TicketReopen | None = None, *, etag: str | None = None) -> Outcome[Ticket]:
        """Put a solved ticket back to work."""
        return self._do(key, "reopen", arguments, etag)

    def share_with(
        self, key: str, arguments: TicketShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Ticket]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)

    def solve(self, key: str, arguments: TicketSolve | None = None, *, etag: str | None = None) -> Outcome[Ticket]:
        """Say that the customer has what they asked for, how it was solved, and how satisfied they are, if known."""
        return self._do(key, "solve", arguments, etag)
