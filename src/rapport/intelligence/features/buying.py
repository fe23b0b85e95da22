"""How a customer bought, and how their tickets went."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import days
from .sources import NUMBER, Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_YEAR = 365.0
_HALF_YEAR = 182.0
ORDERS = Source(
    "orders",
    select=(
        f"SELECT c.organisation_id, {days('c.ordered_on')},"
        " c.amount * CASE WHEN k.is_base OR k.code IS NULL THEN 1 ELSE k.rate END"
        " FROM orders_order c LEFT JOIN catalog_currency k ON k.code = c.currency"
        " WHERE c.status <> 'draft' {among}"
    ),
    belongs_to="organisation_id",
    columns={"amount": NUMBER},
    key="c.organisation_id",
)
CONTRACTS = Source(
    "contracts",
    select=(
        f"SELECT c.organisation_id, {days('c.starts_on')} FROM orders_contract c"
        " WHERE c.status <> 'draft' AND c.starts_on IS NOT NULL {among}"
    ),
    belongs_to="organisation_id",
    columns={},
    key="c.organisation_id",
)
TICKETS = Source(
    "tickets",
    select=(
        f"SELECT c.organisation_id, {days('c.opened_at')}, {days('c.solved_at')}, c.satisfaction"
        " FROM support_ticket c WHERE c.organisation_id IS NOT NULL {among}"
    ),
    belongs_to="organisation_id",
    columns={"solved": NUMBER, "satisfaction": NUMBER},
    key="c.organisation_id",
)


def _orders(point: "Point") -> "Table":
    rows = point.until(ORDERS.name)
    lately, before = rows.at > rows.as_of - _YEAR, (rows.at <= rows.as_of - _YEAR) & (rows.at > rows.as_of - 2 * _YEAR)
    found = rows.group_by("case").aggregate(
        orders=lately.cast("float64").sum(),
        orders_before=before.cast("float64").sum(),
        spent=rows.amount.sum(where=lately),
        last=rows.at.max(),
        first=rows.at.min(),
    )
    begun = point.until(CONTRACTS.name)
    contracts = begun.group_by("case").aggregate(contracts=begun.count().cast("float64"), newest=begun.at.max())
    cases = point.cases.select("case", "as_of").left_join(found, "case").drop("case_right")
    cases = cases.left_join(contracts, "case")
    return cases.select(
        "case",
        orders=cases.orders.fill_null(0.0),
        orders_before=cases.orders_before.fill_null(0.0),
        spent=cases.spent.fill_null(0.0),
        since_order=cases.as_of - cases.last,
        customer_for=cases.as_of - cases.first,
        contracts=cases.contracts.fill_null(0.0),
        since_contract=cases.as_of - cases.newest,
    )


BUYING = Group(
    "buying",
    (
        Feature("orders", _("Orders in the last 12 months"), Unit.COUNT),
        Feature("orders_before", _("Orders in the 12 months before"), Unit.COUNT),
        Feature("spent", _("Ordered in the last 12 months"), Unit.MONEY, ("order.amount",)),
        Feature("since_order", _("Since the last order"), Unit.DAYS),
        Feature("customer_for", _("Customer for"), Unit.DAYS),
        Feature("contracts", _("Contracts so far"), Unit.COUNT),
        Feature("since_contract", _("Since the newest contract began"), Unit.DAYS, ("contract.starts_on",)),
    ),
    (ORDERS, CONTRACTS),
    _orders,
)


def _tickets(point: "Point") -> "Table":
    rows = point.until(TICKETS.name)
    solved = rows.solved <= rows.as_of
    found = rows.group_by("case").aggregate(
        tickets=(rows.at > rows.as_of - _HALF_YEAR).cast("float64").sum(),
        tickets_open=(~solved.fill_null(False)).cast("float64").sum(),  # noqa: FBT003 - it is a value of the column
        contentment=rows.satisfaction.mean(where=solved & (rows.at > rows.as_of - _YEAR)),
    )
    cases = point.cases.select("case").left_join(found, "case")
    return cases.select(
        "case",
        tickets=cases.tickets.fill_null(0.0),
        tickets_open=cases.tickets_open.fill_null(0.0),
        contentment=cases.contentment,
    )


CARE = Group(
    "care",
    (
        Feature("tickets", _("Tickets in the last 6 months"), Unit.COUNT),
        Feature("tickets_open", _("Tickets not solved yet"), Unit.COUNT),
        Feature("contentment", _("Their marks for us, 1 to 5"), Unit.COUNT, ("ticket.satisfaction",)),
    ),
    (TICKETS,),
    _tickets,
)
