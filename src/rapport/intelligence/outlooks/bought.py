"""Which products customers bought and when: lines of orders, and of won opportunities that brought no order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..baskets import Purchases, purchases_of
from ..features.sources import NUMBER, TEXT, Columns, pulled

_YEAR = 365.0
_FEWEST = 3
_MOST_CASES = 8
_COLUMNS: Columns = {"customer": TEXT, "day": NUMBER, "basket": TEXT, "item": TEXT}
_BOUGHT = """
SELECT o.organisation_id, o.ordered_on - DATE '1970-01-01', o.id, l.product_id
  FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
 WHERE o.status NOT IN ('draft', 'cancelled') AND o.ordered_on <= current_date AND l.product_id IS NOT NULL
 UNION
SELECT o.organisation_id, o.closed_on - DATE '1970-01-01', o.id, coalesce(l.product_id, o.product_id)
  FROM pipeline_opportunity o LEFT JOIN pipeline_opportunityline l ON l.opportunity_id = o.id
 WHERE o.status = 'won' AND o.closed_on <= current_date AND o.organisation_id IS NOT NULL
   AND coalesce(l.product_id, o.product_id) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM orders_order s WHERE s.opportunity_id = o.id)
"""


@dataclass(frozen=True)
class Followed:
    """Of the customers who had bought one product a year ago or earlier, without the other, `n` of `of` bought the
    other with it or within a year; some of them are `cases`.
    """

    n: int
    of: int
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Bought:
    """All that was bought."""

    purchases: Purchases
    known: dict[tuple[str, str], Followed] = field(default_factory=dict)
    """What `followed` found so far."""

    @cached_property
    def firsts(self) -> NDArray[np.float64]:
        """The day on which each customer first bought each item, infinite where never; shape (customers, items)."""
        found = np.full((len(self.purchases.customers), len(self.purchases.items)), np.inf)
        np.minimum.at(found, (self.purchases.customer, self.purchases.item), self.purchases.day)
        return found

    def held(self, customer: str) -> list[str]:
        """What a customer has."""
        row = self.firsts[self.places[customer]]
        return [item for item, day in zip(self.purchases.items, row.tolist(), strict=True) if day < np.inf]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each customer stands."""
        return {name: place for place, name in enumerate(self.purchases.customers)}

    @cached_property
    def usual(self) -> NDArray[np.float64]:
        """The share of customers who have each item."""
        return np.asarray((self.firsts < np.inf).mean(axis=0))

    def followed(self, item: str, other: str) -> Followed:
        """How often the other was bought within a year of the one."""
        if (item, other) not in self.known:
            self.known[item, other] = self._followed(item, other)
        return self.known[item, other]

    def _followed(self, item: str, other: str) -> Followed:
        items = self.purchases.items
        first, then = self.firsts[:, items.index(item)], self.firsts[:, items.index(other)]
        until = float(self.purchases.day.max()) - _YEAR
        asked = (first <= until) & (then >= first)
        did = asked & (then <= first + _YEAR)
        cases = tuple(self.purchases.customers[place] for place in np.flatnonzero(did)[-_MOST_CASES:].tolist())
        return Followed(int(did.sum()), int(asked.sum()), cases)

    def best_reason(self, held: Sequence[str], other: str) -> tuple[str, Followed] | None:
        """The product they have after which the other was bought most often, counting small numbers for less."""
        found = [(item, self.followed(item, other)) for item in held]
        told = [(item, one) for item, one in found if one.n >= _FEWEST]
        return max(told, key=lambda pair: lowest_share(pair[1].n, pair[1].of), default=None)


def lowest_share(n: int, of: int) -> float:
    """The lower end of Wilson's 80 % interval of a share."""
    return wilson(n, of)[0]


def wilson(n: int, of: int) -> tuple[float, float]:
    """Wilson's 80 % interval of a share."""
    z = 1.2816
    share, middle = n / of, (n / of + z * z / (2 * of)) / (1 + z * z / of)
    width = z * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return float(max(middle - width, 0.0)), float(min(middle + width, 1.0))


def all_bought() -> Bought | None:
    """Everything; nothing where nobody bought anything. Raises `NothingToLearn`."""
    found = pulled(_BOUGHT, _COLUMNS)
    if not found.num_rows:
        return None
    days = np.asarray(found["day"].to_numpy(zero_copy_only=False), dtype=np.float64)
    baskets, items, customers = (found[name].to_pylist() for name in ("basket", "item", "customer"))
    return Bought(purchases_of(baskets, items, customers=customers, days=days))
