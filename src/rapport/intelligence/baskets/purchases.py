"""The lines of a table as codes: which basket, which item, and, where told, whose and when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rapport.core.problems import Problem

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]
Texts = Sequence[str | None]

_NONE = frozenset({"", "nan", "none", "null", "n/a", "na", "-"})
_MOST_ITEMS = 4_000
_FEWEST_BASKETS = 50
_FEWEST_ITEMS = 3


class NothingToLearn(Problem):
    """The table has too little for what is asked."""


@dataclass(frozen=True)
class Purchases:
    """Each line: basket, item and customer as codes, the day as days since 1970, all of shape (lines,).

    A customer that isn't told is -1. Items are the most bought ones, the most bought first; `rare_items` more are left
    out.
    """

    basket: Codes
    item: Codes
    customer: Codes
    day: Floats
    items: tuple[str, ...]
    customers: tuple[str, ...]
    lines_left_out: int
    rare_items: int

    @property
    def is_dated(self) -> bool:
        """Whether it is known who bought when."""
        return len(self.customers) > 0 and len(self.day) > 0

    def by_basket(self) -> sparse.csr_matrix:
        """1 where a basket holds an item, float32 of shape (baskets, items)."""
        return switches(self.basket, self.item, (int(self.basket.max()) + 1, len(self.items)))


def purchases_of(baskets: Texts, items: Texts, *, customers: Texts = (), days: Floats | None = None) -> Purchases:
    """Read lines; those without basket or item, and, where asked for, without customer or day, are left out.

    Raises `NothingToLearn`.
    """
    told = _told(baskets) & _told(items)
    if customers and days is not None:
        told &= _told(customers) & ~np.isnan(days)
    names, item = _coded([text for text, kept in zip(items, told, strict=True) if kept])
    order = np.argsort(-np.bincount(item, minlength=len(names)), kind="stable")[:_MOST_ITEMS]
    place = np.full(len(names), -1)
    place[order] = np.arange(len(order))
    kept = np.flatnonzero(told)[place[item] >= 0]
    basket = _coded([baskets[line] for line in kept])[1]
    whose, customer = _coded([customers[line] for line in kept]) if customers else ([], np.full(len(kept), -1))
    _demand_enough(basket, len(order))
    return Purchases(
        basket,
        place[item][place[item] >= 0],
        customer,
        days[kept] if days is not None else np.empty(0),
        tuple(names[code] for code in order),
        tuple(whose),
        int((~told).sum()),
        len(names) - len(order),
    )


def switches(rows: Codes, columns: Codes, shape: tuple[int, int]) -> sparse.csr_matrix:
    """1 at each pair once, float32."""
    matrix = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    matrix.data[:] = 1
    return matrix


def _told(texts: Texts) -> NDArray[np.bool_]:
    return np.array([text is not None and text.strip().casefold() not in _NONE for text in texts], dtype=bool)


def _coded(texts: Texts) -> tuple[list[str], Codes]:
    codes: dict[str, int] = {}
    coded = np.array([codes.setdefault((text or "").strip(), len(codes)) for text in texts], dtype=np.intp)
    return list(codes), coded


def _demand_enough(basket: Codes, items: int) -> None:
    baskets = len(np.unique(basket))
    if baskets < _FEWEST_BASKETS or items < _FEWEST_ITEMS:
        raise NothingToLearn(
            f"There are {baskets} baskets and {items} different items with all that is asked for; at least "
            f"{_FEWEST_BASKETS} and {_FEWEST_ITEMS} are needed. Check that --basket and --item name the right columns."
        )
