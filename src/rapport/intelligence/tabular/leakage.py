"""Columns that seem to be filled after the answer was known, and would make any estimator look too good.

Four signs, none of which knows a table: a column tells the answer by itself; it is filled where the answer is yes; it
towers above all others; or its name speaks of the end of a case and it tells something of the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from .columns import Column, ColumnKind, Floats
from .measures import Booleans

_ALONE = 0.97
_FILLED = 0.93
_TOWERS = 0.9
_TELLS = 0.6
_JUDGED_TELLS = 0.54
_OFTEN_EMPTY = 0.2
_FEWEST = 20
_FOLDS = 5
_BINS = 50

_OF_THE_END = re.compile(
    r"\b(clos(e|ed|ing)|won|lost|loss|outcome|resolution|resolved|modified|updated|converted|cancell?ed|terminated|"
    r"churned|exit|deactivated|stage changed?|at stage|in stage|days until|"
    r"last (notable |known )?(activity|contact|touch|status|change|event|action|stage|update)|"
    r"(reason|date|day|time) (of |for |to )?(close|loss|lost|win|churn|end|exit|leaving|cancellation|conversion)|"
    r"(loss|win|churn|end|exit|cancellation|conversion) (reason|date|day|time)|"
    r"ferme|perdu|gagne|modifie|fechad[oa]|perdid[oa]|ganh[oa]|modificad[oa])\b"
)
_JUDGED = re.compile(r"\b(tags?|quality|profile|score|scoring|index|rating|grade|disposition|verdict|status)\b")


@dataclass(frozen=True)
class Suspicion:
    """A column that seems to know the answer: its ROC-AUC on its own, and why it is suspected."""

    column: str
    alone: float
    reason: str


def suspected_leakage(
    columns: Sequence[Column], yes: Booleans, *, seed: int = 1, keep: Sequence[str] = ()
) -> tuple[Suspicion, ...]:
    """The columns that had better be left out; those in `keep` are trusted. Says nothing on fewer than 20 answers."""
    if min(yes.sum(), (~yes).sum()) < _FEWEST:
        return ()
    looked_at = [column for column in columns if column.kind is not ColumnKind.CONSTANT]
    alone = {column.name: auc_alone(column, yes, seed=seed) for column in looked_at}
    found = (_suspicion(column, yes, alone) for column in looked_at if column.name not in keep)
    return tuple(suspicion for suspicion in found if suspicion)


def _suspicion(column: Column, yes: Booleans, alone: dict[str, float]) -> Suspicion | None:
    tells = alone[column.name]
    words = words_of(column.name)
    reason = ""
    if tells >= _ALONE:
        reason = "tells the answer by itself"
    elif _filled(column, yes) >= _FILLED:
        reason = "is filled almost only where the answer is the same"
    elif tells >= _TOWERS and _towers(column.name, alone):
        reason = "tells far more than any other column"
    elif tells >= _TELLS and _OF_THE_END.search(words):
        reason = "its name speaks of how a case went on or ended"
    elif tells >= _JUDGED_TELLS and _JUDGED.search(words) and column.missing.mean() >= _OFTEN_EMPTY:
        reason = "is a judgement that was given to some cases only, perhaps later"
    return Suspicion(column.name, round(tells, 4), reason) if reason else None


def words_of(name: str) -> str:
    """A column's name as words: `Stage_Change_Date__c` and `LastModifiedDate` alike."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[\W_]+|(?<=[a-z])(?=\d)", " ", parted).strip().lower()


def _filled(column: Column, yes: Booleans) -> float:
    missing = column.missing
    if not missing.any() or missing.all():
        return 0.5
    area = float(roc_auc_score(yes, missing))
    return max(area, 1 - area)


def _towers(name: str, alone: dict[str, float]) -> bool:
    others = max((area for other, area in alone.items() if other != name), default=0.5)
    return 1 - alone[name] <= (1 - others) / 2


def auc_alone(column: Column, yes: Booleans, *, seed: int = 1) -> float:
    """ROC-AUC of a column on its own: of how often the other folds' rows with the same value, or in the same fiftieth
    of the numbers, said yes."""
    values = _steps(column)
    width = int(values.max()) + 1
    fold = np.random.default_rng(seed).permutation(len(yes)) % _FOLDS
    rate = np.empty(len(yes))
    for number in range(_FOLDS):
        others = fold != number
        rows = np.bincount(values[others], minlength=width)
        positives = np.bincount(values[others], weights=yes[others].astype(np.float64), minlength=width)
        rate[~others] = ((positives + yes.mean()) / (rows + 1))[values[~others]]
    return float(roc_auc_score(yes, rate))


def _steps(column: Column) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    if column.numbers is None:
        texts = np.array(["" if text is None else str(text) for text in column.texts])
        return np.unique(texts, return_inverse=True)[1]
    numbers: Floats = column.numbers
    borders = np.unique(np.nanquantile(numbers, np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.where(np.isnan(numbers), len(borders) + 1, np.searchsorted(borders, np.nan_to_num(numbers)))
