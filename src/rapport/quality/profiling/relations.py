"""What cells of one row have to do with each other, and which of them is to blame where that fails."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .suspicion import Suspicion, Suspicions

Flags = npt.NDArray[np.bool_]
_ALONE = 0.8
_SHARED = (0.8, 0.45, 0.3)  # by how many cells may be to blame


@dataclass(frozen=True, eq=False)
class Relation:
    """Columns (by position) whose cells go together in nearly all rows.

    `holds` and `fails` say in which rows they do and don't (neither where a cell is empty). Where `clears`, a row in
    which the relation holds speaks for its cells. `reason` is said of cells in rows where it fails; `trust` is how
    much that means (0 to 1).
    """

    places: Sequence[int]
    holds: Flags
    fails: Flags
    reason: str
    clears: bool = True
    trust: float = 1.0


def trust_of(share: float) -> float:
    """How much it means that a row fails what so many hold to: nothing at seven in ten, all at nine in ten."""
    return float(np.clip((share - 0.7) / 0.2, 0.0, 1.0))


def blame(found: Suspicions, relations: Sequence[Relation]) -> None:
    """Suspect, in each row where relations fail, the cells that no other relation speaks for."""
    if not relations:
        return
    for row in np.flatnonzero(np.any([relation.fails for relation in relations], axis=0)):
        _in_row(found, relations, int(row))


def _in_row(found: Suspicions, relations: Sequence[Relation], row: int) -> None:
    cleared = {place for relation in relations if relation.clears and relation.holds[row] for place in relation.places}
    failing = [relation for relation in relations if relation.fails[row]]
    times = Counter(place for relation in failing for place in relation.places)
    for relation in failing:
        open_to_blame = [place for place in relation.places if place not in cleared] or list(relation.places)
        most = max(times[place] for place in open_to_blame)
        accused = [place for place in open_to_blame if times[place] == most]
        is_plain = len(accused) == 1 and (most > 1 or len(open_to_blame) < len(relation.places))
        likelihood = _ALONE if is_plain else _SHARED[min(len(accused), len(_SHARED)) - 1]
        for place in accused:
            found.of_cell(row, place, Suspicion(likelihood * relation.trust, relation.reason))
