"""Columns that seem to be filled after the answer was known, and would make any estimator look too good.

Six signs, none of which knows a table: a column tells the answer by itself, or towers above all others; it is filled
where the answer is the same; one of its values occurs with one answer only; it was worked out from answers; or its name
speaks of the end of a case, or is numbered like one that does, and it tells something of the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .columns import Column, ColumnKind, Floats
from .encoded import made_of_answers
from .measures import Booleans

_ALONE = 0.97
_SURELY = 0.99
_FILLED = 0.85
_TOWERS = 0.9
_TOWERS_OF_MEASURES = 0.97
"""A number of many values may well tell as much honestly; a category or a day hardly does."""
_MOST_TOWERS = 0.2
_PURE = 0.985
_FEWEST_PURE, _FEWEST_PURE_OF_RARE = 50, 20
_RARE = 0.1
"""Where so few have an answer, fewer rows that all have it are no chance."""
_USUAL = 0.6
_SHARE_OF_FEW_VALUES = 0.25
_SHARE_OF_MANY_VALUES = 0.6
_FEW_VALUES = 12
_TELLS = 0.6
_JUDGED_TELLS = 0.54
_OFTEN_EMPTY = 0.2
_FEWEST = 20
_FOLDS = 5
_BINS = 50
_MOST_ROWS = 50_000

Places = NDArray[np.intp]

_OF_THE_END = re.compile(
    r"\b(clos(e|ed|ing)|won|lost|loss|outcome|resolution|resolved|modified|updated|converted|cancell?ed|terminated|"
    r"churned|exit|deactivated|stage changed?|at stage|in stage|days until|"
    r"(currency|exchange) rate|"
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
    if len(yes) > _MOST_ROWS:
        some = np.sort(np.random.default_rng(seed).permutation(len(yes))[:_MOST_ROWS])
        columns, yes = [column.rows(some) for column in columns], yes[some]
    if min(yes.sum(), (~yes).sum()) < _FEWEST:
        return ()
    looked_at = [column for column in columns if column.kind is not ColumnKind.CONSTANT]
    steps = {column.name: _steps(column) for column in looked_at}
    fold = np.random.default_rng(seed).permutation(len(yes)) % _FOLDS
    alone = {name: _alone(values, yes, fold) for name, values in steps.items()}
    signs = {one.name: _reason(one, steps[one.name], yes, tells=alone[one.name]) for one in looked_at}
    signs |= dict.fromkeys(made_of_answers(looked_at, yes), "was worked out from the answers of the rows")
    ranked = [
        one for one in looked_at if not signs[one.name] or (alone[one.name] >= _SURELY and _filled(one, yes) < _FILLED)
    ]
    for name in _towers(alone, ranked):
        signs[name] = "tells the answer by itself" if alone[name] >= _ALONE else "tells far more than any other column"
    found = {name: reason for name, reason in signs.items() if reason and name not in keep}
    for column in looked_at:
        if column.name not in keep and column.name not in found and _numbered_alike(column.name, found):
            found[column.name] = "is numbered like another one that is suspected"
    return tuple(
        Suspicion(column.name, round(alone[column.name], 4), found[column.name])
        for column in looked_at
        if column.name in found
    )


def _reason(column: Column, values: Places, yes: Booleans, *, tells: float) -> str:
    """Why a column is suspected by what it holds or how it is called; nothing where it is not."""
    if tells >= _SURELY:
        return "tells the answer by itself"
    if _filled(column, yes) >= _FILLED or _is_filled_for_one_answer(column, yes):
        return "is filled almost only where the answer is the same"
    if _has_value_of_one_answer(values, yes):
        return "one of its values occurs almost only where the answer is the same"
    return _reason_of_name(column, tells)


def _reason_of_name(column: Column, tells: float) -> str:
    words = words_of(column.name)
    if tells >= _TELLS and _OF_THE_END.search(words):
        return "its name speaks of how a case went on or ended"
    if tells >= _JUDGED_TELLS and _JUDGED.search(words) and column.missing.mean() >= _OFTEN_EMPTY:
        return "is a judgement that was given to some cases only, perhaps later"
    return ""


def _numbered_alike(name: str, found: dict[str, str]) -> bool:
    """`Duration_at_Stage2` belongs to `Duration_at_Stage1`, whose name spoke of the end."""
    plain = re.sub(r"\d+", "", name)
    return plain != name and any(
        re.sub(r"\d+", "", other) == plain and _OF_THE_END.search(words_of(other)) for other in found
    )


def words_of(name: str) -> str:
    """A column's name as words: `Stage_Change_Date__c` and `LastModifiedDate` alike."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[\W_]+|(?<=[a-z])(?=\d)", " ", parted).strip().lower()


