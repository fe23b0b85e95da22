"""Who and what the demo company deals with: its users, its catalogue, the organisations and people it knows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from demo.markets import Market


class Trajectory(StrEnum):
    """How an organisation develops over the three years."""

    GROWING = "growing"
    STEADY = "steady"
    DECLINING = "declining"
    CHURNED = "churned"
    PROSPECT = "prospect"


@dataclass(frozen=True)
class User:
    """Somebody of Northmere. `rhythm` is the usual number of days between contacts, `skill` a log-odds of winning."""

    code: str
    first_name: str
    last_name: str
    email: str
    role: str
    team: str
    manager: str
    title: str
    language: str
    time_zone: str
    countries: tuple[str, ...]
    rhythm: int
    skill: float
    diligence: float

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Product:
    """An article of the catalogue; the price is in euros."""

    code: str
    name: str
    family: str
    price: int
    unit: str
    industries: tuple[str, ...]
    is_yearly: bool
    description: str


@dataclass(frozen=True)
class Organisation:
    """A company that Northmere sells to, or would like to."""

    code: str
    name: str
    short_name: str
    parent: str
    industry: str
    employees: int
    revenue: int
    market: Market
    domain: str
    phone: str
    street: str
    postal_code: str
    city: str
    vat_number: str
    company_number: str
    owner: User
    created: date
    trajectory: Trajectory
    churned_on: date | None

    @property
    def country(self) -> str:
        """The code of its country."""
        return self.market.code

    @property
    def currency(self) -> str:
        """The currency it is quoted in."""
        return self.market.currency

    @property
    def language(self) -> str:
        """The language mails are written in."""
        return self.market.language


@dataclass(frozen=True)
class Person:
    """Somebody at an organisation, until `left_on`; who turns up at another one is there again under the same code."""

    code: str
    first_name: str
    last_name: str
    title: str
    buying_role: str
    organisation: Organisation
    email: str
    phone: str
    mobile: str
    language: str
    joined_on: date
    left_on: date | None = None

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"
