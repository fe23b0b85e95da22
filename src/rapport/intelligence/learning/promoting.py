"""Which version is live: a shadow takes over when it foresees better than the live one, on cases neither has seen.

This is looked at every night. So what counts as noise is what holds at all looks at once: of two versions that are
equally good one takes over from the other in at most one duel of twenty, however long it lasts.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.utils.translation import gettext_noop

from rapport.core.clock import now
from rapport.intelligence.tabular.candidates.candidate import chance_of, log_odds
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.levels import level_lately
from rapport.intelligence.tabular.measures import Booleans
from rapport.oversight.trials.statistics.sequential import FEWEST, reach

from ..models import DriftLook, Estimator, EstimatorState
from ..predictions.prediction import Prediction
from .artefact import load
from .figures import gains
from .own_fields import are_others, asked_by
from .past import Past, days_of, past_of
from .provenance import heard

_PLANNED = 300
"""About so many cases the bounds of noise are narrowest."""
_SHADOW_LASTS = timedelta(days=60)
"""Counted from when the first case that it did not know is over."""
_MORE = 1.1
BETTER = gettext_noop("It foresaw better than the live version on cases that neither had seen.")
NOT_BETTER = gettext_noop("On the cases of 60 days in the shadow it was not better than the live version.")
WORSE = gettext_noop("On cases that came after it was learned it foresees no better than the usual share.")


@dataclass(frozen=True)
class Duel:
    """How much logarithmic loss a case costs less with the one than with the other, with its standard error."""

    cases: int
    gain: float
    error: float

    @property
    def is_won(self) -> bool:
        """Whether the gain is beyond noise."""
        return self.cases >= FEWEST and self.gain > self._noise

    @property
    def is_lost(self) -> bool:
        """Whether it is worse beyond noise."""
        return self.cases >= FEWEST and self.gain < -self._noise

    @property
    def _noise(self) -> float:
        return reach(self.cases, planned=_PLANNED) * self.error


def decide(prediction: Prediction) -> None:
    """Withdraw a live version that is worth nothing any more; let a shadow take over that is better."""
    live, shadow = _in_state(prediction, EstimatorState.LIVE), _in_state(prediction, EstimatorState.SHADOW)
    if live is None:
        return
    past = heard(prediction, past_of(asked_by(prediction, live, shadow), as_of=now()))
    if against_base_rate(live, past).is_lost:
        live.withdraw(reason=WORSE)
    elif shadow is not None and duel(shadow, live, past).is_won:
        shadow.promote(reason=BETTER)
    elif shadow is not None and now() - shadow.trained_at > timedelta(days=prediction.days) + _SHADOW_LASTS:
        shadow.retire(reason=NOT_BETTER)


def is_due(prediction: Prediction) -> bool:
    """Whether to learn anew: none is live or in the shadow, the live one drifts and nothing was learned since, there
    are other own fields to learn with, or a tenth more cases than it has seen.
    """
    known = Estimator._base_manager.filter(prediction=prediction.name).order_by("-version")
    last = known.defer("artefact", "signature").first()
    if last is None or last.state not in (EstimatorState.LIVE, EstimatorState.SHADOW) or are_others(prediction, last):
        return True
    if (
        last.state == EstimatorState.LIVE
        and DriftLook.objects.filter(prediction=prediction.name, is_alarming=True).exists()
    ):
        return True
    return len(prediction.past(days_of(now())).answers) >= _MORE * last.cases


def duel(challenger: Estimator, champion: Estimator, past: Past) -> Duel:
    """Both on the cases that began after both were learned."""
    rows = _unseen(past, challenger, champion)
    return _duel(past.yes[rows], _chances(champion, past, rows), _chances(challenger, past, rows))


def against_base_rate(estimator: Estimator, past: Past) -> Duel:
    """An estimator against the share that it learned, on cases that began after it was.

    The level of both follows these cases: what is asked is whether one is told from the other.
    """
    rows = _unseen(past, estimator)
    yes, base = past.yes[rows], np.full(len(rows), log_odds(np.array([load(estimator.pk).base_rate]))[0])
    usual = chance_of(base + level_lately(base, yes, np.ones(len(rows))))
    return _duel(yes, usual, _chances(estimator, past, rows))


def _unseen(past: Past, *estimators: Estimator) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    latest = max(days_of(estimator.as_of) for estimator in estimators)
    return np.flatnonzero(past.as_of > latest)


def _chances(estimator: Estimator, past: Past, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Floats:
    artefact = load(estimator.pk, estimator.level)
    by_name = {column.name: column for column in past.columns}
    return artefact.chance([by_name[name].rows(rows) for name in artefact.features])


def _duel(yes: Booleans, before: Floats, after: Floats) -> Duel:
    if len(yes) < 2:
        return Duel(len(yes), 0.0, 0.0)
    found = gains(yes, before, after)
    return Duel(len(yes), float(found.mean()), float(found.std() / np.sqrt(len(found))))


def _in_state(prediction: Prediction, state: EstimatorState) -> Estimator | None:
    return Estimator._base_manager.filter(prediction=prediction.name, state=state).order_by("-version").first()
