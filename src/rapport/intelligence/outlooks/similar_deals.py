"""Past opportunities as arrays: which are most like another one, and which risks occurred in them."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .past_deals import Facts, PastDeal

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
NEAREST = 30
MOST = 60
_MOST_KEPT = 2_000
WORDS = ("family", "industry", "source", "is_customer")
NUMBERS = ("amount", "employees")


class Past:
    """Past ones as arrays, made once for however many are compared with them."""

    def __init__(self, deals: "Sequence[PastDeal]") -> None:
        self.deals = deals
        self.risks = sorted({risk for deal in deals for risk in deal.risks})
        self.held = held_by(deals, self.risks)
        self._words = {name: np.array([getattr(one.facts, name) for one in deals], dtype=object) for name in WORDS}
        self._numbers = {name: _logs([getattr(one.facts, name) for one in deals]) for name in NUMBERS}
        self._counts = Counter(risk for one in deals for risk in set(one.risks))
        self._order: dict[Facts, Rows] = {}

    def usual(self, risk: str) -> float:
        """The share of all in which a risk occurred."""
        return self._counts[risk] / len(self.deals)

    def nearest(self, facts: "Facts", number: int = NEAREST) -> Rows:
        """The places of the most similar, up to sixty: words that differ count one, numbers by how many spreads they
        lie apart."""
        if facts not in self._order:
            if len(self._order) >= _MOST_KEPT:
                self._order.clear()
            self._order[facts] = np.argsort(self._distance(facts), kind="stable")[:MOST]
        return self._order[facts][:number]

    def _distance(self, facts: "Facts") -> Floats:
        distance = np.zeros(len(self.deals))
        for name, others in self._words.items():
            mine = getattr(facts, name)
            distance += (others != mine) if mine is not None else 0.5
        for name, logs in self._numbers.items():
            distance += _apart(logs, getattr(facts, name))
        return distance


def held_by(deals: "Sequence[PastDeal]", risks: Sequence[str]) -> Floats:
    """1 where a risk occurred in an opportunity, shape (deals, risks)."""
    found = [[name in deal.risks for name in risks] for deal in deals]
    return np.array(found, dtype=np.float64).reshape(len(deals), len(risks))


def _logs(numbers: Sequence[float | None]) -> tuple[Floats, float]:
    """Their logarithms, and how far these spread."""
    logs = np.log1p(np.array([np.nan if one is None else max(one, 0) for one in numbers], dtype=float))
    return logs, max(float(np.nanstd(logs)), 1e-6) if not np.isnan(logs).all() else 1.0


def _apart(others: tuple[Floats, float], mine: float | None) -> Floats:
    logs, spread = others
    if mine is None:
        return np.full(len(logs), 0.5)
    return np.asarray(np.nan_to_num(np.minimum(np.abs(logs - np.log1p(max(mine, 0))) / spread, 2.0), nan=0.5))
