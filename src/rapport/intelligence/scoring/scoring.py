"""Giving scores to many records at once: features, chances, and whether a record is like those learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from rapport.core.clock import now
from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

from ..exploring.drawing import held_back, share_of
from ..features.computing import pull, run
from ..learning.artefact import Artefact, load
from ..learning.learning import TOO_FEW
from ..learning.past import days_of
from ..learning.tables import columns_from, rows_of
from ..models import Estimator, EstimatorState, Withheld
from ..predictions.prediction import Prediction
from .keeping import Scored, write

_AT_ONCE = 100_000
_STRANGE_SHARE = 0.3
_FEWEST_STRANGE = 3
_SELDOM_MISSING = 0.02
_BEYOND = 0.5


def live_estimator(prediction: str) -> Estimator | None:
    """The version that gives the scores now; without what it learned, which `load` reads."""
    return (
        Estimator._base_manager.filter(prediction=prediction, state=EstimatorState.LIVE)
        .defer("artefact", "signature")
        .order_by("-version")
        .first()
    )


def score(prediction: Prediction, ids: Sequence[str] | None = None) -> int:
    """Score these records, all with None; returns how many were. Those the question is not asked of lose theirs."""
    moment = now()
    cases = prediction.present(ids, days_of(moment))
    estimator = live_estimator(prediction.name)
    artefact = load(estimator.pk) if estimator else None
    sql = artefact.sql if artefact else prediction.sql
    tables = pull(prediction.groups, cases, is_now=True, narrow=ids is not None)
    share = share_of(estimator)
    scored = _Scoring(prediction, estimator, artefact, sql, share)
    parts = [scored.of(cases.slice(start, _AT_ONCE), tables) for start in range(0, cases.num_rows, _AT_ONCE)]
    live = estimator.pk if estimator else None
    write(prediction, parts, among=ids, estimator=live, as_of=moment, share=share)
    return int(cases.num_rows)


@dataclass(frozen=True)
class _Scoring:
    """Scoring under way."""

    prediction: Prediction
    estimator: Estimator | None
    artefact: Artefact | None
    sql: str
    share: float

    def of(self, cases: pa.Table, tables: dict[str, pa.Table]) -> Scored:
        """The scores of some cases."""
        table = run(self.sql, {**tables, "cases": cases}, self.prediction.groups)
        ids = cases["record_id"].to_pylist()
        if self.artefact is None:
            return Scored(ids, None, [self._why_not()] * len(ids), rows_of(table))
        features = [self.prediction.features[name] for name in self.artefact.features]
        columns = columns_from(table, features)
        held = held_back(self.prediction, ids, share=self.share)
        withheld = np.where(held, str(Withheld.HELD_BACK), "")
        withheld = np.where(are_strange(self.artefact, columns), str(Withheld.UNLIKE), withheld).tolist()
        return Scored(ids, self.artefact.chance(columns), withheld, rows_of(table.select(list(self.artefact.features))))

    def _why_not(self) -> str:
        known = Estimator._base_manager.filter(prediction=self.prediction.name).order_by("-version")
        reason = known.values_list("reason", flat=True).first()
        return Withheld.TOO_FEW if reason in (None, TOO_FEW) else Withheld.NO_SIGNAL


def are_strange(artefact: Artefact, columns: Sequence[Column]) -> Any:
    """Which rows are unlike the past cases: too many values that those never had, shape (rows,)."""
    counts: Floats = np.sum([_is_strange(artefact, column) for column in columns], axis=0)
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
