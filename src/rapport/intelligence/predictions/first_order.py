"""Will an organisation that never bought become a customer within 90 days, as those like it did?"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..features.contacts import contacts_of
from ..features.prospects import PROSPECT
from .prediction import PastCases, Prediction, Rule, at_least, some

if TYPE_CHECKING:
    import pyarrow as pa

_AGES = (7, 30, 90, 180)
_HORIZON = 90
_FIRST_HEARD = """least(g.created_at::date,
           (SELECT min(t.at)::date FROM activities_timelineentry t WHERE t.record_id = g.id),
           (SELECT min(p.opened_on) FROM pipeline_opportunity p WHERE p.organisation_id = g.id)) - DATE '1970-01-01'"""
_BOUGHT = """(
    SELECT least((SELECT min(o.ordered_on) FROM orders_order o WHERE o.organisation_id = g.id AND o.status <> 'draft'),
                 (SELECT min(p.closed_on) FROM pipeline_opportunity p
                   WHERE p.organisation_id = g.id AND p.status = 'won')) - DATE '1970-01-01' AS day)"""
_LIVED = f"""
SELECT g.id, g.id, {_FIRST_HEARD}, b.day, b.day IS NOT NULL
  FROM directory_organisation g CROSS JOIN LATERAL {_BOUGHT} b
 WHERE g.lifecycle IN ('', 'prospect') OR g.lifecycle IN ('customer', 'former_customer') AND b.day IS NOT NULL
"""  # noqa: S608 - made of the parts above
_PRESENT = f"""
SELECT g.id, g.id, {_FIRST_HEARD} FROM directory_organisation g
 WHERE g.lifecycle IN ('', 'prospect') {{among}}
   AND NOT EXISTS (SELECT 1 FROM orders_order o WHERE o.organisation_id = g.id AND o.status <> 'draft')
   AND NOT EXISTS (SELECT 1 FROM pipeline_opportunity p WHERE p.organisation_id = g.id AND p.status = 'won')
"""  # noqa: S608 - made of the parts above


def _past(as_of: float) -> PastCases:
    from .cases import Ages, past_cases

    return past_cases(_LIVED, Ages(_AGES), horizon=_HORIZON, now=as_of)


def _present(ids: Sequence[str] | None, as_of: float) -> "pa.Table":
    from .cases import present_cases

    return present_cases(_PRESENT, as_of, ids, key="g.id")


def _came(ids: Sequence[UUID], days: Sequence[date]) -> dict[UUID, bool]:
    from .cases import came_of

    return came_of(_LIVED, ids, days, horizon=_HORIZON)


PREDICTION = Prediction(
    "first_order",
    "organisation",
    "chance_to_become_customer",
    label=_("Chance to become a customer"),
    question=_("Will this organisation, which never bought, order or be won within 90 days?"),
    horizon=_("90 days from the day of the question"),
    population=_(
        "Prospects without an order and without an opportunity won; learned from all that were so at an age drawn for"
        " each, counted from when we first heard of them, 90 days ago or earlier."
    ),
    outcome=_("became customers within 90 days"),
    yes=_("became a customer within 90 days"),
    no=_("not a customer within 90 days"),
    baseline=_("the share of past prospects that became customers within 90 days"),
    use=_("Finding among all you know those that are most like the ones who bought, and approaching them first."),
    misuse=_(
        "Writing off whole industries or countries: whoever was never approached could not buy, and looks like one who"
        " does not want to."
    ),
    is_good=True,
    groups=(PROSPECT, contacts_of("organisation")),
    past=_past,
    present=_present,
    days=_HORIZON,
    came=_came,
    rules=(
        Rule(_("An opportunity is open"), "deals_open", some, speaks_for=True),
        Rule(_("Others of their group buy from us"), "kin_orders", some, speaks_for=True),
        Rule(_("They wrote to us in the last 30 days"), "answers_lately", some, speaks_for=True),
        Rule(_("No contact for 90 days or more"), "silent_for", at_least(90), speaks_for=False),
    ),
)
