"""What came of records that were foretold, and how far off a promise was: for outlooks whose truth comes within weeks.

An interval is judged by the pinball loss of its ends and its middle, in logarithms (Koenker and Bassett, Econometrica
46, 1978). A day of decision is judged four weeks after it was foretold, whatever came by then: everything later counts
as four weeks, for the promise and for the truth, so that opportunities that are soon decided don't count more.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import log, log1p
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..features.sources import NUMBER, TEXT, pulled
from .outlook import Judged, Kept, Told

DAYS = 28
_ENDS = (0.1, 0.5, 0.9)
_LEAST = 1e-6
_DECIDED = """
SELECT id, CASE WHEN status IN ('won', 'lost') THEN closed_on - DATE '1970-01-01' END
  FROM pipeline_opportunity WHERE id = ANY(%s::uuid[])
"""
_BECAME = """
SELECT l.id, l.converted_on - DATE '1970-01-01',
       o.amount * CASE WHEN k.is_base OR k.code IS NULL THEN 1 ELSE k.rate END, coalesce(p.family, '')
  FROM leads_lead l JOIN pipeline_opportunity o ON o.id = l.opportunity_id
  LEFT JOIN catalog_product p ON p.id = o.product_id
  LEFT JOIN catalog_currency k ON k.code = o.currency
 WHERE l.id = ANY(%s::uuid[]) AND l.status = 'converted' AND o.amount > 0 AND l.converted_on IS NOT NULL
"""
_EPOCH = date(1970, 1, 1)


def interval_loss(promised: Sequence[float], came: float, *, most: float = float("inf")) -> float:
    """Mean pinball loss of the ends and the middle; nothing counts for more than `most`."""
    truth = log1p(min(max(came, 0.0), most))
    away = [truth - log1p(min(max(one, 0.0), most)) for one in promised]
    return sum(max(level * one, (level - 1) * one) for level, one in zip(_ENDS, away, strict=True)) / len(_ENDS)


def kind_loss(promised: Sequence[Sequence[Any]], came: str) -> float:
    """Minus the logarithm of the chance of what came; a kind without a name of its own is one of the others."""
    chances = {str(name): float(chance) for name, chance in promised}
    return -log(max(chances.get(came, chances.get("", 0.0)), _LEAST))


def _day_promised(told: Told) -> Kept:
    return {} if told.value is None else {"day": [told.low, told.value, told.high]}


def _days_until_decided(foretold: Mapping[str, date]) -> Mapping[str, Kept]:
    """Of those foretold four weeks ago or earlier."""
    ripe = [name for name, day in foretold.items() if day + timedelta(days=DAYS) <= today()]
    found = pulled(_DECIDED, {"id": TEXT, "day": NUMBER}, [ripe])
    pairs = zip(found["id"].to_pylist(), found["day"].to_pylist(), strict=True)
    return {name: {"day": DAYS if day is None else day - (foretold[name] - _EPOCH).days} for name, day in pairs}


def _business_promised(told: Told) -> Kept:
    size = {} if told.value is None else {"size": [told.low, told.value, told.high]}
    return size | ({"kind": told.detail["kinds"]} if "kinds" in told.detail else {})


def _business_that_came(foretold: Mapping[str, date]) -> Mapping[str, Kept]:
    """Of leads that became an opportunity with an amount since then."""
    columns = {"id": TEXT, "day": NUMBER, "amount": NUMBER, "kind": TEXT}
    rows = pulled(_BECAME, columns, [list(foretold)]).to_pylist()
    return {
        row["id"]: {"size": row["amount"], "kind": row["kind"] or ""}
        for row in rows
        if row["day"] >= (foretold[row["id"]] - _EPOCH).days
    }


DECISION = Judged(
    _day_promised,
    _days_until_decided,
    {"day": lambda promised, came: interval_loss(promised, came, most=DAYS)},
    {"day": _("Day of decision")},
    known=_("four weeks after both foretold it, whatever came by then"),
)
BUSINESS = Judged(
    _business_promised,
    _business_that_came,
    {"size": interval_loss, "kind": kind_loss},
    {"size": _("Size of the business"), "kind": _("Kind of business")},
    known=_("when the lead has become an opportunity with an amount"),
)
