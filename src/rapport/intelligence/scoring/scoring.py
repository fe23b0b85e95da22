"""Giving scores to many records at once: features, chances, and whether a record is like those learned from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection, transaction

from rapport.core.clock import now
from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

from ..abstaining import TOO_FEW
from ..exploring.drawing import held_back, share_of
from ..features.computing import pull, run
from ..learning.artefact import Artefact, load
from ..learning.own_fields import as_they_are
from ..learning.past import days_of
from ..learning.tables import columns_from, rows_of
from ..models import Estimator, Withheld
from ..predictions.prediction import Prediction
from .keeping import Giving, Scored, forget, write
from .meanwhile import written_since

_AT_ONCE = 100_000
_BESIDE = 2
"""Parts under way together: the database takes one in on one core while the other is worked out or taken in."""
_STRANGE_SHARE = 0.3
_FEWEST_STRANGE = 3
_SELDOM_MISSING = 0.02
_BEYOND = 0.5


def score(prediction: Prediction, ids: Sequence[str] | None = None) -> int:
    """Score these records, all with None; returns how many were. Those the question is not asked of lose theirs.

    Records that were written while all were scored are scored once more: one that ended has no number again.
    """
    moment = now()
    cases = prediction.present(ids, days_of(moment))
    estimator = Estimator.live_of(prediction.name)
    artefact = load(estimator.pk, estimator.level) if estimator else None
    sql = artefact.sql if artefact else prediction.sql
    own = as_they_are(artefact.own, artefact.features) if artefact else ()
    asked = prediction.with_own(own)
    tables = pull(asked.groups, cases, is_now=True, narrow=ids is not None)
    why_not = "" if estimator else _why_not(prediction)
    gone = frozenset(one.name for one in own if not one.is_read)
    scoring = _Scoring(asked, artefact, sql, tables, why_not, gone)
    giving = Giving(prediction, estimator.pk if estimator else None, moment, share_of(estimator))
    parts = [cases.slice(begin, _AT_ONCE) for begin in range(0, cases.num_rows, _AT_ONCE)]
    with nullcontext() if len(parts) > 1 else transaction.atomic():
        _each(lambda part: _give(giving, scoring.of(part)), parts)
        forget(giving, among=ids, kept=cases["record_id"].to_pylist() if ids is not None else ())
    if ids is None and (written := written_since(prediction.record_type, moment)):
        score(prediction, written)
    return int(cases.num_rows)


def _give(giving: Giving, scored: Scored) -> None:
    write(giving, scored.holding_back(held_back(giving.prediction, scored.record_ids, share=giving.share)))


def _each(work: Callable[[pa.Table], None], parts: Sequence[pa.Table]) -> None:
    """Do the work with every part, with some side by side where each may have a connection of its own.

    Where one fails, those not begun are left, and the error is raised when those under way have ended.
    """
    if len(parts) < 2 or connection.in_atomic_block:
        for part in parts:
            work(part)
        return

    def alone(part: pa.Table) -> None:
        try:
            work(part)
        finally:
            connection.close()  # this thread's own

    with ThreadPoolExecutor(_BESIDE) as workers:
        for _done in workers.map(alone, parts):
            pass


@dataclass(frozen=True)
class _Scoring:
    """Scoring under way; asks nothing of the database, so that it can run on any thread."""

    prediction: Prediction
    artefact: Artefact | None
    sql: str
    tables: Mapping[str, pa.Table]
    why_not: str
    gone: frozenset[str] = frozenset()

    def of(self, cases: pa.Table) -> Scored:
        """The scores of some cases."""
        table = run(self.sql, {**self.tables, "cases": cases}, self.prediction.groups)
        ids = cases["record_id"].to_pylist()
        if self.artefact is None:
            return Scored(ids, None, [self.why_not] * len(ids), rows_of(table))
        features = [self.prediction.features[name] for name in self.artefact.features]
        columns = columns_from(table, features)
        withheld = np.where(are_strange(self.artefact, columns, gone=self.gone), str(Withheld.UNLIKE), "").tolist()
        return Scored(ids, self.artefact.chance(columns), withheld, rows_of(table.select(list(self.artefact.features))))


def _why_not(prediction: Prediction) -> str:
    telling = Estimator.telling_of(prediction.name)
    return Withheld.TOO_FEW if telling is None or telling.reason == TOO_FEW else Withheld.NO_SIGNAL


def are_strange(artefact: Artefact, columns: Sequence[Column], *, gone: Collection[str] = ()) -> Any:
    """Which rows are unlike the past cases: too many values that those never had, shape (rows,); of columns that are
    gone nothing is expected."""
    rows = len(columns[0].texts) if columns else 0
    told = [_is_strange(artefact, column) for column in columns if column.name not in gone]
    counts: Floats = np.sum([np.zeros(rows), *told], axis=0)
    return counts >= max(_FEWEST_STRANGE, _STRANGE_SHARE * len(columns))


def _is_strange(artefact: Artefact, column: Column) -> Any:
    bounds = artefact.bounds[column.name]
    missing = column.missing
    unexpected = missing if bounds.missing < _SELDOM_MISSING else np.zeros(len(missing), dtype=bool)
    if column.numbers is None:
        words = {*bounds.words, None}
        unknown = (
            np.array([text not in words for text in column.texts]) if bounds.words else np.zeros(len(missing), bool)
        )
        return unexpected | unknown
    if bounds.least is None or bounds.most is None:
        return ~missing
    margin = _BEYOND * (bounds.most - bounds.least)
    numbers = np.nan_to_num(column.numbers, nan=bounds.least)
    return unexpected | (numbers < bounds.least - margin) | (numbers > bounds.most + margin)
