"""Everything made so far, handed from module to module."""

from dataclasses import dataclass, field
from datetime import date

from demo.business import Contract, Lead, Opportunity, Order, Ticket
from demo.chance import Chance
from demo.records import Organisation, Person, Product, User
from demo.touches import Call, Mail, Meeting, Note, Task


@dataclass
class Company:
    """Everything made so far; each module adds its part."""

    seed: int
    today: date
    chance: Chance
    users: list[User] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
