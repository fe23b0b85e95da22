"""Where a page of the ledger ended: how far each of its two streams was told, so that no line is missed or repeated."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol, Self
from uuid import UUID

from django.db.models import Q

_LARGEST_EVENT = 2**63 - 1


class Told(Protocol):
    """A line of the ledger: of a proposal, or of an event without one."""

    @property
    def at(self) -> datetime:
        """When it was."""

    @property
    def event_id(self) -> int | None:
        """The event's number."""

    @property
    def proposal_id(self) -> UUID | None:
        """The proposal's id."""


@dataclass(frozen=True)
class Place:
    """The last event and the last proposal told; None where none was told yet."""

    event: int | None = None
    proposal: tuple[datetime, UUID] | None = None

    def after(self, lines: Iterable[Told]) -> Self:
        """The place behind these lines, which came after this one."""
        place = self
        for line in lines:
            if line.proposal_id is not None:
                place = replace(place, proposal=(line.at, line.proposal_id))
            else:
                place = replace(place, event=line.event_id)
        return place

    def written(self) -> str:
        """The place as text for an address."""
        proposal = f"{self.proposal[0].isoformat()}~{self.proposal[1]}" if self.proposal else "~"
        return f"{self.event or ''}~{proposal}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The place written so; the newest end of the ledger for any other text."""
        try:
            event, at, key = text.split("~")
            return cls(_number(event), (_moment(at), UUID(key)) if at else None)
        except (ValueError, OverflowError):
            return cls()

    @property
    def older_events(self) -> Q:
        """The condition that holds for events not told yet."""
        return Q(pk__lt=self.event) if self.event is not None else Q()

    @property
    def older_proposals(self) -> Q:
        """The condition that holds for proposals not told yet."""
        if self.proposal is None:
            return Q()
        at, key = self.proposal
        return Q(proposed_at__lte=at) & (Q(proposed_at__lt=at) | Q(pk__lt=key))


def _number(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and int(text) <= _LARGEST_EVENT):
        raise ValueError(text)
    return int(text) if text else None


def _moment(text: str) -> datetime:
    """In Greenwich's time: the database takes no offset of nearly a day."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(UTC)
