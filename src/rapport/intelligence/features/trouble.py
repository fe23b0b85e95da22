"""What goes wrong for a customer: tickets that wait or come back, answers and deliveries that take long."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import days
from .sources import NUMBER, Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_LATELY = 90.0
_YEAR = 365.0
_LONG = 3.0
_HOURS = 24.0
TROUBLE_TICKETS = Source(
    "trouble_tickets",
    select=(
        f"SELECT c.organisation_id, {days('c.opened_at')}, {days('c.first_answer_at')}, {days('c.solved_at')},"
        " c.satisfaction, CASE c.priority WHEN 'urgent' THEN 1 WHEN 'high' THEN 1 ELSE 0 END,"
        " (SELECT count(*) FROM core_change r WHERE r.record_id = c.id AND r.operation = 'change'"
        "   AND r.before ->> 'status' IN ('solved', 'closed') AND r.after ->> 'status' IN ('new', 'open', 'pending'))"
        " FROM support_ticket c WHERE c.organisation_id IS NOT NULL {among}"
    ),
    belongs_to="organisation_id",
    columns={"answered": NUMBER, "solved": NUMBER, "mark": NUMBER, "pressing": NUMBER, "reopened": NUMBER},
    key="c.organisation_id",
)
DELIVERIES = Source(
    "deliveries",
    select=(
        f"SELECT c.organisation_id, {days('c.ordered_on')}, {days('c.delivered_on')}"
        " FROM orders_order c WHERE c.status NOT IN ('draft', 'cancelled') {among}"
    ),
    belongs_to="organisation_id",
    columns={"delivered": NUMBER},
    key="c.organisation_id",
)


def _trouble(point: "Point") -> "Table":
    cases = point.cases.select("case", "as_of").left_join(_tickets(point), "case").drop("case_right")
    cases = cases.left_join(_delays(point), "case")
    return cases.select(
        "case",
        tickets_lately=cases.lately.fill_null(0.0),
        tickets_pressing=cases.pressing.fill_null(0.0),
        tickets_reopened=cases.reopened.fill_null(0.0),
        tickets_slow=cases.slow.fill_null(0.0),
        answer_hours=cases.answer_hours,
        low_marks=cases.low.fill_null(0.0),
        since_ticket=cases.as_of - cases.last,
        delivery_days=cases.delivery_days,
    )


def _tickets(point: "Point") -> "Table":
    """The tickets of a case, lately and in the last year; one without an answer waits as long as it has come."""
    import ibis

    rows = point.until(TROUBLE_TICKETS.name)
    lately = rows.at > rows.as_of - _LATELY
    answered_by_then = ibis.ifelse(rows.answered <= rows.as_of, rows.answered, rows.as_of)
    solved_by_then = (rows.solved <= rows.as_of).fill_null(False)  # noqa: FBT003 - it is a value of the column
    return rows.group_by("case").aggregate(
        lately=lately.cast("float64").sum(),
        pressing=rows.pressing.sum(where=lately),
        reopened=rows.reopened.sum(where=lately & solved_by_then),
        slow=((answered_by_then.fill_null(rows.as_of) - rows.at) > _LONG).cast("float64").sum(where=lately),
        answer_hours=((answered_by_then.fill_null(rows.as_of) - rows.at) * _HOURS).mean(where=lately),
        low=(rows.mark <= 2).cast("float64").sum(where=solved_by_then & (rows.at > rows.as_of - _YEAR)),
        last=rows.at.max(),
    )


def _delays(point: "Point") -> "Table":
    """How long deliveries of the last year took; those not there yet count as far as they have come."""
    import ibis

    rows = point.until(DELIVERIES.name)
    there = ibis.ifelse(rows.delivered <= rows.as_of, rows.delivered, rows.as_of).fill_null(rows.as_of)
    return rows.group_by("case").aggregate(delivery_days=(there - rows.at).mean(where=rows.at > rows.as_of - _YEAR))


TROUBLE = Group(
    "trouble",
    (
        Feature("tickets_lately", _("Tickets in the last 90 days"), Unit.COUNT),
        Feature("tickets_pressing", _("Of them urgent or high"), Unit.COUNT, ("ticket.priority",)),
        Feature("tickets_reopened", _("Of them opened again"), Unit.COUNT, ("ticket.status",)),
        Feature("tickets_slow", _("Of them without an answer for three days"), Unit.COUNT, ("ticket.first_answer_at",)),
        Feature("answer_hours", _("Hours to the first answer"), Unit.COUNT, ("ticket.first_answer_at",)),
        Feature("low_marks", _("Marks of 1 or 2 in the last 12 months"), Unit.COUNT, ("ticket.satisfaction",)),
        Feature("since_ticket", _("Since the last ticket"), Unit.DAYS, ("ticket.opened_at",)),
        Feature("delivery_days", _("Days from order to delivery"), Unit.COUNT, ("order.delivered_on",)),
    ),
    (TROUBLE_TICKETS, DELIVERIES),
    _trouble,
)
