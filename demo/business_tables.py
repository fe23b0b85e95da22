"""Tables of what was bought and nearly bought: opportunities, orders, contracts, tickets, leads."""

from collections.abc import Iterable
from datetime import date, timedelta

from demo.business import Lead, Line, Opportunity, Outcome
from demo.company import Company
from demo.prospects import needs, next_step
from demo.sources import rows
from demo.tables import Row, Table, money, text
from demo.workdays import months_later, next_weekday

STAGES = (
    "S1 Prospecting",
    "S2 Qualification",
    "S3 Discovery",
    "S4 Proposal",
    "S5 Negotiation and close",
    "S6 Follow-up",
)
LEAD_MAPPING = {
    "Message": "need",
    "Converted Account ID": "organisation",
    "Converted Contact ID": "person",
    "Converted Opportunity ID": "opportunity",
}


def tables(company: Company) -> list[Table]:
    """Opportunities first, as orders, leads and activities link to them."""
    return [
        Table(
            "opportunities.csv", "opportunity", [_opportunity(each, company=company) for each in company.opportunities]
        ),
        Table("opportunity_lines.csv", "opportunityline", list(_opportunity_lines(company))),
        Table("stage_visits.csv", "stagevisit", list(_stage_visits(company))),
        Table("campaigns.csv", "campaign", list(_campaigns(company))),
        Table("leads.csv", "lead", [_lead(each) for each in company.leads], LEAD_MAPPING),
        Table("orders.csv", "order", list(_orders(company))),
        Table("order_lines.csv", "orderline", list(_order_lines(company))),
        Table("contracts.csv", "contract", list(_contracts(company))),
        Table("tickets.csv", "ticket", list(_tickets(company))),
    ]


def stage_of(opportunity: Opportunity) -> str:
    """The stage reached; a won one has gone on to the follow-up."""
    return STAGES[5] if opportunity.outcome is Outcome.WON else STAGES[len(opportunity.stages) - 1]


def _opportunity(each: Opportunity, *, company: Company) -> Row:
    step, step_on = next_step(each, today=company.today, chance=company.chance)
    need, impact = needs(each)
    return {
        "Opportunity ID": each.code,
        "Opportunity Name": each.name,
        "Account ID": each.organisation.code,
        "Primary Contact ID": each.contact.code,
        "Product": each.lines[0].product.name,
        "Stage": stage_of(each),
        "Status": each.outcome.value,
        "Amount": money(each.amount),
        "Currency": each.organisation.currency,
        "Created Date": text(each.created),
        "Expected Close": text(each.expected_close),
        **_ending(each, company=company),
        "Opportunity Owner": each.owner.email,
        "Lead Source": each.source,
        "Competitors": each.story.competitor,
        "Next Step": step,
        "Next Step On": text(step_on),
        "Need": need,
        "Impact": impact,
    }


def _ending(each: Opportunity, *, company: Company) -> Row:
    won, lost = each.outcome is Outcome.WON, each.outcome is Outcome.LOST
    return {
        "Closed On": text(each.closed_on if won or lost else None),
        "Stage Since": text(each.closed_on if won else each.stages[-1]),
        "Win Reason": each.reason if won else "",
        "Loss Reason": each.reason if lost else "",
        "Lost To": each.story.competitor if each.reason == "Lost to competitor" else "",
        "Parked Until": text(_parked_until(each, company=company)),
    }


def _parked_until(each: Opportunity, *, company: Company) -> date | None:
    if each.outcome is not Outcome.PARKED:
        return None
    return next_weekday(company.today + timedelta(days=company.chance.stream(f"parked {each.code}").whole(3, 150)))


def _opportunity_lines(company: Company) -> Iterable[Row]:
    for each in company.opportunities:
        for line in each.lines:
            yield {"Opportunity ID": each.code} | _line(line)


def _order_lines(company: Company) -> Iterable[Row]:
    for each in company.orders:
        for line in each.lines:
            yield {"Order Number": each.code} | _line(line)


