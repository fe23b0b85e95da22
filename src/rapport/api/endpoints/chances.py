"""The chances of a record: each with its reasons, what would change it and similar past cases, or why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.intelligence.models import Estimator, Score
from rapport.intelligence.predictions import of_type
from rapport.intelligence.predictions.prediction import Prediction
from rapport.oversight.trials.withholding import Sight, sight_of

from ..calls import Call, as_json
from ..collections import Collection
from ..parameters import Parameters
from ..problems import not_found
from ..values import write_moment
from .finding import collection_for, record_for

_SIMILAR = 5
_NOTHING: Mapping[str, Any] = {"usual": None, "calibration": None, "reasons": [], "changes": [], "similar": []}


def chances_of(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """What each prediction says of the record, as far as the caller may see what it rests on."""
    found = collection_for(call.actor, collection)
    if not of_type(found.entry.record_type):
        raise not_found()
    Parameters(call.request, known=())
    record = record_for(call.actor, found, record_id)
    return as_json(
        {"items": [_told(one, score, record, call.actor) for one, score in _seen(found, record, call.actor)]}
    )


def _seen(found: Collection, record: Record, actor: Actor) -> Sequence[tuple[Prediction, Score]]:
    readable = found.entry.readable_by(actor)
    known = {one.name: one for one in of_type(record.record_type) if one.column in readable}
    scores = Score.objects.filter(record_id=record.pk, prediction__in=known).order_by("prediction")
    return [(known[one.prediction], one) for one in scores if _sight(actor, one).number]


def _sight(actor: Actor, score: Score) -> Sight:
    return sight_of(actor.user_id, score.prediction, score.record_id)


def _told(prediction: Prediction, score: Score, record: Record, actor: Actor) -> dict[str, Any]:
    known = Estimator._base_manager.defer("artefact", "signature", "compared")
    estimator = known.filter(pk=score.estimator_id).first() if score.estimator_id else None
    has_number = score.chance is not None and estimator is not None
    return {
        "prediction": prediction.name,
        "question": str(prediction.question),
        "chance": round(score.chance, 4) if score.chance is not None else None,
        "withheld": score.withheld,
        "version": estimator.version if estimator else None,
        "as_of": write_moment(score.as_of),
        **(_explained(score, estimator, record, actor) if has_number and estimator else _NOTHING),
    }


def _explained(score: Score, estimator: Estimator, record: Record, actor: Actor) -> dict[str, Any]:
    from rapport.intelligence.scoring.explaining import explain  # loads numpy and what was learned

    told, shows_why = explain(score, estimator), _sight(actor, score).reasons
    return {
        "usual": round(told.base_rate, 4),
        "calibration": told.bin and {"cases": told.bin.cases, "came": round(told.bin.came, 4)},
        "reasons": [
            {
                "feature": one.feature.name,
                "label": str(one.feature.label),
                "value": one.value,
                "log_odds": round(one.added, 4),
                "points": round(one.points, 4),
            }
            for one in told.reasons
            if shows_why
        ],
        "changes": [
            {"what": str(one.feature.lever), "chance": round(one.chance, 4)} for one in told.levers if shows_why
        ],
        "similar": _similar(told.similar, record, actor) if shows_why else [],
    }


def _similar(found: Sequence[Any], record: Record, actor: Actor) -> list[dict[str, Any]]:
    """Those that the caller may see."""
    seen = type(record).objects.visible_to(actor).in_bulk([one.record_id for one in found])
    shown = [one for one in found if one.record_id in seen][:_SIMILAR]
    return [
        {"id": str(one.record_id), "title": seen[one.record_id].title, "came_true": bool(one.answer)} for one in shown
    ]
