"""What is known of an organisation that never bought: who they are, what is under way, and whether their group buys."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import days, history_of
from .organisations import ENDINGS
from .sources import Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_HELD = {"industry": "industry", "country": "country", "employees": "employees", "source": "source"}
HISTORY = history_of("organisation", _HELD)
_LINKED = """(SELECT max({at}) FROM core_change h JOIN core_event e ON e.id = h.event_id
         WHERE h.record_id = {child}.id AND h.operation = 'change' AND h.after ? 'parent_id')"""
_CHILD, _OTHER = (_LINKED.format(at=days("e.at"), child=child) for child in ("a", "b"))
_KIN = f"""
SELECT c.id, greatest({days("o.ordered_on")}, c.since)
  FROM (SELECT a.id, a.parent_id AS kin, {_CHILD} AS since FROM directory_organisation a WHERE a.parent_id IS NOT NULL
        UNION ALL
        SELECT a.parent_id, a.id, {_CHILD} FROM directory_organisation a WHERE a.parent_id IS NOT NULL
        UNION ALL
        SELECT a.id, b.id, greatest({_CHILD}, {_OTHER}) FROM directory_organisation a
          JOIN directory_organisation b ON b.parent_id = a.parent_id AND b.id <> a.id) c
  JOIN orders_order o ON o.organisation_id = c.kin
 WHERE o.status <> 'draft' {{among}}
"""
KIN = Source("kin", select=_KIN, belongs_to="record_id", columns={}, key="c.id")
"""Orders of parent, children and siblings, each since both the order and the link were there; a link that came with a
record brought in from elsewhere counts as there from the beginning."""
OPENED = Source(
    "opened",
    select=(
        f"SELECT c.organisation_id, {days('c.opened_on')} FROM pipeline_opportunity c"
        " WHERE c.opened_on IS NOT NULL AND c.organisation_id IS NOT NULL {among}"
    ),
    belongs_to="organisation_id",
    columns={},
    key="c.organisation_id",
)


def _prospect(point: "Point") -> "Table":
    told = point.told(HISTORY.name, _HELD, steady=_HELD)
    cases = point.cases.select("case", "as_of", "began").left_join(told, "case").drop("case_right")
    for source, name in ((OPENED, "opened"), (ENDINGS, "ended"), (KIN, "kin")):
        rows = point.until(source.name)
        counted = rows.group_by("case").aggregate(**{name: rows.count().cast("float64")})
        cases = cases.left_join(counted, "case").drop("case_right")
    return cases.select(
        "case",
        "industry",
        "country",
        "source",
        employees=cases.employees.try_cast("float64"),
        deals_open=cases.opened.fill_null(0.0) - cases.ended.fill_null(0.0),
        kin_orders=cases.kin.fill_null(0.0),
        known_for=cases.as_of - cases.began,
    )


PROSPECT = Group(
    "prospect",
    (
        Feature("industry", _("Industry"), Unit.TEXT, ("organisation.industry",), worded_by="organisation.industry"),
        Feature("country", _("Country"), Unit.TEXT, ("organisation.country",), worded_by="organisation.country"),
        Feature("source", _("Source"), Unit.TEXT, ("organisation.source",), worded_by="organisation.source"),
        Feature("employees", _("Employees"), Unit.COUNT, ("organisation.employees",)),
        Feature("deals_open", _("Open opportunities"), Unit.COUNT),
        Feature("kin_orders", _("Orders of others of their group"), Unit.COUNT, ("organisation.parent",)),
        Feature("known_for", _("Known to us for"), Unit.DAYS),
    ),
    (HISTORY, OPENED, ENDINGS, KIN),
    _prospect,
)