def _line(line: Line) -> Row:
    return {
        "Product Code": line.product.code,
        "Quantity": line.quantity,
        "Unit Price": money(line.unit_price),
        "Discount (%)": line.discount or "",
        "Line Total": money(line.total),
    }


def _stage_visits(company: Company) -> Iterable[Row]:
    """The stays that are over; where an opportunity stands now is in its own row."""
    for each in company.opportunities:
        ends = [*each.stages[1:], *([each.closed_on] if each.outcome is Outcome.WON and each.closed_on else [])]
        for place, (entered_on, left_on) in enumerate(zip(each.stages, ends, strict=False)):
            yield {
                "Opportunity ID": each.code,
                "Stage": STAGES[place],
                "Entered": text(entered_on),
                "Left": text(left_on),
            }


def _campaigns(company: Company) -> Iterable[Row]:
    for name, _source, month, kind, budget in rows("company", "campaigns"):
        start = company.today.replace(month=int(month), day=1) if int(month) else None
        start = start.replace(year=start.year - 1) if start and start >= company.today else start
        yield {
            "Campaign Name": name,
            "Type": kind,
            "Start Date": text(start),
            "End Date": text(months_later(start, months=1) if start else None),
            "Budget": budget,
            "Currency": "EUR",
        }


def _lead(each: Lead) -> Row:
    return {
        "Lead ID": each.code,
        "First Name": each.card.first_name,
        "Last Name": each.card.last_name,
        "Company": each.card.company,
        "Job Title": each.card.title,
        "Email": each.card.email,
        "Phone": each.card.phone,
        "City": each.card.city,
        "Country": each.card.market.name,
        "Industry": each.card.industry,
        "Employees": text(each.card.employees),
        "Lead Source": each.source,
        "Campaign": each.campaign,
        "Status": each.status,
        "Created Date": text(each.created),
        "Lead Owner": each.owner.email,
        "Language": each.card.market.language,
        "Message": each.message,
        "Discard Reason": each.reason,
        "Parked Until": text(each.revisit_on),
        **_conversion(each.opportunity),
    }


def _conversion(opportunity: Opportunity | None) -> Row:
    return {
        "Converted On": text(opportunity.created if opportunity else None),
        "Converted Account ID": opportunity.organisation.code if opportunity else "",
        "Converted Contact ID": opportunity.contact.code if opportunity else "",
        "Converted Opportunity ID": opportunity.code if opportunity else "",
    }


def _orders(company: Company) -> Iterable[Row]:
    for each in company.orders:
        yield {
            "Order Number": each.code,
            "Account Name": each.organisation.name,
            "Opportunity ID": each.opportunity.code if each.opportunity else "",
            "Contact ID": each.contact.code,
            "Order Date": text(each.ordered_on),
            "Delivery Date": text(each.delivered_on),
            "Status": each.status,
            "Amount": money(each.amount),
            "Currency": each.organisation.currency,
            "Owner": each.organisation.owner.email,
        }


def _contracts(company: Company) -> Iterable[Row]:
    for each in company.contracts:
        yield {
            "Contract Number": each.code,
            "Account Name": each.order.organisation.name,
            "Order Number": each.order.code,
            "Contract Type": each.kind,
            "Start Date": text(each.starts_on),
            "End Date": text(each.ends_on),
            "Notice Period (days)": text(each.notice_days),
            "Renewal": each.renewal,
            "Status": each.status,
            "Annual Value": money(each.yearly_value),
            "Currency": each.order.organisation.currency,
            "Owner": each.order.organisation.owner.email,
        }


def _tickets(company: Company) -> Iterable[Row]:
    for each in company.tickets:
        yield {
            "Ticket ID": each.code,
            "Subject": each.subject,
            "Description": each.text,
            "Account ID": each.person.organisation.code,
            "Requester Email": each.person.email,
            "Product Code": each.product.code,
            "Category": each.family,
            "Priority": each.priority,
            "Status": each.status,
            "Assignee": each.agent.email,
            "Opened At": text(each.opened_at),
            "First Answer At": text(each.answered_at),
            "Solved At": text(each.solved_at),
            "Satisfaction": text(each.satisfaction),
            "Resolution": each.fix if each.solved_at else "",
        }
