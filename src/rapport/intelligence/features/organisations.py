"""Who the customer is, and what was between us before: deals won and lost, orders."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import days, history_of
from .sources import FLAG, Belongs, Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_HELD = {"industry": "industry", "employees": "employees", "country": "country"}
_WORDS = {name: f"organisation.{name}" for name in _HELD}


def organisation_of(belongs_to: Belongs) -> Group:
    """What is known of the organisation of a case."""
    source = history_of("organisation", _HELD, belongs_to=belongs_to)

    def compute(point: "Point") -> "Table":
        told = point.told(source.name, _HELD, steady=_HELD)
        return told.select("case", "industry", "country", employees=told.employees.try_cast("float64"))

    return Group("organisation", _FEATURES, (source,), compute)


_FEATURES = (
    Feature("industry", _("Industry"), Unit.TEXT, (_WORDS["industry"],), worded_by=_WORDS["industry"]),
    Feature("country", _("Country"), Unit.TEXT, (_WORDS["country"],), worded_by=_WORDS["country"]),
    Feature("employees", _("Employees"), Unit.COUNT, (_WORDS["employees"],)),
)

ENDINGS = Source(
    "endings",
    select=(
        f"SELECT c.organisation_id, {days('c.closed_on')} + 1, c.status = 'won' FROM pipeline_opportunity c"
        " WHERE c.status IN ('won', 'lost') AND c.closed_on IS NOT NULL AND c.organisation_id IS NOT NULL {among}"
    ),
    belongs_to="organisation_id",
    columns={"won": FLAG},
    key="c.organisation_id",
)


def _past(point: "Point") -> "Table":
    rows = point.until(ENDINGS.name)
    found = rows.group_by("case").aggregate(
        bought_before=rows.won.cast("float64").sum(), refused_before=(~rows.won).cast("float64").sum()
    )
    cases = point.cases.select("case").left_join(found, "case")
    return cases.select(
        "case", bought_before=cases.bought_before.fill_null(0.0), refused_before=cases.refused_before.fill_null(0.0)
    )


PAST_DEALS = Group(
    "past_deals",
    (
        Feature("bought_before", _("Won with them before"), Unit.COUNT),
        Feature("refused_before", _("Lost with them before"), Unit.COUNT),
    ),
    (ENDINGS,),
    _past,
)
