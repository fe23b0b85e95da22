"""Keeping the level of the versions at work: whether more or fewer say yes lately than they promise.

Learning anew takes many new cases, and its version has to prove itself first; the level follows every night. It is told
by the cases that began since the version was learned, those included whose days aren't over yet: of a case that is
seven days old so much of its chance should have come true as came within seven days before. Where a source has to count
for less (`provenance`), only cases that are over tell: of the others nobody knows yet whose word will end them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapport.core.clock import now
from rapport.intelligence.tabular.candidates.candidate import log_odds
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.levels import level_lately

from ..models import Estimator, EstimatorState
from ..predictions.prediction import PastCases, Prediction
from .artefact import load
from .own_fields import asked_by
from .past import Past, days_of, moment_of, past_of
from .provenance import Provenance, provenance_of, sources_of

_AT_WORK = (EstimatorState.LIVE, EstimatorState.SHADOW)
_MOST = 12_000
_FEWEST_THAT_CAME = 30
"""Of fewer it can't be told how soon a yes comes."""


@dataclass(frozen=True)
class _Since:
    """The cases that began since a version was learned: their places, and how much of each is over (0 to 1)."""

    rows: NDArray[np.intp]
    seen: Floats


@dataclass(frozen=True)
class _Told:
    """The cases that tell the level, how much of each is over, and what it counts; shape (rows,) each."""

    past: Past
    seen: Floats
    weights: Floats


def keep_levels(prediction: Prediction) -> None:
    """Work out anew the level of the live version and of the one in the shadow, so that neither has it easier."""
    at_work = Estimator._base_manager.filter(prediction=prediction.name, state__in=_AT_WORK)
    for version in at_work.defer("artefact", "signature"):
        Estimator._base_manager.filter(pk=version.pk).update(level=level_of(prediction, version))


def level_of(prediction: Prediction, version: Estimator) -> float:
    """What is to be added to its log odds."""
    moment = days_of(now())
    horizon = _horizon(prediction.past(moment))
    until_now = moment_of(moment + horizon)
    since = _since(prediction.past(moment + horizon), learned_by=days_of(version.as_of), moment=moment)
    if not len(since.rows):
        return 0.0
    asked = asked_by(prediction, version)
    past = past_of(asked, as_of=until_now, among=lambda _as_of, _known_at: since.rows)
    told = _told(prediction, past, since.seen)
    artefact = load(version.pk)
    by_name = {column.name: column for column in told.past.columns}
    odds = log_odds(artefact.chance([by_name[name] for name in artefact.features]))
    return round(level_lately(odds, told.past.yes, told.seen, weights=told.weights), 4)


def _told(prediction: Prediction, past: Past, seen: Floats) -> _Told:
    """All cases alike; where a source counts for less, those that are over, as they count in learning."""
    is_over = seen >= 1
    answered = past.rows(np.flatnonzero(past.yes | is_over))
    if _provenance(prediction, answered).counts_alike:
        return _Told(past, seen, np.ones(len(seen)))
    over = past.rows(np.flatnonzero(is_over))
    return _Told(over, seen[is_over], _provenance(prediction, over).weights)


def _provenance(prediction: Prediction, past: Past) -> Provenance:
    return provenance_of(past, sources_of(prediction, past.record_ids))


def _horizon(known: PastCases) -> float:
    """For how many days a case runs."""
    return known.known_at[0] - float(known.cases["as_of"][0].as_py()) if known.known_at else 0.0


def _since(cases: PastCases, *, learned_by: float, moment: float) -> _Since:
    as_of = np.asarray(cases.cases["as_of"], dtype=np.float64)
    known_at, yes = np.array(cases.known_at, dtype=np.float64), np.array(cases.answers, dtype=bool)
    seen = (known_at <= moment).astype(np.float64)
    if cases.came_at:
        took = np.sort((np.array(cases.came_at) - as_of)[yes & (known_at <= learned_by)])
        if len(took) >= _FEWEST_THAT_CAME:
            seen = np.where(seen, 1.0, np.searchsorted(took, moment - as_of, side="right") / len(took))
    rows = np.flatnonzero((as_of > learned_by) & (as_of <= moment) & (seen > 0))[-_MOST:]
    return _Since(rows, seen[rows])
