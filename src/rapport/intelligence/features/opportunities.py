"""What is known of an opportunity: how large, from where, how old, in which stage."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import FAMILIES, RATES, days, history_of
from .sources import NUMBER, Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_HELD = {"amount": "amount", "currency": "currency", "source": "source", "product": "product_id"}
HISTORY = history_of("opportunity", _HELD)
STAYS = Source(
    "stays",
    select=(
        "SELECT c.opportunity_id, c.at, c.position FROM ("
        f"SELECT v.opportunity_id, {days('v.entered_at')} AS at, s.position"
        " FROM pipeline_stagevisit v JOIN pipeline_stage s ON s.id = v.stage_id"
        f" UNION ALL SELECT o.id, {days('o.stage_since')}, s.position"
        " FROM pipeline_opportunity o JOIN pipeline_stage s ON s.id = o.stage_id WHERE o.stage_since IS NOT NULL"
        ") c WHERE true {among}"
    ),
    belongs_to="record_id",
    columns={"position": NUMBER},
    key="c.opportunity_id",
)


def _deal(point: "Point") -> "Table":
    told = point.told(HISTORY.name, _HELD, steady=_HELD)
    rates, families = point.small("rates"), point.small("families")
    rated = told.left_join(rates, told.currency == rates.key)
    with_family = rated.left_join(families, rated.product == families.key)
    return with_family.select(
        "case",
        amount=with_family.amount.try_cast("float64") * with_family.rate.fill_null(1.0),
        source=with_family.source,
        family=with_family.family,
    )


DEAL = Group(
    "deal",
    (
        Feature("amount", _("Amount"), Unit.MONEY, rests_on=("opportunity.amount",)),
        Feature("source", _("Source"), Unit.TEXT, rests_on=("opportunity.source",), worded_by="opportunity.source"),
        Feature("family", _("Product family"), Unit.TEXT, rests_on=("opportunity.product",)),
    ),
    (HISTORY, RATES, FAMILIES),
    _deal,
)


def _course(point: "Point") -> "Table":
    rows = point.until(STAYS.name)
    found = rows.group_by("case").aggregate(place=rows.position.argmax(rows.at), since=rows.at.max())
    cases = point.cases.select("case", "as_of", "began").left_join(found, "case")
    return cases.select("case", age=cases.as_of - cases.began, stage=cases.place, stay=cases.as_of - cases.since)


COURSE = Group(
    "course",
    (
        Feature("age", _("Open for"), Unit.DAYS, rests_on=("opportunity.opened_on",)),
        Feature(
            "stage", _("Stage reached"), Unit.MARK, rests_on=("opportunity.stage",), lever=_("One stage on"), step=1
        ),
        Feature("stay", _("In this stage for"), Unit.DAYS, rests_on=("opportunity.stage_since",)),
    ),
    (STAYS,),
    _course,
)
