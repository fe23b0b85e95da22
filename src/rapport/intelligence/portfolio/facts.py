"""What is known of customers: orders, products, contracts, contacts, and which customers belong together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..features.sources import NUMBER, TEXT, pulled
from ..lifetime import Purchases
from ..outlooks.orders import purchases_among

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]

_LINES = """
SELECT o.organisation_id, o.ordered_on - DATE '1970-01-01', l.product_id, coalesce(nullif(p.family, ''), p.name)
  FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id JOIN catalog_product p ON p.id = l.product_id
 WHERE o.status NOT IN ('draft', 'cancelled') AND o.ordered_on <= current_date
"""
_CONTRACTS = """
SELECT organisation_id, coalesce(starts_on, created_at::date) - DATE '1970-01-01', ends_on - DATE '1970-01-01'
  FROM orders_contract
 WHERE status NOT IN ('draft', 'cancelled') AND NOT (status = 'ended' AND ends_on IS NULL)
"""
_CONTACTS = """
SELECT t.record_id, extract(epoch FROM t.at) / 86400, t.item_id, p.record_id
  FROM activities_timelineentry t
  LEFT JOIN activities_timelineentry p ON p.item_id = t.item_id AND p.record_type = 'person'
 WHERE t.record_type = 'organisation' AND t.item_type IN ('call', 'mail', 'meeting') AND t.at <= now()
"""
_LINKS = """
WITH keyed AS (
    SELECT id AS one, coalesce(parent_id, id) AS link FROM directory_organisation
     UNION SELECT organisation_id, person_id FROM directory_affiliation
     UNION SELECT organisation_id, id FROM directory_person WHERE organisation_id IS NOT NULL
)
SELECT DISTINCT a.one, b.one FROM keyed a JOIN keyed b ON b.link = a.link AND b.one <> a.one
"""


@dataclass(frozen=True)
class Facts:
    """Purchases, and tables of columns, one row each; `customer` is the place among the names of the purchases.

    Lines have `day`, `product` and `family`, contracts `starts` and `ends` (NaN: no end), contacts `day`, `item` and
    `person` (-1: nobody), links the `other` customer, who is in the same group or shares a person with them. Days are
    counted from 1970 on.
    """

    purchases: Purchases
    lines: Mapping[str, Floats]
    contracts: Mapping[str, Floats]
    contacts: Mapping[str, Floats]
    links: Mapping[str, Floats]


def facts_now() -> Facts | None:
    """All that is known; nothing where nobody ordered anything."""
    purchases = purchases_among()
    if purchases is None:
        return None
    names = purchases.names
    return Facts(
        purchases,
        _table(_LINES, {"customer": TEXT, "day": NUMBER, "product": TEXT, "family": TEXT}, names),
        _table(_CONTRACTS, {"customer": TEXT, "starts": NUMBER, "ends": NUMBER}, names),
        _table(_CONTACTS, {"customer": TEXT, "day": NUMBER, "item": TEXT, "person": TEXT}, names),
        _table(_LINKS, {"customer": TEXT, "other": TEXT}, names),
    )


def _table(sql: str, columns: Mapping[str, str], names: tuple[str, ...]) -> Mapping[str, Floats]:
    """The rows of customers; texts as codes, those of customers as their places."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pulled(sql, columns)
    read: dict[str, Floats] = {}
    for name, kind in columns.items():
        column = found[name].combine_chunks()
        if name in ("customer", "other"):
            column = pc.index_in(column, value_set=pa.array(names, type=column.type))
        elif kind == TEXT:
            column = pc.dictionary_encode(column).indices
        filled = -1 if kind == TEXT else float("nan")
        read[name] = np.asarray(pc.fill_null(pc.cast(column, pa.float64()), filled).to_numpy(zero_copy_only=False))
    theirs = read["customer"] >= 0
    if "other" in read:
        theirs &= read["other"] >= 0
    return {name: values[theirs] for name, values in read.items()}
