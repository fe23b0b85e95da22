"""Tables of what was bought and nearly bought: opportunities, orders, contracts, tickets, leads."""

from collections.abc import Iterable

from demo.business import Lead, Line, Opportunity, Outcome
from demo.company import Company
from demo.organisations import countries
from demo.sources import entries
from demo.tables import Row, Table, money, text

STAGES = ("S1 Prospecting", "S2 Qualification", "S3 Discovery", "S4 Proposal", "S5 Closing", "S6 Follow-up")


def tables(company: Company) -> list[Table]:
    """Opportunities first, as orders, leads and activities link to them."""
    return [
        Table("opportunities.csv", "opportunity", [_opportunity(each) for each in company.opportunities]),
        Table("opportunity_lines.csv", "opportunityline", list(_opportunity_lines(company))),
        Table("stage_history.csv", "stagechange", list(_stage_history(company))),
        Table("leads.csv", "lead", [_lead(each) for each in company.leads]),
        Table("orders.csv", "order", list(_orders(company))),
        Table("order_lines.csv", "orderline", list(_order_lines(company))),
        Table("contracts.csv", "contract", list(_contracts(company))),
        Table("tickets.csv", "ticket", list(_tickets(company))),
    ]


def stage_of(opportunity: Opportunity) -> str:
    """The stage reached; a won one has gone on to the follow-up."""
    return STAGES[5] if opportunity.outcome is Outcome.WON else STAGES[len(opportunity.stages) - 1]


def _opportunity(each: Opportunity) -> Row:
    won = each.outcome is Outcome.WON
    return {
        "Opportunity ID": each.code,
        "Opportunity Name": each.name,
        "Account ID": each.organisation.code,
        "Account Name": each.organisation.name,
        "Primary Contact ID": each.contact.code,
        "Stage": stage_of(each),
        "Status": each.outcome.value,
        "Amount": money(each.amount),
        "Currency": each.organisation.currency,
        "Created Date": text(each.created),
        "Expected Close": text(each.expected_close),
        "Closed On": text(each.closed_on),
        "Opportunity Owner": each.owner.email,
        "Lead Source": each.source,
        "Campaign": each.campaign,
        "Competitors": each.story.competitor,
        "Win Reason": each.reason if won else "",
        "Loss Reason": each.reason if not won else "",
        "Stage Since": text(each.stages[-1] if each.closed_on is None else each.closed_on),
        "Description": _need(each),
    }


def _need(each: Opportunity) -> str:
    """What the customer wants, in the customer's language."""
    column = ("en", "fr", "pt").index(each.story.language)
    problem, goal = (
        entries("organisations", section)[place].split("|")[column]
        for section, place in (("problems", each.story.problem), ("goals", each.story.goal))
    )
    return f"{problem[0].upper()}{problem[1:]}; {goal}."


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


def _stage_history(company: Company) -> Iterable[Row]:
    for each in company.opportunities:
        for place, entered_on in enumerate(each.stages):
            following = each.stages[place + 1] if place + 1 < len(each.stages) else each.closed_on
            yield {
                "Opportunity ID": each.code,
                "Stage": STAGES[place],
                "Entered On": text(entered_on),
                "Left On": text(following),
            }


def _lead(each: Lead) -> Row:
    names = {market.code: market.name for market in countries()}
    opportunity = each.opportunity
    return {
        "Lead ID": each.code,
        "First Name": each.first_name,
        "Last Name": each.last_name,
        "Company": each.company,
        "Job Title": each.title,
        "Email": each.email,
        "Phone": each.phone,
        "City": each.city,
        "Country": names[each.country],
        "Industry": each.industry,
        "Employees": text(each.employees),
        "Lead Source": each.source,
        "Campaign": each.campaign,
        "Status": each.status,
        "Created Date": text(each.created),
        "Lead Owner": each.owner.email,
        "Language": each.language,
        "Message": each.message,
        "Discard Reason": each.reason,
        "Revisit On": text(each.revisit_on),
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
