"""The nightly work: learn anew, hold the shadow against the live version, watch for drift, keep the level, score."""

import structlog

from ..drift.watching import watch
from ..predictions import predictions
from ..predictions.prediction import Prediction
from ..scoring.action import is_stopped
from ..scoring.scoring import score
from .learning import learn
from .level import keep_levels
from .promoting import decide, is_due

_log = structlog.get_logger("rapport.intelligence")


def learn_and_score() -> None:
    """Do so for each prediction; one that fails keeps no other from being learned."""
    for prediction in predictions().values():
        if is_stopped():
            return
        try:
            _learn_and_score(prediction)
        except Exception as error:  # noqa: BLE001 - the next one may be learned all the same
            _log.exception("not_learned", prediction=prediction.name, exc_info=error)


def _learn_and_score(prediction: Prediction) -> None:
    decide(prediction)
    watch(prediction)
    if is_due(prediction):
        learn(prediction)
    keep_levels(prediction)
    score(prediction)
