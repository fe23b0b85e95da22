"""Learning a prediction: from past cases to a new version, with what it is worth and why its algorithm was chosen."""

from collections.abc import Sequence
from datetime import datetime
from time import perf_counter
from typing import Any

import numpy as np

from rapport.core.clock import now
from rapport.intelligence.tabular import Estimator as Learnt
from rapport.intelligence.tabular import train
from rapport.intelligence.tabular.columns import Floats

from ..abstaining import TOO_FEW
from ..exploring.weighing import explored, shares_of, weights_of
from ..models import Estimator, EstimatorState
from ..predictions.prediction import Prediction
from .artefact import Artefact
from .bench import compared, told_of, worth_of
from .holding import WITHDRAWN_BEFORE, is_held
from .kept import KEPT_NAMES
from .making import artefact_with_cases
from .own_fields import offer_of, told_often
from .past import Past, days_of, moment_of, past_of
from .provenance import Provenance, provenance_of, sources_of
from .sealing import seal

__all__ = ["Past", "days_of", "learn", "moment_of", "past_of"]


def learn(prediction: Prediction, *, names: Sequence[str] = KEPT_NAMES, as_of: datetime | None = None) -> Estimator:
    """Learn anew. The version goes live if none is, else into the shadow; one that is worth nothing is withdrawn.

    Where somebody withdrew the version before it, it waits in the shadow too.
    """
    moment = as_of or now()
    begun = perf_counter()
    offer = offer_of(prediction)
    past = told_often(past_of(prediction.with_own(offer.own), as_of=moment))
    common = {"prediction": prediction.name, "as_of": moment, "cases": len(past.yes), "positives": past.positives}
    provenance = provenance_of(past, sources_of(prediction, past.record_ids))
    heard = past.rows(np.flatnonzero(provenance.weights))
    if not _are_enough(prediction, heard):
        return _abstained(prediction, common)
    shares = shares_of(prediction, heard.record_ids)
    care = provenance.weights[provenance.weights > 0] * weights_of(shares)
    worth = worth_of(prediction, heard, names=names, care=care)
    learnt = train(heard.columns, heard.yes, in_time_order=True, names=names, care=care)
    artefact = artefact_with_cases(heard, learnt, worth.variant) if learnt.learned else None
    common |= {"compared": compared(worth.alone, learnt, heard), "seconds": round(perf_counter() - begun, 2)}
    figures = worth.figures | told_of(learnt) | _told_of_cases(provenance, shares, heard)
    figures["own_fields"] = offer.as_figures(heard, artefact)
    estimator = _kept(learnt, artefact, version=_number(prediction), figures=figures, **common)
    _place(estimator, prediction, worth.problem if artefact else TOO_FEW)
    return estimator


def _kept(learnt: Learnt, artefact: Artefact | None, **told: Any) -> Estimator:
    """The version as a record, with what it learned under a seal."""
    text = artefact.as_text() if artefact else ""
    return Estimator.create(
        algorithm=learnt.algorithm,
        trained_at=now(),
        artefact=text,
        signature=seal(text),
        **told,
    )


def _told_of_cases(provenance: Provenance, shares: Floats, heard: Past) -> dict[str, Any]:
    """Whose word the answers are, and how those ended that were decided without a number."""
    return {"provenance": provenance.as_figures(), "exploration": explored(shares, heard.yes).as_figures()}


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
    elif is_held(prediction.name):
        estimator.shadow(reason=WITHDRAWN_BEFORE)
    else:
        estimator.promote()
