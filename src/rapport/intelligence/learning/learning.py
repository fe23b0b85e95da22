"""Learning a prediction: from past cases to a new version, with what it is worth and why its algorithm was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop

from rapport.core.clock import now
from rapport.intelligence.tabular import Column, ColumnKind, train
from rapport.intelligence.tabular import Estimator as Learnt
from rapport.intelligence.tabular.candidates import CANDIDATES
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans

from ..features.computing import pull, run
from ..models import Estimator, EstimatorState
from ..predictions.prediction import Prediction
from .artefact import Artefact, Bounds, Neighbour, artefact_from, seal
from .figures import Tried, figures_of, split_by_time, try_by_time
from .kept import KEPT_NAMES, keep
from .tables import columns_from

TOO_FEW = gettext_noop("There are too few past cases to learn from.")
_LABELS = {candidate.name: candidate.label for candidate in CANDIDATES}
_MOST_NEIGHBOURS = 2_000
_MOST_WORDS = 300
_NARROW_UP_TO = 20_000
_CLOSE = 1e-6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotKept(Exception):
    """What was read back promises something else than what was learned."""


@dataclass(frozen=True)
class Past:
    """Past cases with their features: what is learned from, the oldest first."""

    record_ids: Sequence[str]
    as_of: Floats
    known_at: Floats
    columns: tuple[Column, ...]
    yes: Booleans
    sql: str

    @property
    def positives(self) -> int:
        """How many said yes."""
        return int(self.yes.sum())


def days_of(moment: datetime) -> float:
    """A moment as days since 1970."""
    return (moment - _EPOCH) / timedelta(days=1)


def moment_of(days: float) -> datetime:
    """The way back."""
    return _EPOCH + timedelta(days=days)


def past_of(prediction: Prediction, *, as_of: datetime) -> Past:
    """The past cases as they were known then."""
    found = prediction.past(days_of(as_of))
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
    )


def _with_kind(column: Column) -> Column:
    """A column that tells nothing among these cases is called so, and not learned from."""
    values = column.texts if column.numbers is None else column.numbers[~np.isnan(column.numbers)]
    different = {value for value in values.tolist() if value is not None}
    is_constant = len(different) + bool(column.missing.any()) < 2
    return replace(column, kind=ColumnKind.CONSTANT) if is_constant else column


def learn(prediction: Prediction, *, names: Sequence[str] = KEPT_NAMES, as_of: datetime | None = None) -> Estimator:
    """Learn anew. The version goes live if none is, else into the shadow; one that is worth nothing is withdrawn."""
    moment = as_of or now()
    begun = perf_counter()
    past = past_of(prediction, as_of=moment)
    common = {"prediction": prediction.name, "as_of": moment, "cases": len(past.yes), "positives": past.positives}
    if not _are_enough(prediction, past):
        return _abstained(prediction, common)
    split = split_by_time(past.as_of, past.known_at)
    alone = {name: try_by_time(past.columns, past.yes, split, names=(name,)) for name in names}
    together = try_by_time(past.columns, past.yes, split, names=names)
    learnt = train(past.columns, past.yes, in_time_order=True, names=names)
    problem = together.problem() if learnt.learned else TOO_FEW
    artefact = _artefact(past, learnt) if learnt.learned else None
    text = artefact.as_text() if artefact else ""
    estimator = Estimator.create(
        **common,
        version=_number(prediction),
        algorithm=learnt.algorithm,
        trained_at=now(),
        figures=figures_of(together) | _told_of(learnt, past, names),
        compared=_compared(alone, learnt),
        seconds=round(perf_counter() - begun, 2),
        artefact=text,
        signature=seal(text),
    )
    _place(estimator, prediction, problem)
    return estimator


def _are_enough(prediction: Prediction, past: Past) -> bool:
    rarer = min(past.positives, len(past.yes) - past.positives)
    return len(past.yes) >= prediction.minimum.cases and rarer >= prediction.minimum.of_each


def _abstained(prediction: Prediction, common: dict[str, Any]) -> Estimator:
    """A version that says that there is too little to learn from; the last one, where that said the same."""
    last = Estimator._base_manager.filter(prediction=prediction.name).order_by("-version").first()
    if last is not None and last.reason == TOO_FEW and last.cases == common["cases"]:
        return last
    estimator = Estimator.create(**common, version=_number(prediction), algorithm="", trained_at=now())
    estimator.withdraw(reason=TOO_FEW)
    return estimator


def _number(prediction: Prediction) -> int:
    known = Estimator._base_manager.filter(prediction=prediction.name).order_by("-version")
    return (known.values_list("version", flat=True).first() or 0) + 1


def _place(estimator: Estimator, prediction: Prediction, problem: str) -> None:
    live = Estimator._base_manager.filter(prediction=prediction.name, state=EstimatorState.LIVE)
    if problem:
        estimator.withdraw(reason=problem)
    elif live.exists():
        estimator.shadow()
    else:
        estimator.promote()


def _told_of(learnt: Learnt, past: Past, names: Sequence[str]) -> dict[str, Any]:
    return {
        "members": list(learnt.members),
        "leakage": [{"column": one.column, "alone": one.alone, "reason": one.reason} for one in learnt.leakage],
        "shuffled_roc_auc": shuffled_area(past, names),
    }


def shuffled_area(past: Past, names: Sequence[str], *, seed: int = 1) -> float | None:
    """The control: after learning from answers dealt out by chance, nothing may be foreseen."""
    shuffled = np.random.default_rng(seed).permutation(past.yes)
    split = split_by_time(past.as_of, past.known_at)
    area = try_by_time(past.columns, shuffled, split, names=names[:1]).measures.roc_auc
    return None if np.isnan(area) else round(area, 4)


def _compared(alone: dict[str, Tried], learnt: Learnt) -> list[dict[str, Any]]:
    """The candidates: their figures by time, and how far each was behind the best when the choice was made."""
    behind = {one.name: one for one in learnt.compared}
    rows = []
    for name, tried in alone.items():
        figures = {key: value for key, value in figures_of(tried).items() if key != "calibration"}
        told = behind.get(name)
        rows.append(
            {
                "name": name,
                "label": _LABELS[name],
                "seconds": round(tried.seconds, 3),
                "is_chosen": name in learnt.members,
                **figures,
            }
            | ({"behind": round(told.behind, 5), "behind_error": round(told.behind_error, 5)} if told else {})
        )
    return rows


def _artefact(past: Past, learnt: Learnt) -> Artefact:
    design = learnt.design
    used = tuple(part.name for part in design.parts)
    columns = [column for column in past.columns if column.name in used]
    matrices = design.matrices(columns)
    members = tuple(
        (name, keep(name, learned, matrices)) for name, learned in zip(learnt.members, learnt.learned, strict=True)
    )
    bounds = {column.name: _bounds(column) for column in columns}
    made = Artefact(used, past.sql, design, members, learnt.calibration, learnt.base_rate, bounds)
    read = artefact_from(made.as_text())
    if np.abs(read.chance(columns) - learnt.chance(columns)).max() > _CLOSE:
        raise NotKept(f"{learnt.algorithm}: what was kept differs from what was learned.")
    return made.with_neighbours(_neighbours(made, past, columns))


def _neighbours(made: Artefact, past: Past, columns: Sequence[Column]) -> list[Neighbour]:
    """The newest past cases."""
    rows = np.arange(max(0, len(past.yes) - _MOST_NEIGHBOURS), len(past.yes))
    added, _rest = made.contributions([column.rows(rows) for column in columns])
    return [
        Neighbour(
            past.record_ids[row], float(past.as_of[row]), bool(past.yes[row]), tuple(np.round(values, 4).tolist())
        )
        for row, values in zip(rows.tolist(), added, strict=True)
    ]


def _bounds(column: Column) -> Bounds:
    missing = float(column.missing.mean())
    if column.numbers is None:
        words = sorted({str(text) for text in column.texts if text is not None})
        return Bounds(None, None, tuple(words) if len(words) <= _MOST_WORDS else (), missing)
    given = column.numbers[~np.isnan(column.numbers)]
    return (
        Bounds(float(given.min()), float(given.max()), (), missing) if len(given) else Bounds(None, None, (), missing)
    )
