"""Purchases by customer and day, and what is known of each customer at a cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapport.core.problems import Problem

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]

WEEK = 7.0
_NONE = frozenset({"", "nan", "none", "null", "n/a", "na", "-"})


class NothingToLearn(Problem):
    """The table has too little for what is asked."""


@dataclass(frozen=True)
class Purchases:
    """One row a customer and day, sorted by both: net amount, and what was bought without returns, shape (rows,)."""

    customer: Codes
    day: Floats
    amount: Floats
    bought: Floats
    names: tuple[str, ...]
    lines_left_out: int

    @property
    def first(self) -> float:
        """The oldest day."""
        return float(self.day.min())

    @property
    def end(self) -> float:
        """The day after the newest."""
        return float(self.day.max()) + 1


@dataclass(frozen=True)
class Histories:
    """Customers who had bought before the cut. Times in weeks, all of shape (customers,).

    `repeats`: days of purchase after the first; `recency`: from first to last purchase; `age`: from the first purchase
    to the cut; `spent`: mean amount of a day of purchase, at least a little above 0.
    """

    cut: float
    customer: Codes
    repeats: Floats
    recency: Floats
    age: Floats
    spent: Floats
    past: Purchases

    def __len__(self) -> int:
        return len(self.customer)

    def place(self) -> Codes:
        """For each row of `past`, which of these customers it is of."""
        return np.searchsorted(self.customer, self.past.customer)

    def revenue(self, purchases: Purchases, until: float) -> Floats:
        """What each brings from the cut until another day, returns taken off, shape (customers,)."""
        return self._later(purchases, until, purchases.amount)

    def buys(self, purchases: Purchases, until: float) -> NDArray[np.bool_]:
        """Who buys at all in that time."""
        return self._later(purchases, until, (purchases.bought > 0).astype(np.float64)) > 0

    def _later(self, purchases: Purchases, until: float, what: Floats) -> Floats:
        coming = (purchases.day >= self.cut) & (purchases.day < until)
        return sums_of(purchases.customer[coming], what[coming], len(purchases.names))[self.customer]


def purchases_of(customers: Sequence[str | None], days: Floats, amounts: Floats) -> Purchases:
    """Read lines; those without customer, day or amount are left out and counted. Raises `NothingToLearn`."""
    told = np.array([(text or "").strip().casefold() not in _NONE for text in customers], dtype=bool)
    told &= ~np.isnan(days) & ~np.isnan(amounts)
    if not told.any():
        raise NothingToLearn("No line has a customer, a date and an amount. Check the names of the three columns.")
    codes: dict[str, int] = {}
    customer = np.array(
        [codes.setdefault((customers[line] or "").strip(), len(codes)) for line in np.flatnonzero(told).tolist()],
        dtype=np.intp,
    )
    day, amount = np.floor(days[told]), amounts[told]
    key = customer * 1_000_000 + (day - day.min()).astype(np.intp)
    rows, where = np.unique(key, return_inverse=True)
    return Purchases(
        (rows // 1_000_000).astype(np.intp),
        rows % 1_000_000 + day.min(),
        sums_of(where, amount, len(rows)),
        sums_of(where, np.maximum(amount, 0), len(rows)),
        tuple(codes),
        int((~told).sum()),
    )


def sums_of(where: Codes, what: Floats, places: int) -> Floats:
    """The sum of `what` by place, shape (places,)."""
    return np.bincount(where, weights=what, minlength=places).astype(np.float64)


def histories_at(purchases: Purchases, cut: float) -> Histories:
    """Everybody who had bought something before the cut."""
    known = (purchases.day < cut) & (purchases.bought > 0)
    customer, where = np.unique(purchases.customer[known], return_inverse=True)
    day = purchases.day[known]
    first, last = np.full(len(customer), np.inf), np.full(len(customer), -np.inf)
    np.minimum.at(first, where, day)
    np.maximum.at(last, where, day)
    times = np.bincount(where, minlength=len(customer)).astype(np.float64)
    before = (purchases.day < cut) & np.isin(purchases.customer, customer)
    past = Purchases(
        purchases.customer[before],
        purchases.day[before],
        purchases.amount[before],
        purchases.bought[before],
        purchases.names,
        0,
    )
    net = sums_of(np.searchsorted(customer, past.customer), past.amount, len(customer))
    least = 0.01 * max(float(net.sum()) / max(times.sum(), 1), 1e-9)
    spent = np.maximum(net / times, least)
    return Histories(cut, customer, times - 1, (last - first) / WEEK, (cut - first) / WEEK, spent, past)
