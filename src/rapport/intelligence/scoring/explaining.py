"""Why a score is what it is: what each feature added, what would change it, and similar past cases with their outcome.

All of it is worked out from what is stored with the score, by the version that gave it, at the level that it had then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log1p
from uuid import UUID

import numpy as np

from rapport.intelligence.tabular.candidates.candidate import chance_of
from rapport.intelligence.tabular.columns import Floats

from ..features.feature import Feature
from ..learning.artefact import Artefact, load
from ..learning.tables import Value, columns_of_rows
from ..models import Estimator, Score
from ..predictions import predictions
from ..predictions.prediction import Prediction, Rule

_WORTH_NAMING = 0.01
_MOST_REASONS = 6
_WORTH_DOING = 0.01
_MOST_SIMILAR = 40


@dataclass(frozen=True)
class Reason:
    """What one feature added to the log odds, and by how many points (0 to 1) the chance would differ without it.

    Where several say the same so strongly that the chance would be as it is without any one of them, the points are
    those that it alone adds to the usual chance.
    """

    feature: Feature
    value: Value
    added: float
    points: float


@dataclass(frozen=True)
class Lever:
    """What could be done, and what the chance would then be."""

    feature: Feature
    chance: float


@dataclass(frozen=True)
class Similar:
    """A past case: how it ended."""

    record_id: UUID
    as_of: float
    answer: bool


@dataclass(frozen=True)
class Bin:
    """What came of the newest cases that were promised about as much."""

    cases: int
    came: float


@dataclass(frozen=True)
class Explanation:
    """A score with its reasons, the strongest first."""

    chance: float
    base_rate: float
    reasons: Sequence[Reason]
    levers: Sequence[Lever]
    similar: Sequence[Similar]
    bin: Bin | None


def explain(score: Score, estimator: Estimator) -> Explanation:
    """The reasons for a score that its estimator gave."""
    artefact = load(estimator.pk)
    prediction = predictions()[score.prediction].with_own(artefact.own)
    features = [prediction.features[name] for name in artefact.features]
    columns = columns_of_rows([score.inputs], features)
    added, rest = artefact.contributions(columns)
    odds = float(added[0].sum() + rest)
    level = _level_then(score, estimator, odds)
    chance = float(chance_of(np.array([odds + level]))[0])
    return Explanation(
        chance,
        artefact.base_rate,
        _reasons(features, score.inputs, added[0], rest + level),
        _levers(prediction, artefact.at_level(level), score.inputs, chance),
        _similar(artefact, added[0], score.record_id),
        _bin(estimator, chance),
    )


def _level_then(score: Score, estimator: Estimator, odds: float) -> float:
    """What was added to the log odds when the score was given: the level has followed newer cases since."""
    if score.chance is None or not 0 < score.chance < 1:
        return estimator.level
    return log(score.chance) - log1p(-score.chance) - odds


def rules_that_hold(score: Score, prediction: Prediction) -> list[Rule]:
    """The stated rules that hold for a record of which there is no number."""
    names = load(score.estimator_id).features if score.estimator_id else prediction.features
    values = dict(zip(names, score.inputs, strict=False))
    return [rule for rule in prediction.rules if rule.holds(values.get(rule.feature))]


def _reasons(features: Sequence[Feature], values: Sequence[Value], added: Floats, rest: float) -> list[Reason]:
    odds = added.sum() + rest
    points = chance_of(np.array([odds])) - chance_of(odds - added)
    if np.abs(points).max(initial=0.0) < _WORTH_NAMING:
        points = chance_of(rest + added) - chance_of(np.array([rest]))
    found = [
        Reason(feature, value, float(one), float(point))
        for feature, value, one, point in zip(features, values, added, points, strict=True)
        if abs(point) >= _WORTH_NAMING
    ]
    return sorted(found, key=lambda reason: -abs(reason.points))[:_MOST_REASONS]


def _levers(prediction: Prediction, artefact: Artefact, values: Sequence[Value], chance: float) -> list[Lever]:
    """What could be done, as far as cases in which it was done ended better."""
    changed = list(_changed(prediction, artefact, values))
    if not changed:
        return []
    features = [prediction.features[name] for name in artefact.features]
    chances = artefact.chance(columns_of_rows([row for _feature, row in changed], features))
    wanted = 1 if prediction.is_good else -1
    found = [Lever(feature, float(one)) for (feature, _row), one in zip(changed, chances, strict=True)]
    useful = [lever for lever in found if wanted * (lever.chance - chance) >= _WORTH_DOING]
    return sorted(useful, key=lambda lever: -wanted * lever.chance)


def _changed(
    prediction: Prediction, artefact: Artefact, values: Sequence[Value]
) -> Iterator[tuple[Feature, list[Value]]]:
    for place, name in enumerate(artefact.features):
        feature, value = prediction.features[name], values[place]
        if feature.lever and not isinstance(value, str):
            changed = max(0.0, (value or 0.0) + feature.step)
            most = artefact.bounds[name].most
            yield feature, [*values[:place], min(changed, most if most is not None else changed), *values[place + 1 :]]


def _similar(artefact: Artefact, added: Floats, record_id: UUID) -> list[Similar]:
    """The past cases for which the same spoke, the nearest first."""
    if not artefact.neighbours:
        return []
    order = np.argsort(((artefact.near - added) ** 2).sum(axis=1), kind="stable")[: _MOST_SIMILAR + 1]
    near = [artefact.neighbours[place] for place in order.tolist()]
    return [Similar(UUID(one.record_id), one.as_of, one.answer) for one in near if UUID(one.record_id) != record_id]


def _bin(estimator: Estimator, chance: float) -> Bin | None:
    for one in estimator.figures.get("calibration", []):
        if one["from"] <= chance < one["from"] + 0.1:
            return Bin(int(one["n"]), float(one["came"]))
    return None