def _filled(column: Column, yes: Booleans) -> float:
    """ROC-AUC of whether anything is given, either way round."""
    missing = column.missing
    return 0.5 + abs(float(missing[yes].mean() - missing[~yes].mean())) / 2


def _towers(alone: dict[str, float], columns: Sequence[Column]) -> frozenset[str]:
    """The few columns that leave at most half of what the next one leaves untold: where there are many, none."""
    least = {column.name: _TOWERS_OF_MEASURES if _is_measure(column) else _TOWERS for column in columns}
    names = sorted(least, key=lambda name: -alone[name])
    areas = [*(alone[name] for name in names), 0.5]
    most = max(2, int(_MOST_TOWERS * len(names)))
    cuts = [
        place
        for place in range(1, min(most, len(names)) + 1)
        if areas[place - 1] >= least[names[place - 1]] and 1 - areas[place - 1] <= (1 - areas[place]) / 2
    ]
    return frozenset(names[: max(cuts, default=0)])


def _is_measure(column: Column) -> bool:
    if column.numbers is None or column.kind is ColumnKind.DATE:
        return False
    return len(np.unique(column.numbers[~np.isnan(column.numbers)])) > _FEW_VALUES


def _is_filled_for_one_answer(column: Column, yes: Booleans) -> bool:
    """Whether much of the rarer answer, and hardly another case, has any value, or none."""
    filled = ~column.missing
    return any(_holds_only(some, side, _SHARE_OF_FEW_VALUES) for side in _not_usual(yes) for some in (filled, ~filled))


def _has_value_of_one_answer(values: Places, yes: Booleans) -> bool:
    """Whether much of the rarer answer, and hardly another case, has the same value."""
    few = np.count_nonzero(np.bincount(values)) <= _FEW_VALUES
    share = _SHARE_OF_FEW_VALUES if few else _SHARE_OF_MANY_VALUES
    return any(_holds_only(values == np.bincount(values[side]).argmax(), side, share) for side in _not_usual(yes))


def _not_usual(yes: Booleans) -> list[Booleans]:
    return [side for side in (yes, ~yes) if side.mean() <= _USUAL]


def _holds_only(some: Booleans, side: Booleans, share: float) -> bool:
    rows, of_side = int(some.sum()), int((some & side).sum())
    fewest = _FEWEST_PURE_OF_RARE if side.mean() <= _RARE else _FEWEST_PURE
    return rows >= fewest and of_side >= _PURE * rows and of_side >= share * side.sum()


def _alone(values: Places, yes: Booleans, fold: Places) -> float:
    """ROC-AUC of a column on its own: of how often the other folds' rows with the same value, or in the same fiftieth
    of the numbers, said yes."""
    width = int(values.max()) + 1
    cells = fold * width + values
    rows = np.bincount(cells, minlength=_FOLDS * width).reshape(_FOLDS, width)
    said = np.bincount(cells[yes], minlength=_FOLDS * width).reshape(_FOLDS, width)
    rate = (said.sum(axis=0) - said + yes.mean()) / (rows.sum(axis=0) - rows + 1)
    some = rows > 0
    return _area(rate[some], said[some], (rows - said)[some])


def _area(rate: Floats, said: Places, rest: Places) -> float:
    """ROC-AUC where so many with yes, and so many others, were told each rate."""
    _rates, place = np.unique(rate, return_inverse=True)
    positives, negatives = np.bincount(place, weights=said), np.bincount(place, weights=rest)
    below = np.cumsum(negatives) - negatives / 2
    return float((positives * below).sum() / (positives.sum() * negatives.sum()))


def _steps(column: Column) -> Places:
    if column.numbers is None:
        return column.coded.places
    numbers: Floats = column.numbers
    given = np.sort(numbers[~np.isnan(numbers)])
    if not len(given):
        return np.zeros(len(numbers), dtype=np.intp)
    borders = np.unique(np.quantile(given, np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.where(np.isnan(numbers), len(borders) + 1, np.searchsorted(borders, np.nan_to_num(numbers)))
