"""Cases of records that begin and end: at which moment of its life each is looked at, and what came of it.

Each record gives one case, at an age drawn by its id from a few ages, whatever became of it; one that had ended by then
gives none. So the cases of an age stand for all records that ever reached it, and no record is there twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import pyarrow as pa

from ..features.sources import CASE_COLUMNS, FLAG, NUMBER, TEXT, Columns, pulled
from .prediction import PastCases

_EPOCH = date(1970, 1, 1)
_BEGUN: Columns = {"record_id": TEXT, "organisation_id": TEXT, "began": NUMBER}
LIVES: Columns = {**_BEGUN, "ended": NUMBER, "reached": FLAG}
"""One row a record: when it began and ended (nothing while it lasts), in days since 1970, and whether it ended well."""


@dataclass(frozen=True)
class Ages:
    """The ages in days at which records are looked at."""

    days: Sequence[int]

    def drawn(self, record_ids: Sequence[str]) -> np.ndarray:
        """The age of each record: always the same one."""
        return np.array([self.days[int(key[-8:], 16) % len(self.days)] for key in record_ids], dtype=np.float64)


def past_cases(sql: str, ages: Ages, *, horizon: float, now: float) -> PastCases:
    """The cases of records given by a statement with the columns of `LIVES`; the oldest first.

    The answer is whether a record ended well within `horizon` days; cases whose days are not over yet are left out,
    ended or not, and an answer counts as known on its last day: else those that end quickly would count for more.
    """
    lives = pulled(sql, LIVES)
    began = _numbers(lives, "began")
    ended = np.nan_to_num(_numbers(lives, "ended"), nan=np.inf)
    as_of = began + 1 + ages.drawn(lives["record_id"].to_pylist())
    rows = np.flatnonzero((ended > as_of) & (as_of + horizon <= now))
    rows = rows[np.argsort(as_of[rows], kind="stable")]
    chosen, over = lives.take(rows), as_of[rows] + horizon
    reached = np.array(chosen["reached"].to_pylist(), dtype=bool) & (ended[rows] <= over)
    return PastCases(
        cases_table(chosen["record_id"], chosen["organisation_id"], as_of[rows], began[rows]),
        [bool(answer) for answer in reached],
        [float(day) for day in over],
        np.where(reached, ended[rows], np.nan).tolist(),
    )


def came_of(sql: str, ids: Sequence[UUID], days: Sequence[date], *, horizon: int) -> dict[UUID, bool]:
    """Whether each record ended well within `horizon` days of its day, by a statement with the columns of `LIVES`.

    Records that are gone have no answer. Each was open on its day, so an end on that very day counts.
    """
    among = f"SELECT * FROM ({sql}) AS l (id, o, began, ended, reached) WHERE id = ANY(%s::uuid[])"  # noqa: S608
    lives = pulled(among, LIVES, [[str(key) for key in ids]])
    ends = zip(lives["record_id"].to_pylist(), lives["ended"].to_pylist(), lives["reached"].to_pylist(), strict=True)
    found = {UUID(key): (ended, bool(reached)) for key, ended, reached in ends}
    return {key: _in_time(*found[key], day, horizon) for key, day in zip(ids, days, strict=True) if key in found}


def _in_time(ended: float | None, reached: bool, day: date, horizon: int) -> bool:  # noqa: FBT001 - a row
    since = (day - _EPOCH).days
    return reached and ended is not None and since <= ended <= since + horizon


def cases_table(record_ids: object, organisation_ids: object, as_of: np.ndarray, began: np.ndarray) -> pa.Table:
    """Cases as `Point` takes them."""
    columns = [np.arange(len(as_of)), record_ids, organisation_ids, as_of, began]
    return pa.table(dict(zip(CASE_COLUMNS, columns, strict=True)))


def present_cases(sql: str, as_of: float, ids: Sequence[str] | None, *, key: str = "id") -> pa.Table:
    """Cases of now, given by a statement with record, organisation and the beginning, and `{among}` for the ids."""
    among = "" if ids is None else f"AND {key} = ANY(%s::uuid[])"
    found = pulled(sql.replace("{among}", among), _BEGUN, None if ids is None else [list(ids)])
    now = np.full(found.num_rows, as_of)
    return cases_table(found["record_id"], found["organisation_id"], now, _numbers(found, "began"))


def _numbers(table: pa.Table, name: str) -> np.ndarray:
    return np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=np.float64)


def drawn_cases(sql: str, *, horizon: float) -> PastCases:
    """Past cases that a statement gives with record, organisation, moment, beginning and answer; the oldest first."""
    found = pulled(sql, {**_DRAWN, "began": NUMBER, "answer": FLAG})
    as_of = _numbers(found, "as_of")
    return PastCases(
        cases_table(found["record_id"], found["organisation_id"], as_of, _numbers(found, "began")),
        [bool(answer) for answer in found["answer"].to_pylist()],
        [float(day) for day in as_of + horizon],
    )


_DRAWN: Columns = {"record_id": TEXT, "organisation_id": TEXT, "as_of": NUMBER}
