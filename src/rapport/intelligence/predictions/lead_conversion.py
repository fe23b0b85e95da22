"""Will an open lead be converted within 90 days?"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..features.contacts import contacts_of
from ..features.leads import LEAD
from .prediction import PastCases, Prediction, Rule, at_least, some

if TYPE_CHECKING:
    import pyarrow as pa

_AGES = (0, 2, 7, 21)
_HORIZON = 90
_LIVED = """
SELECT l.id, NULL, l.received_on - DATE '1970-01-01',
       coalesce(l.converted_on, g.day) - DATE '1970-01-01',
       l.status = 'converted'
  FROM leads_lead l
  LEFT JOIN LATERAL (
      SELECT max(e.at)::date AS day FROM core_change c JOIN core_event e ON e.id = c.event_id
       WHERE c.record_id = l.id AND c.operation = 'change' AND c.after ->> 'status' = 'discarded'
  ) g ON l.status = 'discarded'
"""
_OPEN = """
SELECT id, NULL, received_on - DATE '1970-01-01' FROM leads_lead
 WHERE status IN ('new', 'working', 'qualified') {among}
"""


def _past(as_of: float) -> PastCases:
    from .cases import Ages, past_cases

    return past_cases(_LIVED, Ages(_AGES), horizon=_HORIZON, now=as_of)


def _present(ids: Sequence[str] | None, as_of: float) -> "pa.Table":
    from .cases import present_cases

    return present_cases(_OPEN, as_of, ids)


def _came(ids: Sequence[UUID], days: Sequence[date]) -> dict[UUID, bool]:
    from .cases import came_of

    return came_of(_LIVED, ids, days, horizon=_HORIZON)


PREDICTION = Prediction(
    "lead_conversion",
    "lead",
    "chance_to_convert",
    label=_("Chance to convert"),
    question=_("Will this lead be converted within 90 days?"),
    horizon=_("90 days from the day of the question"),
    population=_(
        "Leads that are new, in work or qualified; learned from all that were so at an age drawn for each, 90 days ago"
        " or earlier. Nobody knows when a lead was discarded that was brought in from elsewhere: it counts as open."
    ),
    outcome=_("were converted within 90 days"),
    yes=_("converted within 90 days"),
    no=_("not converted within 90 days"),
    baseline=_("the share of past leads that were converted within 90 days"),
    use=_("Deciding which leads to call first when there are more than can be called."),
    misuse=_(
        "Dropping leads unread because of the number alone: then nothing is learned of them any more. Judging people,"
        " ours or theirs."
    ),
    is_good=True,
    groups=(LEAD, contacts_of("lead")),
    past=_past,
    present=_present,
    days=_HORIZON,
    came=_came,
    rules=(
        Rule(_("They left a telephone number"), "has_phone", some, speaks_for=True),
        Rule(_("They wrote to us in the last 30 days"), "answers_lately", some, speaks_for=True),
        Rule(
            _("They have waited for 14 days or more"),
            "waiting",
            at_least(14),
            speaks_for=False,
        ),
    ),
)
