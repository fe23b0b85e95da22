"""Orders that follow won opportunities or come in between, and the yearly contracts that follow orders."""

from dataclasses import replace
from datetime import date, timedelta

from demo.business import Contract, Line, Opportunity, Order, Outcome
from demo.chance import Chance
from demo.company import Company
from demo.offers import lines_for, repeat_lines
from demo.people import team_at
from demo.records import Organisation, Trajectory
from demo.workdays import months_later, next_weekday, weekday

REPEATS = {
    Trajectory.GROWING: 0.7,
    Trajectory.STEADY: 0.4,
    Trajectory.DECLINING: 0.5,
    Trajectory.CHURNED: 0.6,
    Trajectory.PROSPECT: 0.0,
}
CONTRACT_SHARE = 0.62


def add_orders(company: Company) -> None:
    """Orders from won opportunities, then repeat orders; numbered by date."""
    chance = company.chance.stream("orders")
    drafts = [
        _order(company, opportunity=each, chance=chance)
        for each in company.opportunities
        if each.outcome is Outcome.WON
    ]
    for organisation in company.organisations:
        drafts += _repeats(company, organisation=organisation, chance=chance)
    for number, draft in enumerate(sorted(drafts, key=lambda each: each.ordered_on), start=1):
        company.orders.append(_numbered(draft, code=f"ORD-{number:04d}"))


def add_contracts(company: Company) -> None:
    """A contract for most orders that hold something yearly."""
    chance = company.chance.stream("contracts")
    for order in company.orders:
        yearly = [line for line in order.lines if line.product.is_yearly]
        if yearly and order.opportunity and chance.happens(CONTRACT_SHARE):
            value = round(sum(line.total for line in yearly), 2)
            company.contracts.append(_contract(company, order=order, value=value, chance=chance))


def _order(company: Company, *, opportunity: Opportunity, chance: Chance) -> Order:
    closed_on = opportunity.closed_on or company.today
    ordered_on = min(weekday(company.today - timedelta(days=1)), next_weekday(closed_on + timedelta(days=1)))
    delivered_on = next_weekday(ordered_on + timedelta(days=7 * opportunity.story.weeks + chance.whole(-4, 12)))
    is_delivered = delivered_on < company.today
    return Order(
        code="",
        organisation=opportunity.organisation,
        opportunity=opportunity,
        contact=opportunity.contact,
        ordered_on=max(ordered_on, closed_on),
        delivered_on=delivered_on if is_delivered else None,
        status="Delivered" if is_delivered else chance.pick(("Confirmed", "In production")),
        lines=opportunity.lines,
    )


def _repeats(company: Company, *, organisation: Organisation, chance: Chance) -> list[Order]:
    """Smaller orders in between: more as a customer grows, none after it has gone."""
    end = organisation.churned_on - timedelta(days=60) if organisation.churned_on else company.today
    if organisation.trajectory is Trajectory.DECLINING:
        end = company.today - timedelta(days=200)
    people = team_at(organisation, people=company.people)
    number = round(chance.around(REPEATS[organisation.trajectory], spread=0.5))
    if not people or (end - organisation.created).days < 60:
        return []
    source = _known_lines(company, organisation=organisation, chance=chance)
    days = sorted(_day(organisation, end=end, chance=chance) for _ in range(number))
    return [
        Order(
            code="",
            organisation=organisation,
            opportunity=None,
            contact=chance.pick(people),
            ordered_on=day,
            delivered_on=day + timedelta(days=14) if day + timedelta(days=14) < company.today else None,
            status=_status(day, today=company.today, chance=chance),
            lines=repeat_lines(source, chance=chance),
        )
        for day in days
    ]


def _known_lines(company: Company, *, organisation: Organisation, chance: Chance) -> tuple[Line, ...]:
    won = [each for each in company.opportunities if each.organisation is organisation and each.outcome is Outcome.WON]
    return won[0].lines if won else lines_for(organisation, products=company.products, chance=chance)


def _day(organisation: Organisation, *, end: date, chance: Chance) -> date:
    span = (end - organisation.created).days
    growth = {Trajectory.GROWING: 0.6, Trajectory.DECLINING: 1.7, Trajectory.CHURNED: 1.5}
    share = chance.uniform(0, 1) ** growth.get(organisation.trajectory, 1.0)
    return max(organisation.created, weekday(organisation.created + timedelta(days=30 + round((span - 31) * share))))


def _status(day: date, *, today: date, chance: Chance) -> str:
    if chance.happens(0.04):
        return "Cancelled"
    return "Delivered" if day + timedelta(days=14) < today else "Confirmed"


def _numbered(order: Order, *, code: str) -> Order:
    delivered_on = None if order.status == "Cancelled" else order.delivered_on
    return replace(order, code=code, delivered_on=delivered_on)


def _contract(company: Company, *, order: Order, value: float, chance: Chance) -> Contract:
    months = chance.weighted((12, 24, 36), weights=(6, 2, 2))
    starts_on = months_later(order.ordered_on, months=1).replace(day=1)
    ends_on = months_later(starts_on, months=months) - timedelta(days=1)
    renews = chance.happens(0.65)
    gone = order.organisation.churned_on
    while renews and ends_on < company.today and (gone is None or ends_on < gone):
        ends_on = months_later(ends_on + timedelta(days=1), months=12) - timedelta(days=1)
    return Contract(
        code=f"CTR-{len(company.contracts) + 1:04d}",
        order=order,
        kind="Care" if any("CARE" in line.product.code for line in order.lines) else "Subscription",
        starts_on=starts_on,
        ends_on=ends_on,
        notice_days=chance.pick((30, 60, 90)),
        renewal="Automatic" if renews else "On agreement",
        status=_contract_status(company.today, ends_on=ends_on, starts_on=starts_on, gone=gone),
        yearly_value=value,
    )


def _contract_status(today: date, *, ends_on: date, starts_on: date, gone: date | None) -> str:
    if gone and ends_on >= gone:
        return "Cancelled"
    if starts_on > today:
        return "Signed"
    return "Active" if ends_on >= today else "Ended"
