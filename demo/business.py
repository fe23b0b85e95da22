"""What the demo company does: opportunities and their stories, orders, contracts, tickets and leads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from demo.markets import Market
from demo.records import Organisation, Person, Product, User


class Outcome(StrEnum):
    """Where an opportunity stands today."""

    OPEN = "Open"
    WON = "Won"
    LOST = "Lost"
    PARKED = "Parked"


@dataclass(frozen=True)
class Line:
    """So many of a product at a price, discount in per cent."""

    product: Product
    quantity: int
    unit_price: int
    discount: int

    @property
    def total(self) -> float:
        """Quantity times price, less the discount. Exact: prices are whole, and so is the discount in per cent."""
        return self.quantity * self.unit_price * (100 - self.discount) / 100


@dataclass(frozen=True)
class Story:
    """What an opportunity is about. The whole numbers choose lines of the vocabulary, in any language."""

    language: str
    machine: int
    problem: int
    goal: int
    objection: int
    promise: int
    points: int
    cost: int
    budget: int
    discount: int
    weeks: int
    competitor: str
    decider: Person | None
    deadline: date


@dataclass(frozen=True)
class Opportunity:
    """A chance to sell: its story, its lines, and the days on which it entered its stages."""

    code: str
    name: str
    organisation: Organisation
    contact: Person
    owner: User
    outcome: Outcome
    created: date
    expected_close: date
    closed_on: date | None
    source: str
    campaign: str
    reason: str
    lines: tuple[Line, ...]
    stages: tuple[date, ...]
    progress: float
    rhythm: float
    story: Story

    @property
    def amount(self) -> float:
        """The sum of the lines."""
        return round(sum(line.total for line in self.lines), 2)

    @property
    def last_day(self) -> date:
        """The day on which it was closed, or was expected to be."""
        return self.closed_on or self.expected_close


@dataclass(frozen=True)
class Order:
    """What a customer ordered."""

    code: str
    organisation: Organisation
    opportunity: Opportunity | None
    contact: Person
    ordered_on: date
    delivered_on: date | None
    status: str
    lines: tuple[Line, ...]

    @property
    def amount(self) -> float:
        """The sum of the lines."""
        return round(sum(line.total for line in self.lines), 2)


@dataclass(frozen=True)
class Contract:
    """A yearly agreement on software or service."""

    code: str
    order: Order
    kind: str
    starts_on: date
    ends_on: date
    notice_days: int
    renewal: str
    status: str
    yearly_value: float


@dataclass(frozen=True)
class Ticket:
    """A customer's question or complaint."""

    code: str
    person: Person
    product: Product
    family: str
    subject: str
    text: str
    fix: str
    priority: str
    status: str
    agent: User
    opened_at: datetime
    answered_at: datetime | None
    solved_at: datetime | None
    satisfaction: int | None


@dataclass(frozen=True)
class Card:
    """What is known of somebody who is not in the books yet."""

    first_name: str
    last_name: str
    title: str
    email: str
    phone: str
    company: str
    market: Market
    city: str
    industry: str
    employees: int | None


@dataclass(frozen=True)
class Lead:
    """Somebody who might become a customer."""

    code: str
    card: Card
    source: str
    campaign: str
    status: str
    created: date
    owner: User
    message: str
    reason: str = ""
    revisit_on: date | None = None
    opportunity: Opportunity | None = None
