"""What is known of a lead: from where it came, who they are, how much they told us."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import history_of

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_HELD = {
    "source": "source",
    "industry": "industry",
    "country": "country",
    "job": "job_title",
    "phones": "phones",
    "need": "need",
    "staff": "employees",
}
HISTORY = history_of("lead", _HELD)


def _lead(point: "Point") -> "Table":
    told = point.told(HISTORY.name, _HELD, steady=_HELD)
    cases = point.cases.select("case", "as_of", "began").left_join(told, "case").drop("case_right")
    return cases.select(
        "case",
        "source",
        "industry",
        "country",
        staff=cases.staff.try_cast("float64"),
        has_phone=(cases.phones.length().fill_null(0) > 2).cast("float64"),  # "[]" is none
        has_job=cases.job.notnull().cast("float64"),
        words=cases.need.length().fill_null(0).cast("float64"),
        waiting=cases.as_of - cases.began,
    )


LEAD = Group(
    "lead",
    (
        Feature("source", _("Source"), Unit.TEXT, ("lead.source",), worded_by="lead.source"),
        Feature("industry", _("Industry"), Unit.TEXT, ("lead.industry",), worded_by="lead.industry"),
        Feature("country", _("Country"), Unit.TEXT, ("lead.country",), worded_by="lead.country"),
        Feature("staff", _("Employees"), Unit.COUNT, ("lead.employees",)),
        Feature("has_phone", _("Telephone number known"), Unit.YES_NO, ("lead.phones",)),
        Feature("has_job", _("Job title known"), Unit.YES_NO, ("lead.job_title",)),
        Feature("words", _("Characters of what they wrote"), Unit.COUNT, ("lead.need",)),
        Feature("waiting", _("Since they came to us"), Unit.DAYS, ("lead.received_on",)),
    ),
    (HISTORY,),
    _lead,
)
