"""What passes between the demo company and its customers: mails, meetings, calls, notes, tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from demo.records import Person, User


@dataclass(frozen=True)
class Mail:
    """One message of a thread."""

    code: str
    thread: str
    sent_at: datetime
    sender: str
    recipient: str
    copies: tuple[str, ...]
    subject: str
    body: str
    language: str
    is_ours: bool
    organisation: str
    person: str
    opportunity: str = ""
    ticket: str = ""

    @property
    def user(self) -> str:
        """The address of the one of us who wrote it or got it."""
        return self.sender if self.is_ours else self.recipient


@dataclass(frozen=True)
class Meeting:
    """A meeting held or planned."""

    code: str
    subject: str
    starts_at: datetime
    minutes: int
    location: str
    organiser: User
    attendees: tuple[str, ...]
    notes: str
    status: str
    organisation: str
    opportunity: str = ""


@dataclass(frozen=True)
class Call:
    """A telephone call."""

    code: str
    started_at: datetime
    seconds: int
    direction: str
    result: str
    user: User
    person: Person
    summary: str
    opportunity: str = ""


@dataclass(frozen=True)
class Note:
    """Something written down."""

    code: str
    written_at: datetime
    author: User
    text: str
    organisation: str
    person: str = ""
    opportunity: str = ""


@dataclass(frozen=True)
class Task:
    """Something to do, or done."""

    code: str
    subject: str
    due_on: date
    status: str
    priority: str
    owner: User
    created: date
    completed_on: date | None
    organisation: str
    opportunity: str = ""
