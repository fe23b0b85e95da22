"""A message written to or by a customer.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome, Reference


@dataclass(frozen=True)
class Mail:
    """A message written to or by a customer."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    subject: str | None = None
    at: str | None = None
    direction: Literal["in", "out"] | None = None
    sender: str | None = None
    recipients: list[str] | None = None
    copied: list[str] | None = None
    text: str | None = None
    message_id: str | None = None
    thread: str | None = None
    about: list[Reference] | None = None
    owner: str | None = None
    team: str | None = None
    mentions: list[Reference] | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewMail(TypedDict, total=False):
    """NewMail: what may be given."""

    subject: str | None
    at: str | None
    direction: Literal["in", "out"] | None
    sender: str | None
    recipients: list[str] | None
    copied: list[str] | None
    text: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class MailChange(TypedDict, total=False):
    """MailChange: what may be given."""

    subject: str | None
    at: str | None
    direction: Literal["in", "out"] | None
    sender: str | None
    recipients: list[str] | None
    copied: list[str] | None
    text: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class MailShareWith(TypedDict, total=False):
    """MailShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class MailCollection(Collection[Mail, NewMail, MailChange]):
    """A message written to or by a customer."""

    path = "mails"
    kind = Mail

    def share_with(self, key: str, arguments: MailShareWith | None = None, *, etag: str | None = None) -> Outcome[Mail]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
