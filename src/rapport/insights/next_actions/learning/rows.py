"""Lists as they were shown, in columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rapport.core.clock import now

from ...models import ShownAction
from ..following import HORIZON
from ..ranking import UP

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
_MOST = 200_000
_COLUMNS = ("user_id", "day", "source", "is_up", "rank", "propensity", "weight", "context", "done_at", "moved_at", "at")


@dataclass(frozen=True)
class Shown:
    """Suggestions as shown, the oldest list first; n rows.

    `up` whether each stood among the first ones, `propensity` how probable that was, `by_stated` whether the stated
    order would have put it there. `helped` whether it was done and the matter moved on after, `weight` how much that
    counts.
    """

    list: NDArray[np.int64]
    source: Sequence[str]
    context: Sequence[Mapping[str, float]]
    up: Flags
    propensity: Numbers
    by_stated: Flags
    helped: Flags
    weight: Numbers

    def __len__(self) -> int:
        return len(self.up)

    def only(self, rows: Flags) -> "Shown":
        """Those rows for which it is true."""
        kept = [int(row) for row in np.flatnonzero(rows)]
        return Shown(
            list=self.list[rows],
            source=[self.source[row] for row in kept],
            context=[self.context[row] for row in kept],
            up=self.up[rows],
            propensity=self.propensity[rows],
            by_stated=self.by_stated[rows],
            helped=self.helped[rows],
            weight=self.weight[rows],
        )

    def reward(self) -> Numbers:
        """What each brought."""
        return self.helped * self.weight


def shown_rows() -> Shown:
    """The first lists of each person and day whose horizon is over."""
    over = ShownAction.objects.filter(at__lt=now() - HORIZON, is_first=True)
    rows: list[Any] = list(over.order_by("day", "user_id", "place").values(*_COLUMNS)[:_MOST])
    numbers: dict[Any, int] = {}
    return Shown(
        list=np.array([numbers.setdefault((row["day"], row["user_id"]), len(numbers)) for row in rows], dtype=np.int64),
        source=[row["source"] for row in rows],
        context=[row["context"] for row in rows],
        up=_flags(rows, lambda row: row["is_up"]),
        propensity=np.array([row["propensity"] for row in rows], dtype=float),
        by_stated=_flags(rows, lambda row: row["context"].get("stated", row["rank"]) <= UP),
        helped=_flags(rows, lambda row: _helped(row["done_at"], row["moved_at"])),
        weight=np.array([row["weight"] for row in rows], dtype=float),
    )


def _helped(done: datetime | None, moved: datetime | None) -> bool:
    return done is not None and moved is not None and moved >= done


def _flags(rows: Sequence[Any], claim: Any) -> Flags:
    return np.array([claim(row) for row in rows], dtype=bool)
