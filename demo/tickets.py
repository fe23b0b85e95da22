"""Tickets of customers, more of them and slower answers before a customer leaves, with the mails they brought."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.business import Order, Ticket
from demo.chance import Chance
from demo.company import Company
from demo.letters import Thread
from demo.people import team_at
from demo.records import Organisation, Person, Product, Trajectory, User
from demo.sources import rows, sections
from demo.stories import days_ahead
from demo.wording import fill
from demo.workdays import office_hours, weekday

PER_YEAR = {
    Trajectory.GROWING: 1.25,
    Trajectory.STEADY: 0.9,
    Trajectory.DECLINING: 2.1,
    Trajectory.CHURNED: 1.6,
    Trajectory.PROSPECT: 0.25,
}
BEFORE_LEAVING = (2, 5)
RELEASED = "Gateways"
RELEASED_DAYS_AGO = 150
SHARE_SINCE_RELEASE = 0.75
HOURS_TO_ANSWER = {"Urgent": 2, "High": 5, "Normal": 14, "Low": 40}
HOURS_TO_SOLVE = {"Urgent": 14, "High": 40, "Normal": 90, "Low": 200}


@dataclass(frozen=True)
class Course:
    """How a ticket goes: its priority, how much slower than usual, when it was answered and solved so far."""

    priority: str
    slow: float
    answered_at: datetime | None
    solved_at: datetime | None


def add_tickets(company: Company) -> None:
    """Tickets of every customer since its first order, numbered by the time they were opened."""
    chance = company.chance.stream("tickets")
    moments: list[tuple[datetime, Order]] = []
    for organisation in company.organisations:
        orders = [order for order in company.orders if order.organisation is organisation and order.delivered_on]
        if orders:
            days = _days(company, organisation=organisation, first=orders[0], chance=chance)
            moments += [(office_hours(day, chance=chance), chance.pick(orders)) for day in days]
    for opened_at, order in sorted(moments, key=lambda each: (each[0], each[1].code)):
        ticket = _ticket(company, order=order, opened_at=opened_at, chance=chance)
        company.tickets.append(ticket)
        if chance.happens(0.24):
            _correspond(company, ticket=ticket, chance=chance)


def _days(company: Company, *, organisation: Organisation, first: Order, chance: Chance) -> list[date]:
    start = first.delivered_on or company.today
    end = organisation.churned_on or company.today
    years = max(0.0, (end - start).days / 365)
    number = round(chance.around(PER_YEAR[organisation.trajectory], spread=0.4) * years)
    days = [weekday(start + timedelta(days=round((end - start).days * chance.uniform(0, 1)))) for _ in range(number)]
    if organisation.churned_on:
        extra = chance.whole(*BEFORE_LEAVING)
        days += [weekday(end - timedelta(days=chance.whole(10, 150))) for _ in range(extra)]
    return [max(start, min(day, weekday(company.today - timedelta(days=1)))) for day in days]


def _ticket(company: Company, *, order: Order, opened_at: datetime, chance: Chance) -> Ticket:
    organisation = order.organisation
    product = _product(order, days_ago=(company.today - opened_at.date()).days, chance=chance)
    family, *texts = _case(product, language=organisation.language, chance=chance)
    slots = _slots(company, order=order, product=product, opened_at=opened_at, chance=chance)
    subject, text, fix = (fill(each, slots=slots, chance=chance) for each in texts)
    course = _course(company, organisation=organisation, opened_at=opened_at, chance=chance)
    return Ticket(
        code=f"TCK-{len(company.tickets) + 1:04d}",
        person=chance.pick(team_at(organisation, people=company.people) or [order.contact]),
        product=product,
        family=family,
        subject=subject,
        text=text,
        fix=fix,
        priority=course.priority,
        status=_status(course, chance=chance),
        agent=_agent(company.users, language=organisation.language, chance=chance),
        opened_at=opened_at,
        answered_at=course.answered_at,
        solved_at=course.solved_at,
        satisfaction=_satisfaction(course.slow, chance=chance) if course.solved_at else None,
    )


def _course(company: Company, *, organisation: Organisation, opened_at: datetime, chance: Chance) -> Course:
    """How fast it went; a part of the recent ones is still open."""
    priority = chance.weighted(("Urgent", "High", "Normal", "Low"), weights=(7, 23, 50, 20))
    slow = _slowness(organisation, on=opened_at.date())
    answered_at = opened_at + timedelta(hours=chance.around(HOURS_TO_ANSWER[priority], spread=0.7) * slow)
    solved_at = answered_at + timedelta(hours=chance.around(HOURS_TO_SOLVE[priority], spread=0.8) * slow)
    if (company.today - opened_at.date()).days < 24 and chance.happens(0.6):
        solved_at += timedelta(days=30)
    end = datetime.combine(company.today - timedelta(days=1), opened_at.time(), tzinfo=opened_at.tzinfo)
    return Course(
        priority=priority,
        slow=slow,
        answered_at=answered_at if answered_at <= end else None,
        solved_at=solved_at if solved_at <= end else None,
    )


def _product(order: Order, *, days_ago: int, chance: Chance) -> Product:
    """One that was ordered; since the firmware's last release mostly a gateway, where the customer has one."""
    released = [line.product for line in order.lines if line.product.family == RELEASED]
    is_of_release = chance.happens(SHARE_SINCE_RELEASE) and days_ago <= RELEASED_DAYS_AGO
    picked = chance.pick(order.lines).product
    return chance.pick(released) if released and is_of_release else picked


