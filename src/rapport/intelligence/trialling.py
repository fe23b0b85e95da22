"""Predictions as trials need them: every prediction that tells what came of a record is put to the test there."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from rapport.core.problems import Problem
from rapport.oversight.trials.registry import Asked, Foreseen, Trialled, register_trialled

from .models import Score, Withheld
from .predictions import predictions
from .predictions.prediction import Prediction

_PROGRESS = {"opportunity": frozenset({"stage_id"}), "lead": frozenset({"status"})}
STOPPED, UNREADABLE = "stopped", "unreadable"


def register() -> None:
    """Done once, when Django is ready."""
    for one in predictions().values():
        if one.came is not None:
            register_trialled(_trialled(one))


def _trialled(one: Prediction) -> Trialled:
    return Trialled(
        name=one.name,
        record_type=one.record_type,
        field=one.field,
        label=one.label,
        question=one.question,
        yes=one.yes,
        no=one.no,
        horizon_days=one.days,
        open_among=partial(_open_among, one),
        outcomes=partial(_outcomes, one),
        foresee=partial(_foresee, one),
        said=partial(_said, one),
        decided_without=partial(_decided_without, one),
        progress=_PROGRESS.get(one.record_type, frozenset()),
        known_before=frozenset(field for field in one.rests_on if field.startswith(f"{one.record_type}.")),
    )


def _open_among(prediction: Prediction, ids: Sequence[UUID] | None) -> set[UUID]:
    from rapport.core.clock import now

    from .learning.past import days_of

    asked = None if ids is None else [str(key) for key in ids]
    return {UUID(key) for key in prediction.present(asked, days_of(now()))["record_id"].to_pylist()}


def _outcomes(prediction: Prediction, asked: Sequence[Asked]) -> Mapping[UUID, bool]:
    if prediction.came is None:
        return {}
    return prediction.came([one.record_id for one in asked], [one.on for one in asked])


def _foresee(prediction: Prediction, record_id: UUID) -> Foreseen:
    """The chance as the live version gives it at this moment; machines that are stopped say nothing."""
    from .scoring.action import is_stopped
    from .scoring.scoring import score

    if is_stopped():
        return Foreseen(None, "", why_not=STOPPED)
    try:
        score(prediction, [str(record_id)])
    except Problem:  # what was learned can't be read: the person's estimate is kept all the same
        return Foreseen(None, "", why_not=UNREADABLE)
    return _said(prediction, [record_id]).get(record_id, Foreseen(None, "", why_not=UNREADABLE))


def _said(prediction: Prediction, ids: Sequence[UUID]) -> Mapping[UUID, Foreseen]:
    found = Score.objects.filter(prediction=prediction.name, record_id__in=ids).select_related("estimator")
    return {one.record_id: _foreseen(prediction, one) for one in found.defer("estimator__artefact")}


def _foreseen(prediction: Prediction, score: Score) -> Foreseen:
    """A record that was drawn to be decided without a number has one all the same, which nobody sees: were such cases
    left out, or counted as if the machine had nothing to say, a trial would judge it on others than the people.
    """
    version = f"{score.prediction}/{score.estimator.version}" if score.estimator else ""
    if score.withheld == Withheld.HELD_BACK:
        return Foreseen(_worked_out(prediction, score), version, score.inputs, is_hidden=True)
    return Foreseen(score.chance, version, score.inputs, score.withheld)


def _worked_out(prediction: Prediction, score: Score) -> float | None:
    from .learning.artefact import load
    from .learning.tables import columns_of_rows

    if score.estimator is None:
        return None
    artefact = load(score.estimator_id, score.estimator.level)
    told = prediction.with_own(artefact.own).features
    features = [told[name] for name in artefact.features]
    return float(artefact.chance(columns_of_rows([score.inputs], features))[0])


def _decided_without(prediction: Prediction, ids: Collection[UUID]) -> set[UUID]:
    found = Score.objects.filter(prediction=prediction.name, withheld=Withheld.HELD_BACK, record_id__in=ids)
    return set(found.values_list("record_id", flat=True))
