"""Will an open opportunity be won?"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..features.contacts import contacts_of
from ..features.opportunities import COURSE, DEAL
from ..features.organisations import PAST_DEALS, organisation_of
from .prediction import PastCases, Prediction, Rule, at_least, some

if TYPE_CHECKING:
    import pyarrow as pa

_AGES = (7, 21, 45, 75)
_HORIZON = 90
_LIVED = """
SELECT id, organisation_id, opened_on - DATE '1970-01-01', closed_on - DATE '1970-01-01', status = 'won'
  FROM pipeline_opportunity
 WHERE status NOT IN ('won', 'lost') OR closed_on IS NOT NULL
"""
_OPEN = """
SELECT id, organisation_id, opened_on - DATE '1970-01-01' FROM pipeline_opportunity WHERE status = 'open' {among}
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
    "win_probability",
    "opportunity",
    "chance_to_win",
    label=_("Chance to win"),
    question=_("Will this opportunity be won within 90 days?"),
    horizon=_("90 days from the day of the question"),
    population=_(
        "Open opportunities; learned from all that were open at an age drawn for each, 90 days ago or earlier."
    ),
    outcome=_("were won within 90 days"),
    yes=_("won within 90 days"),
    no=_("not won within 90 days"),
    baseline=_("the share of past opportunities that were won within 90 days"),
    use=_("Deciding which opportunities to look at first, and which need another step before more work goes in."),
    misuse=_(
        "Judging people: sellers and teams are no feature of it, and it says nothing of them. Dropping an"
        " opportunity because of the number alone."
    ),
    is_good=True,
    groups=(DEAL, COURSE, contacts_of("opportunity"), PAST_DEALS, organisation_of("organisation_id")),
    past=_past,
    present=_present,
    days=_HORIZON,
    came=_came,
    rules=(
        Rule(_("They bought from us before"), "bought_before", some, speaks_for=True),
        Rule(_("They wrote to us in the last 30 days"), "answers_lately", some, speaks_for=True),
        Rule(
            _("No contact for 30 days or more"),
            "silent_for",
            at_least(30),
            speaks_for=False,
        ),
        Rule(
            _("In its stage for 60 days or more"),
            "stay",
            at_least(60),
            speaks_for=False,
        ),
    ),
)
