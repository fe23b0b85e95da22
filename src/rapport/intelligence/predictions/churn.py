"""Will a customer leave: order nothing more within a year, with no contract running at its end?"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..features.buying import BUYING, CARE
from ..features.contacts import contacts_of
from ..features.organisations import PAST_DEALS, organisation_of
from .prediction import PastCases, Prediction, Rule, at_least, at_most

if TYPE_CHECKING:
    import pyarrow as pa

_HORIZON = 365
_EVERY = 91
_ACTIVE_FOR = 730
_CUSTOMERS = """
WITH days AS (
    SELECT organisation_id AS id, ordered_on - DATE '1970-01-01' AS day FROM orders_order
     WHERE status <> 'draft' AND organisation_id IS NOT NULL
), looked_at AS MATERIALIZED (
    SELECT min(day) AS first, {now}::int - {horizon} AS last FROM days
), drawn AS (
    SELECT id, min(day) AS began,
           (SELECT last - {every} * (('x' || right(replace(id::text, '-', ''), 7))::bit(28)::int
                   % greatest(1, (last - first) / {every})) FROM looked_at) AS as_of
      FROM days GROUP BY id
), active AS (
    SELECT DISTINCT d.id FROM drawn d JOIN days o ON o.id = d.id WHERE o.day <= d.as_of AND o.day > d.as_of - {active}
), stayed AS (
    SELECT d.id FROM drawn d JOIN days o ON o.id = d.id WHERE o.day > d.as_of AND o.day <= d.as_of + {horizon}
    UNION
    SELECT d.id FROM drawn d JOIN orders_contract k ON k.organisation_id = d.id
     WHERE k.status NOT IN ('draft', 'cancelled') AND k.starts_on - DATE '1970-01-01' <= d.as_of + {horizon}
       AND (k.ends_on IS NULL OR k.ends_on - DATE '1970-01-01' >= d.as_of + {horizon})
)
SELECT d.id, d.id, d.as_of, d.began, b.id IS NULL
  FROM drawn d JOIN active a ON a.id = d.id LEFT JOIN stayed b ON b.id = d.id
 ORDER BY d.as_of, d.id
"""
_PRESENT = """
SELECT organisation_id, organisation_id, min(ordered_on) - DATE '1970-01-01' FROM orders_order
 WHERE status <> 'draft' AND ordered_on > current_date - 730 {among} GROUP BY organisation_id
"""

_CAME = """
SELECT q.id, NOT EXISTS (
           SELECT 1 FROM orders_order o WHERE o.organisation_id = q.id AND o.status <> 'draft'
              AND o.ordered_on > q.day AND o.ordered_on <= q.day + {horizon}
       ) AND NOT EXISTS (
           SELECT 1 FROM orders_contract k WHERE k.organisation_id = q.id AND k.status NOT IN ('draft', 'cancelled')
              AND k.starts_on <= q.day + {horizon} AND (k.ends_on IS NULL OR k.ends_on >= q.day + {horizon})
       )
  FROM unnest(%s::uuid[], %s::date[]) AS q(id, day) JOIN directory_organisation g ON g.id = q.id
"""


def _past(as_of: float) -> PastCases:
    from .cases import drawn_cases

    sql = _CUSTOMERS.format(now=as_of, horizon=_HORIZON, every=_EVERY, active=_ACTIVE_FOR)
    return drawn_cases(sql, horizon=_HORIZON)


def _present(ids: Sequence[str] | None, as_of: float) -> "pa.Table":
    from .cases import present_cases

    return present_cases(_PRESENT, as_of, ids, key="organisation_id")


def _came(ids: Sequence[UUID], days: Sequence[date]) -> dict[UUID, bool]:
    from ..features.sources import FLAG, TEXT, pulled

    asked = [[str(key) for key in ids], [day.isoformat() for day in days]]
    found = pulled(_CAME.format(horizon=_HORIZON), {"record_id": TEXT, "answer": FLAG}, asked)
    rows = zip(found["record_id"].to_pylist(), found["answer"].to_pylist(), strict=True)
    return {UUID(key): bool(answer) for key, answer in rows}


PREDICTION = Prediction(
    "churn",
    "organisation",
    "risk_of_leaving",
    label=_("Risk of leaving"),
    question=_("Will this customer order nothing more within a year, and have no contract running at its end?"),
    horizon=_("365 days from the day of the question"),
    population=_(
        "Organisations that ordered in the last two years; learned from each on one quarter day drawn for it, a year"
        " ago or earlier."
    ),
    outcome=_("left within a year"),
    yes=_("left"),
    no=_("stayed"),
    baseline=_("the share of past customers who left within a year"),
    use=_("Deciding whom to visit before it is too late, and asking what is wrong."),
    misuse=_(
        "Serving a customer worse, or pricing by it. A customer who buys rarely by nature looks like one who left."
    ),
    is_good=False,
    groups=(BUYING, CARE, contacts_of("organisation"), PAST_DEALS, organisation_of("record_id")),
    past=_past,
    present=_present,
    days=_HORIZON,
    came=_came,
    rules=(
        Rule(
            _("No order for a year or more"),
            "since_order",
            at_least(365),
            speaks_for=True,
        ),
        Rule(
            _("No contact for 90 days or more"),
            "silent_for",
            at_least(90),
            speaks_for=True,
        ),
        Rule(
            _("Their marks for us are 2 or lower"),
            "contentment",
            at_most(2),
            speaks_for=True,
        ),
        Rule(
            _("Two orders or more in the last 12 months"),
            "orders",
            at_least(2),
            speaks_for=False,
        ),
    ),
)
