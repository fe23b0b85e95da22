"""Past cases with their features and answers: what is learned from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from rapport.intelligence.tabular import Column, ColumnKind
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans

from ..features.computing import pull, run
from ..features.own import OwnFeature
from ..predictions.prediction import PastCases, Prediction
from .tables import columns_from

Choice = Callable[[Floats, Floats], NDArray[np.intp]]
_NARROW_UP_TO = 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Past:
    """Past cases with their features: what is learned from, the oldest first."""

    record_ids: Sequence[str]
    as_of: Floats
    known_at: Floats
    columns: tuple[Column, ...]
    yes: Booleans
    sql: str
    own: tuple[OwnFeature, ...] = ()

    @property
    def positives(self) -> int:
        """How many said yes."""
        return int(self.yes.sum())

    def rows(self, chosen: NDArray[np.intp]) -> "Past":
        """Some of them."""
        return Past(
            [self.record_ids[row] for row in chosen.tolist()],
            self.as_of[chosen],
            self.known_at[chosen],
            tuple(column.rows(chosen) for column in self.columns),
            self.yes[chosen],
            self.sql,
            self.own,
        )


def days_of(moment: datetime) -> float:
    """A moment as days since 1970."""
    return (moment - _EPOCH) / timedelta(days=1)


def moment_of(days: float) -> datetime:
    """The way back."""
    return _EPOCH + timedelta(days=days)


def past_of(prediction: Prediction, *, as_of: datetime, among: Choice | None = None) -> Past:
    """The past cases as they were known then; with `among` those it chooses by moment and by when each was known."""
    found = prediction.past(days_of(as_of))
    if among and found.known_at:
        found = _chosen(found, among(np.asarray(found.cases["as_of"]), np.array(found.known_at)))
    sql = prediction.sql
    tables = pull(prediction.groups, found.cases, narrow=found.cases.num_rows <= _NARROW_UP_TO)
    table = run(sql, tables, prediction.groups)
    return Past(
        found.cases["record_id"].to_pylist(),
        np.asarray(found.cases["as_of"], dtype=np.float64),
        np.array(found.known_at, dtype=np.float64),
        tuple(map(_with_kind, columns_from(table, prediction.features.values()))),
        np.array(found.answers, dtype=bool),
        sql,
        prediction.own,
    )


def _chosen(found: PastCases, rows: NDArray[np.intp]) -> PastCases:
    places = rows.tolist()
    answers, known_at = [found.answers[row] for row in places], [found.known_at[row] for row in places]
    came_at = [found.came_at[row] for row in places] if found.came_at else ()
    return PastCases(found.cases.take(rows), answers, known_at, came_at)


def _with_kind(column: Column) -> Column:
    """A column that tells nothing among these cases is called so, and not learned from."""
    values = column.texts if column.numbers is None else column.numbers[~np.isnan(column.numbers)]
    different = {value for value in values.tolist() if value is not None}
    is_constant = len(different) + bool(column.missing.any()) < 2
    return replace(column, kind=ColumnKind.CONSTANT) if is_constant else column
