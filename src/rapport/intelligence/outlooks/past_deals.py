"""Past opportunities: the facts they can be compared by, and which risks occurred in each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..features.sources import FLAG, NUMBER, TEXT, Columns, pulled

_MOST = 2_000
_FACTS: Columns = {
    "id": TEXT,
    "family": TEXT,
    "industry": TEXT,
    "source": TEXT,
    "amount": NUMBER,
    "employees": NUMBER,
    "is_customer": FLAG,
}
_ENDED: Columns = {"began": NUMBER, "ended": NUMBER, "won": FLAG, "reason": TEXT}
_HAPPENED: Columns = {"slipped": FLAG, "stalled": FLAG, "went_silent": FLAG, "price_fell": FLAG}
_DEALS = """
SELECT o.id, p.family, nullif(g.industry, ''), nullif(o.source, ''),
       o.amount * CASE WHEN k.is_base OR k.code IS NULL THEN 1 ELSE k.rate END, g.employees,
       EXISTS (SELECT 1 FROM pipeline_opportunity w WHERE w.organisation_id = o.organisation_id AND w.status = 'won'
                  AND w.id <> o.id AND w.closed_on <= o.opened_on) {more}
  FROM pipeline_opportunity o
  LEFT JOIN catalog_product p ON p.id = o.product_id
  LEFT JOIN directory_organisation g ON g.id = o.organisation_id
  LEFT JOIN catalog_currency k ON k.code = o.currency
"""
_HAPPENED_IN = """
     , o.opened_on - DATE '1970-01-01', o.closed_on - DATE '1970-01-01', o.status = 'won', nullif(o.loss_reason, '')
     , coalesce(o.closed_on >= o.expected_close + 14, false) OR EXISTS (
           SELECT 1 FROM core_change c WHERE c.record_id = o.id AND c.operation = 'change'
              AND (c.after ->> 'expected_close')::date >= (c.before ->> 'expected_close')::date + 14)
     , EXISTS (SELECT 1 FROM pipeline_stagevisit v WHERE v.opportunity_id = o.id
                  AND v.left_at - v.entered_at > interval '60 days')
     , coalesce((SELECT max(gap) > interval '30 days' FROM (
           SELECT t.at - lag(t.at) OVER (ORDER BY t.at) AS gap FROM activities_timelineentry t
            WHERE t.record_id = o.id AND t.item_type IN ('mail', 'call', 'meeting', 'note')
              AND t.at <= o.closed_on + interval '1 day') gaps), false)
     , EXISTS (SELECT 1 FROM core_change c WHERE c.record_id = o.id AND c.operation = 'change'
                  AND (c.after ->> 'amount')::numeric < 0.95 * (c.before ->> 'amount')::numeric)
"""
_PAST = _DEALS.format(more=_HAPPENED_IN) + (
    f" WHERE o.status IN ('won', 'lost') AND o.closed_on IS NOT NULL ORDER BY o.closed_on DESC, o.id LIMIT {_MOST}"
)
_OPEN = _DEALS.format(more="") + " WHERE o.status = 'open' {among}"


@dataclass(frozen=True)
class Facts:
    """What an opportunity can be compared by; amounts in our own currency."""

    family: str | None
    industry: str | None
    source: str | None
    amount: float | None
    employees: float | None
    is_customer: bool


@dataclass(frozen=True)
class PastDeal:
    """One that was won or lost: its facts, its days since 1970, and the risks that occurred."""

    id: str
    facts: Facts
    began: float
    ended: float
    won: bool
    risks: tuple[str, ...]

    def as_stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def deal_from(stored: Mapping[str, Any]) -> PastDeal:
    """The way back."""
    return PastDeal(**{**stored, "facts": Facts(**stored["facts"]), "risks": tuple(stored["risks"])})


def past_deals() -> list[PastDeal]:
    """The newest two thousand that ended, the oldest first."""
    return [_deal(row) for row in reversed(pulled(_PAST, {**_FACTS, **_ENDED, **_HAPPENED}).to_pylist())]


def open_deals(ids: Sequence[str] | None) -> Iterable[tuple[str, Facts]]:
    """Those that are open, with their facts as they are now."""
    sql = _OPEN.format(among="" if ids is None else "AND o.id = ANY(%s::uuid[])")
    for row in pulled(sql, _FACTS, None if ids is None else [list(ids)]).to_pylist():
        yield row["id"], _facts(row)


def _deal(row: Mapping[str, Any]) -> PastDeal:
    risks = [name for name in _HAPPENED if row[name]]
    if not row["won"]:
        risks.append(f"lost: {row['reason']}" if row["reason"] else "lost")
    return PastDeal(row["id"], _facts(row), row["began"] or row["ended"], row["ended"], bool(row["won"]), tuple(risks))


def _facts(row: Mapping[str, Any]) -> Facts:
    told = {name: row[name] for name in ("family", "industry", "source", "amount", "employees")}
    return Facts(**told, is_customer=bool(row["is_customer"]))