def _case(product: Product, *, language: str, chance: Chance) -> tuple[str, ...]:
    name = f"internal.{language}" if "tickets" in sections(f"internal.{language}") else "internal.en"
    cases = rows(name, "tickets")
    fitting = [row for row in cases if row[0] == product.family or (row[0] == "Orders" and chance.happens(0.3))]
    return chance.pick(fitting or cases)


def _slots(company: Company, *, order: Order, product: Product, opened_at: datetime, chance: Chance) -> dict[str, str]:
    language = order.organisation.language
    machines = rows("organisations", f"machines.{order.organisation.industry}")
    number = max(6, sum(line.quantity for line in order.lines if line.product.family == "Sensors"))
    earlier = opened_at.date() - timedelta(days=12)
    return {
        **days_ahead(language, on=earlier, chance=chance),
        "machine": chance.pick(machines)[{"en": 0, "fr": 1, "pt": 2}[language]],
        "serial": f"{product.code[3:6]}{chance.whole(10_000, 99_999)}",
        "points": str(number),
        "fewer": str(number - chance.whole(1, 4)),
        "small_discount": str(chance.pick((3, 5, 8))),
        "deadline": ("last month", "le mois dernier", "o mês passado")[("en", "fr", "pt").index(language)],
    }


def _slowness(organisation: Organisation, *, on: date) -> float:
    """Customers who left had waited longer and longer."""
    gone = organisation.churned_on
    if gone and on > gone - timedelta(days=160):
        return 3.2
    return 1.6 if organisation.trajectory is Trajectory.DECLINING else 1.0


def _status(course: Course, *, chance: Chance) -> str:
    if course.solved_at:
        return "Closed" if chance.happens(0.85) else "Solved"
    return chance.pick(("In progress", "Waiting for customer")) if course.answered_at else "New"


def _agent(users: list[User], *, language: str, chance: Chance) -> User:
    agents = [user for user in users if user.role == "support"]
    speaking = [user for user in agents if user.language == language]
    return chance.pick(speaking if speaking and chance.happens(0.7) else agents)


def _satisfaction(slow: float, *, chance: Chance) -> int | None:
    if not chance.happens(0.48):
        return None
    weights = (1, 2, 8, 30, 45) if slow < 1.5 else (12, 16, 14, 8, 4)
    return chance.weighted((1, 2, 3, 4, 5), weights=weights)


def _correspond(company: Company, *, ticket: Ticket, chance: Chance) -> None:
    """The mail that opened the ticket, and the one that answered it."""
    person: Person = ticket.person
    thread = Thread(company, person, ticket.agent, person.organisation.language, chance, ticket=ticket.code)
    slots = {
        **days_ahead(thread.language, on=ticket.opened_at.date(), chance=chance),
        "product": ticket.product.name.split(",")[0],
        "city": person.organisation.city,
        "ticket_subject": ticket.subject,
        "ticket_text": ticket.text,
        "ticket_no": ticket.code,
        "fix_text": ticket.fix,
    }
    thread.write("ticket", at=ticket.opened_at, slots=slots)
    if ticket.solved_at:
        thread.write("fix", at=ticket.solved_at, slots=slots)
