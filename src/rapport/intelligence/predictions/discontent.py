"""Will a customer show that they are dissatisfied: with a low mark, or by giving notice?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ..features.buying import BUYING
from ..features.contacts import contacts_of
from ..features.tone import TONE
from ..features.trouble import TROUBLE
from .prediction import PastCases, Prediction, Rule, at_least, some

if TYPE_CHECKING:
    import pyarrow as pa

_HORIZON = 60
_EVERY = 30
_SERVED_FOR = 365
_CUSTOMERS = """
WITH tickets AS (
    SELECT organisation_id AS id, opened_at::date - DATE '1970-01-01' AS day,
           coalesce(solved_at, opened_at)::date - DATE '1970-01-01' AS over, satisfaction
      FROM support_ticket WHERE organisation_id IS NOT NULL
), notices AS (
    SELECT c.record_id AS contract, min(e.at)::date - DATE '1970-01-01' AS day
      FROM core_change c JOIN core_event e ON e.id = c.event_id
     WHERE c.record_type = 'contract' AND c.operation = 'change' AND c.after ->> 'status' = 'notice_given'
     GROUP BY c.record_id
), looked_at AS MATERIALIZED (
    SELECT min(day) AS first, {now}::int - {horizon} AS last FROM tickets
), drawn AS (
    SELECT id, min(day) AS began,
           (SELECT last - {every} * (('x' || right(replace(id::text, '-', ''), 7))::bit(28)::int
                   % greatest(1, (last - first) / {every})) FROM looked_at) AS as_of
      FROM tickets GROUP BY id
), served AS (
    SELECT DISTINCT d.id FROM drawn d JOIN tickets t ON t.id = d.id
     WHERE t.day <= d.as_of AND t.day > d.as_of - {served}
), came AS (
    SELECT d.id FROM drawn d JOIN tickets t ON t.id = d.id
     WHERE t.satisfaction <= 2 AND t.over > d.as_of AND t.over <= d.as_of + {horizon}
    UNION
    SELECT d.id FROM drawn d JOIN orders_contract k ON k.organisation_id = d.id JOIN notices n ON n.contract = k.id
     WHERE n.day > d.as_of AND n.day <= d.as_of + {horizon}
)
SELECT d.id, d.id, d.as_of, d.began, c.id IS NOT NULL
  FROM drawn d JOIN served s ON s.id = d.id LEFT JOIN came c ON c.id = d.id
 ORDER BY d.as_of, d.id
"""
_PRESENT = """
SELECT organisation_id, organisation_id, min(opened_at)::date - DATE '1970-01-01' FROM support_ticket
 WHERE opened_at > now() - interval '365 days' AND organisation_id IS NOT NULL {among} GROUP BY organisation_id
"""


def _past(as_of: float) -> PastCases:
    from .cases import drawn_cases

    sql = _CUSTOMERS.format(now=as_of, horizon=_HORIZON, every=_EVERY, served=_SERVED_FOR)
    return drawn_cases(sql, horizon=_HORIZON)


def _present(ids: Sequence[str] | None, as_of: float) -> "pa.Table":
    from .cases import present_cases

    return present_cases(_PRESENT, as_of, ids, key="organisation_id")


PREDICTION = Prediction(
    "discontent",
    "organisation",
    "risk_of_discontent",
    label=_("Risk of discontent"),
    question=_("Will this customer give us a mark of 1 or 2, or notice of a contract, within 60 days?"),
    horizon=_("60 days from the day of the question"),
    population=_(
        "Organisations with a ticket in the last 12 months; learned from each on one day drawn for it, 60 days ago or"
        " earlier. Who never gives marks can't show it: their discontent is not learned from."
    ),
    outcome=_("gave a low mark or notice within 60 days"),
    yes=_("was dissatisfied"),
    no=_("was not dissatisfied"),
    baseline=_("the share of past customers who gave a low mark or notice within 60 days"),
    use=_("Calling before they complain, and looking at what waits with us."),
    misuse=_(
        "Judging colleagues who answer tickets, or people by their manner. Texts are read by lists of words in English,"
        " French, Portuguese and German: irony and what no list holds are missed."
    ),
    is_good=False,
    groups=(TROUBLE, BUYING, contacts_of("organisation"), TONE),
    past=_past,
    present=_present,
    rules=(
        Rule(_("A ticket without an answer for three days"), "tickets_slow", some, speaks_for=True),
        Rule(_("A ticket was opened again"), "tickets_reopened", some, speaks_for=True),
        Rule(_("Three tickets or more in 90 days"), "tickets_lately", at_least(3), speaks_for=True),
        Rule(_("A mark of 1 or 2 in the last 12 months"), "low_marks", some, speaks_for=True),
        Rule(_("They wrote of leaving or of competitors"), "texts_leaving", some, speaks_for=True),
        Rule(_("Two angry or disappointed texts in 90 days"), "texts_cross", at_least(2), speaks_for=True),
    ),
)
