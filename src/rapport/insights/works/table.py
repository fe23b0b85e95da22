"""The cases of one pattern as columns: who followed it, what they were like, how they went on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Table:
    """One row a case, oldest first; all columns have the same length n.

    `followed`: whether the pattern was followed. `stage`: codes of stages as whole numbers. `alike`: what cases are
    matched on beside the stage, by name, numbers only. `won`: 1 won, 0 not, NaN where that is not yet known. `days`:
    how long the case was watched for reaching the goal; `reached`: whether it did. `watched` is false where no goal
    is ahead.
    """

    followed: Flags
    stage: NDArray[np.int64]
    alike: Mapping[str, Numbers]
    won: Numbers
    days: Numbers
    reached: Flags
    watched: Flags

    def __len__(self) -> int:
        return len(self.followed)

    def only(self, rows: Flags) -> "Table":
        """The cases for which `rows` is true."""
        return Table(
            followed=self.followed[rows],
            stage=self.stage[rows],
            alike={name: column[rows] for name, column in self.alike.items()},
            won=self.won[rows],
            days=self.days[rows],
            reached=self.reached[rows],
            watched=self.watched[rows],
        )
