"""What was known at a moment, and what came after: the ground on which recommenders are tried."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .purchases import Codes, Purchases, switches

Floats = NDArray[np.float64]
WINDOWS = (7, 14, 30, 90)
_HALF_LIFE = 45.0


@dataclass(frozen=True)
class Situation:
    """`learned_from`: what all held (rows, items). `held`, `lately` and `wanted`: cases x items; `lately` weighs newer
    purchases more. `stock`: figures of each item by name, such as its buyers of the last week, shape (items,)."""

    learned_from: sparse.csr_matrix
    held: sparse.csr_matrix
    lately: sparse.csr_matrix
    wanted: sparse.csr_matrix
    stock: dict[str, Floats]
    since: Floats
    """Days since each case's last purchase; zeros without dates."""

    @cached_property
    def popularity(self) -> Floats:
        """In how many rows each item is."""
        return np.asarray(self.learned_from.sum(axis=0), dtype=np.float64).ravel()

    def cases(self, chosen: Codes) -> "Situation":
        """The same with some of the cases only."""
        return Situation(
            self.learned_from,
            self.held[chosen],
            self.lately[chosen],
            self.wanted[chosen],
            self.stock,
            self.since[chosen],
        )


def at_day(purchases: Purchases, cut: float, until: float, *, whose: Codes | None = None) -> Situation:
    """What customers held before day `cut`, and what was new to them from then until `until`.

    The cases are the customers who bought something new, or those in `whose`.
    """
    shape = (len(purchases.customers), len(purchases.items))
    past, coming = purchases.day < cut, (purchases.day >= cut) & (purchases.day < until)
    held = switches(purchases.customer[past], purchases.item[past], shape)
    later = switches(purchases.customer[coming], purchases.item[coming], shape)
    known = np.asarray(held.sum(axis=0)).ravel() > 0
    wanted = (later - later.multiply(held)).multiply(known[None, :]).tocsr()
    wanted.eliminate_zeros()
    some = (np.asarray(wanted.sum(axis=1)).ravel() > 0) & (np.asarray(held.sum(axis=1)).ravel() > 0)
    cases = np.flatnonzero(some) if whose is None else whose
    last = np.full(shape[0], -np.inf)
    np.maximum.at(last, purchases.customer[past], purchases.day[past])
    return Situation(
        held,
        held[cases],
        _lately(purchases, past, cut, shape)[cases],
        wanted[cases],
        _stock(purchases, past, cut, shape),
        np.nan_to_num(cut - last[cases], posinf=0.0),
    )


def _lately(purchases: Purchases, past: NDArray[np.bool_], cut: float, shape: tuple[int, int]) -> sparse.csr_matrix:
    weights = 0.5 ** ((cut - purchases.day[past]) / _HALF_LIFE)
    matrix = sparse.csr_matrix(
        (weights.astype(np.float32), (purchases.customer[past], purchases.item[past])), shape=shape
    )
    matrix.data = np.minimum(matrix.data, 1)
    return matrix


def _stock(purchases: Purchases, past: NDArray[np.bool_], cut: float, shape: tuple[int, int]) -> dict[str, Floats]:
    """Buyers and first-time buyers of each item by window, and for how long it has been sold."""
    customer, item, day = purchases.customer[past], purchases.item[past], purchases.day[past]
    order = np.argsort(day, kind="stable")
    firsts = order[np.unique(customer[order] * shape[1] + item[order], return_index=True)[1]]
    stock = {}
    for window in WINDOWS:
        recent = day >= cut - window
        stock[f"buyers {window}"] = np.asarray(
            switches(customer[recent], item[recent], shape).sum(axis=0), dtype=np.float64
        ).ravel()
        new = firsts[day[firsts] >= cut - window]
        stock[f"first-time buyers {window}"] = np.bincount(item[new], minlength=shape[1]).astype(np.float64)
    begun = np.full(shape[1], cut)
    np.minimum.at(begun, item, day)
    return stock | {"days sold": cut - begun}


def with_one_hidden(held: sparse.csr_matrix, learned: Codes, tried: Codes, *, seed: int) -> Situation:
    """Baskets of which one item at random is hidden; those of a single item can't be tried."""
    rng = np.random.default_rng(seed)
    several = tried[np.diff(held.indptr)[tried] >= 2]
    cases = held[several].tocsr()
    hidden = cases.indptr[:-1] + np.floor(rng.random(len(several)) * np.diff(cases.indptr)).astype(np.intp)
    wanted = switches(np.arange(len(several)), cases.indices[hidden], cases.shape)
    rest = (cases - wanted).tocsr()
    rest.eliminate_zeros()
    return Situation(held[learned], rest, rest, wanted, {}, np.zeros(len(several)))
