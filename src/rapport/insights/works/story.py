"""How an opportunity went: its stays in stages, each contact with the customer, and its end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Stay:
    """One stay in a stage that is sold in; `place` counts the stages of the pipeline from 0."""

    place: int
    since: datetime


@dataclass(frozen=True)
class Contact:
    """A mail, call or held meeting; `people` are those of the customer who took part."""

    at: datetime
    kind: str
    is_incoming: bool
    people: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Story:
    """What happened, oldest first. `goal_at`: when it reached the last stage that is sold in, or was won."""

    opportunity: UUID
    opened: datetime
    stays: tuple[Stay, ...]
    contacts: tuple[Contact, ...]
    goal_at: datetime | None
    ended: datetime | None
    is_won: bool
    size: float | None
    is_customer: bool
    industry: str
    source: str
    seller: str

    def contacts_between(self, start: datetime, end: datetime) -> list[Contact]:
        """The contacts from one moment until before another."""
        return [contact for contact in self.contacts if start <= contact.at < end]
