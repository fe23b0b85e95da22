"""The bench: what each way of learning is worth by time, what all together are, at random, smaller, and by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rapport.intelligence.tabular import Estimator as Learnt
from rapport.intelligence.tabular.candidates import CANDIDATES
from rapport.intelligence.tabular.columns import Floats

from ..predictions.prediction import Prediction
from .compressing import BOUND, WHOLE, compressed, weighed
from .fairness import fairness_of, teams_of
from .figures import TimeSplit, Tried, figures_of, split_by_time, try_at_random, try_by_time
from .making import artefact_of, size_of
from .past import Past

_DEALS = 5
_SOME = 100
_LABELS = {candidate.name: candidate.label for candidate in CANDIDATES}


@dataclass(frozen=True)
class Worth:
    """What came of the trials. `variant` is the one that lives, `problem` why nothing should."""

    figures: dict[str, Any]
    alone: Mapping[str, Tried]
    variant: str
    problem: str


def worth_of(prediction: Prediction, past: Past, *, names: Sequence[str], care: Floats) -> Worth:
    """All trials of one prediction; the figures are those of the variant that will live."""
    split = split_by_time(past.as_of, past.known_at)
    alone = {name: try_by_time(past.columns, past.yes, split, names=(name,), care=care) for name in names}
    together = try_by_time(past.columns, past.yes, split, names=names, care=care)
    variant, variants, tried = _smaller(past, split, together)
    members = together.estimator.members or names[:1]
    newest = [past.record_ids[row] for row in split.newest.tolist()]
    figures = figures_of(tried) | {
        "at_random": try_at_random(past.columns, past.yes, names=members),
        "compressed": {"taken": variant, "bound": BOUND, "variants": variants},
        "groups": fairness_of(past, split.newest, tried.yes, tried.chance, teams_of(prediction, newest)),
        "shuffled_roc_auc": _shuffled_area_on_average(past, names),
        "members_then": list(members),
    }
    return Worth(figures, alone, variant, tried.problem())


def _smaller(past: Past, split: TimeSplit, tried: Tried) -> tuple[str, list[dict[str, Any]], Tried]:
    """The variant to take, all of them, and the trial as that variant did."""
    if not tried.estimator.learned or not len(split.newest):
        return WHOLE, [], tried
    known = [column.rows(split.known) for column in past.columns]
    whole, columns = artefact_of(known, tried.estimator, past.sql)
    newest = [column.rows(split.newest) for column in past.columns if column.name in whole.features]
    name, found = weighed(whole, columns, newest, tried.yes)
    chance = compressed(name, whole, columns).chance(newest)
    return name, [one.as_figures() for one in found], tried.by(chance)


def shuffled_area(past: Past, names: Sequence[str], *, seed: int = 1) -> float | None:
    """The control: after learning from answers dealt out by chance, nothing may be foreseen."""
    shuffled = np.random.default_rng(seed).permutation(past.yes)
    split = split_by_time(past.as_of, past.known_at)
    area = try_by_time(past.columns, shuffled, split, names=names[:1]).measures.roc_auc
    return None if np.isnan(area) else round(area, 4)


def _shuffled_area_on_average(past: Past, names: Sequence[str]) -> float | None:
    """Of several deals: one alone strays by a tenth where the newest cases are few."""
    areas = [area for seed in range(1, _DEALS + 1) if (area := shuffled_area(past, names, seed=seed)) is not None]
    return round(float(np.mean(areas)), 4) if areas else None


def told_of(learnt: Learnt) -> dict[str, Any]:
    """What was averaged, and what was left out."""
    leakage = [{"column": one.column, "alone": one.alone, "reason": one.reason} for one in learnt.leakage]
    return {"members": list(learnt.members), "leakage": leakage}


def compared(alone: Mapping[str, Tried], learnt: Learnt, past: Past) -> list[dict[str, Any]]:
    """The candidates: their figures by time, their size, and how far each was behind the best when it was chosen."""
    behind = {one.name: one for one in learnt.compared}
    some = past.rows(np.arange(min(_SOME, len(past.yes)))).columns
    rows = []
    for name, tried in alone.items():
        figures = {key: value for key, value in figures_of(tried).items() if key != "calibration"}
        told = behind.get(name)
        rows.append(
            {
                "name": name,
                "label": _LABELS[name],
                "seconds": round(tried.seconds, 3),
                "size": size_of(tried.estimator, some) if tried.estimator.learned else None,
                "is_chosen": name in learnt.members,
                **figures,
            }
            | ({"behind": round(told.behind, 5), "behind_error": round(told.behind_error, 5)} if told else {})
        )
    return rows
