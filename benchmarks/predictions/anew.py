"""The newest 30 % as a product lives through them: in eight parts, each foreseen by what was known when it began.

Where a table has a calendar, an answer counts as known 90 days after the case began, whatever came of it, as in the
product. Where it has none, the answers of a part are known when the next part but one begins.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from benchmarks.predictions.learners import Booleans, Floats, Learn
from benchmarks.predictions.tables import Cases, Named
from rapport.intelligence.tabular.candidates.candidate import chance_of, log_odds
from rapport.intelligence.tabular.levels import level_lately

NEWEST = 0.3
_PARTS = 8
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Foreseen:
    """What came and what was promised, part after part; the seconds are those of one time of learning, on average."""

    yes: Booleans
    chance: Floats
    part: Rows
    seconds: float
    rows_a_second: float


@dataclass(frozen=True)
class _Part:
    """Rows to foresee, and those whose answers were known when the first of them came; the oldest first."""

    known: Rows
    unknown: Rows


def learned_anew(named: Named, cases: Cases, learn: Learn) -> Foreseen:
    """Learn before each part from what was known by then."""
    chances: list[Floats] = []
    learning = scoring = 0.0
    parts = list(_parts(named, cases))
    for part in parts:
        begun = time.process_time()
        scores = learn(cases.of(part.known), cases.yes[part.known])
        learned = time.process_time()
        chances.append(scores(cases.of(part.unknown)))
        learning, scoring = learning + learned - begun, scoring + time.process_time() - learned
    return _together(cases, parts, chances, seconds=learning / _PARTS, scoring=scoring)


def level_kept(named: Named, cases: Cases, learn: Learn) -> Foreseen:
    """Learn once, from what was known when the first part came; before each part only the level is learned anew."""
    parts = list(_parts(named, cases))
    first = parts[0].known
    begun = time.process_time()
    scores = learn(cases.of(first), cases.yes[first])
    seconds = time.process_time() - begun
    chances: list[Floats] = []
    for part in parts:
        since = part.known[~np.isin(part.known, first)]
        level = 0.0
        if len(since):
            level = level_lately(log_odds(scores(cases.of(since))), cases.yes[since], np.ones(len(since)))
        chances.append(chance_of(log_odds(scores(cases.of(part.unknown))) + level))
    return _together(cases, parts, chances, seconds=seconds, scoring=time.process_time() - begun - seconds)


def _parts(named: Named, cases: Cases) -> Iterator[_Part]:
    assert cases.order is not None
    rows = cases.order.rows
    border = len(rows) - int(NEWEST * len(rows))
    cuts = np.linspace(border, len(rows), _PARTS + 1).astype(int)
    for number in range(_PARTS):
        unknown = rows[cuts[number] : cuts[number + 1]]
        known = rows[: cuts[max(0, number - 1)]]
        if cases.days is not None:
            known = rows[cases.days[rows] + named.days_until_known <= cases.days[unknown[0]]]
        yield _Part(known, unknown)


def _together(
    cases: Cases, parts: Sequence[_Part], chances: Sequence[Floats], *, seconds: float, scoring: float
) -> Foreseen:
    rows = np.concatenate([part.unknown for part in parts])
    numbers = np.repeat(np.arange(len(parts)), [len(part.unknown) for part in parts])
    return Foreseen(cases.yes[rows], np.concatenate(chances), numbers, seconds, len(rows) / max(scoring, 1e-6))


def area_within(yes: Booleans, chance: Floats, part: Rows) -> float:
    """ROC-AUC over pairs of the same part only, as lists are ranked: of cases that are open at the same time."""
    areas, pairs = [], []
    for number in np.unique(part):
        said, promised = yes[part == number], chance[part == number]
        if 0 < said.sum() < len(said):
            areas.append(float(roc_auc_score(said, promised)))
            pairs.append(float(said.sum()) * float((~said).sum()))
    return float(np.average(areas, weights=pairs))
