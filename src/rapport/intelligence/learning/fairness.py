"""Whether groups get the chances that come true for them: by industry, country, size of the organisation, and team.

For each group of the newest cases: what was promised, what came, and how far the two can differ by chance. A group is
marked where they differ by five points or more, beyond noise after Holm's correction (Scandinavian Journal of
Statistics 6, 1979) for all groups that were looked at. Nothing of it is a feature that wasn't one before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import roc_auc_score

from rapport.core.records import RECORD_TYPES
from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.measures import Booleans

from ..features.sources import TEXT, pulled
from ..predictions.prediction import Prediction

if TYPE_CHECKING:
    from .past import Past

TEAM = "team"
_SIZES = ((10, "1-9"), (50, "10-49"), (250, "50-249"), (float("inf"), "250+"))
_TOLD = ("industry", "country")
_COUNTED = ("employees", "staff")
_FEWEST = 20
_SURE = 1.96
_LEVEL = 0.05
_WORTH_MARKING = 0.05
_MOST_GROUPS = 40
_TEAMS = """
SELECT r.id, t.name FROM {table} r JOIN identity_user u ON u.id = r.owner_id JOIN identity_team t ON t.id = u.team_id
 WHERE r.id = ANY(%s::uuid[])
"""


@dataclass(frozen=True)
class GroupFigures:
    """One group. `difference` is came less promised, `either_way` how far it can be off by chance (95 %)."""

    attribute: str
    group: str
    cases: int
    promised: float
    came: float
    difference: float
    either_way: float
    roc_auc: float | None
    p_value: float
    is_marked: bool = False


def fairness_of(
    past: "Past", rows: Any, yes: Booleans, chance: Floats, teams: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The groups of some past cases, the largest of each attribute first; `chance` was promised for these rows."""
    found = []
    for attribute, texts in _attributes(past, teams):
        told = np.array([texts[row] for row in rows.tolist()], dtype=object)
        for group in sorted({text for text in told.tolist() if text}):
            inside = told == group
            if inside.sum() >= _FEWEST:
                found.append(_figures(attribute, group, yes[inside], chance[inside]))
    found = sorted(found, key=lambda one: -one.cases)[:_MOST_GROUPS]
    return [asdict(one) for one in sorted(_marked(found), key=lambda one: one.attribute)]


def teams_of(prediction: Prediction, record_ids: Sequence[str]) -> dict[str, str]:
    """The team of each record's owner today, for looking only: it is no feature. None for types without owners."""
    model = RECORD_TYPES[prediction.record_type]
    if not any(field.name == "owner" for field in model._meta.fields):
        return {}
    sql = _TEAMS.format(table=model._meta.db_table)
    found = pulled(sql, {"record_id": TEXT, "team": TEXT}, [list(record_ids)])
    return dict(zip(found["record_id"].to_pylist(), found["team"].to_pylist(), strict=True))


def _attributes(past: "Past", teams: Mapping[str, str]) -> Iterator[tuple[str, Sequence[str | None]]]:
    for column in past.columns:
        if column.name in _TOLD:
            yield column.name, [None if text is None else str(text) for text in column.texts]
        elif column.name in _COUNTED:
            yield "size", _sizes(column)
    if teams:
        yield TEAM, [teams.get(key) for key in past.record_ids]


def _sizes(column: Column) -> list[str | None]:
    numbers = np.full(len(column.texts), np.nan) if column.numbers is None else column.numbers
    return [None if np.isnan(one) else next(name for most, name in _SIZES if one < most) for one in numbers]


def _figures(attribute: str, group: str, yes: Booleans, chance: Floats) -> GroupFigures:
    promised, came = float(chance.mean()), float(yes.mean())
    error = sqrt(float((chance * (1 - chance)).sum())) / len(yes)
    off = abs(came - promised) / error if error else 0.0
    area = round(float(roc_auc_score(yes, chance)), 4) if 0 < yes.sum() < len(yes) else None
    return GroupFigures(
        attribute,
        group,
        len(yes),
        round(promised, 4),
        round(came, 4),
        round(came - promised, 4),
        round(_SURE * error, 4),
        area,
        erfc(off / sqrt(2)),
    )


def _marked(found: Sequence[GroupFigures]) -> list[GroupFigures]:
    """Holm: the smallest p-value against the level over all groups, the next over all but one, until one fails."""
    marked, still = [], True
    for number, one in enumerate(sorted(found, key=lambda one: one.p_value)):
        still = still and one.p_value <= _LEVEL / (len(found) - number)
        is_marked = still and abs(one.difference) >= _WORTH_MARKING
        marked.append(replace(one, is_marked=is_marked))
    return marked
