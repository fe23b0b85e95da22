"""What customers ordered, as the ways of learning take it; amounts in our own currency."""

import numpy as np

from ..features.sources import NUMBER, TEXT, pulled
from ..lifetime import Purchases, purchases_of

_ORDERED = """
SELECT o.organisation_id, o.ordered_on - DATE '1970-01-01',
       o.amount * CASE WHEN k.is_base OR k.code IS NULL THEN 1 ELSE k.rate END
  FROM orders_order o LEFT JOIN catalog_currency k ON k.code = o.currency
 WHERE o.status NOT IN ('draft', 'cancelled') AND o.amount IS NOT NULL AND o.ordered_on <= current_date {among}
"""


def purchases_among(ids: list[str] | None = None) -> Purchases | None:
    """What these organisations ordered by now, all with None; nothing where nobody ordered anything."""
    among = "" if ids is None else "AND o.organisation_id = ANY(%s::uuid[])"
    found = pulled(
        _ORDERED.format(among=among),
        {"customer": TEXT, "day": NUMBER, "amount": NUMBER},
        None if ids is None else [ids],
    )
    day, amount = (
        np.asarray(found[name].to_numpy(zero_copy_only=False), dtype=np.float64) for name in ("day", "amount")
    )
    if not (~np.isnan(amount)).any():
        return None
    return purchases_of(found["customer"].to_pylist(), day, amount)
