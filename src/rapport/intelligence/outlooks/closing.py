"""When will an open opportunity be decided, and will it be by the day that is expected?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import TOO_FEW
from ..features.contacts import contacts_of
from ..features.feature import by_name
from ..features.opportunities import COURSE, DEAL
from ..features.organisations import PAST_DEALS, organisation_of
from ..features.sources import NUMBER, TEXT
from .outcomes import DECISION
from .outlook import Kept, Learnt, Outlook, Told

if TYPE_CHECKING:
    import pyarrow as pa

    from rapport.intelligence.tabular import Column

    from .quantities import Misses

GROUPS = (DEAL, COURSE, contacts_of("opportunity"), PAST_DEALS, organisation_of("organisation_id"))
FEATURES = by_name(GROUPS)
_AGES = (0, 14, 30, 60, 90)
_LOOKED_BACK = 180
_EPOCH = date(1970, 1, 1)
_LIVED = """
SELECT id, organisation_id, opened_on - DATE '1970-01-01', closed_on - DATE '1970-01-01', status = 'won'
  FROM pipeline_opportunity
 WHERE status IN ('won', 'lost') AND closed_on IS NOT NULL OR status IN ('open', 'parked')
"""
_OPEN = """
SELECT id, organisation_id, opened_on - DATE '1970-01-01' FROM pipeline_opportunity WHERE status = 'open' {among}
"""
_EXPECTED = """
SELECT id, expected_close - DATE '1970-01-01' FROM pipeline_opportunity WHERE status = 'open' {among}
"""


def _learn(as_of: datetime) -> Learnt:
    import numpy as np

    from ..features.computing import pull, run
    from ..learning.learning import days_of
    from ..learning.tables import columns_from
    from .quantities import learn_quantity

    now = days_of(as_of)
    cases, left = _past(now)
    if cases.num_rows == 0:
        return Learnt(0, problem=TOO_FEW)
    table = run(_sql(), pull(GROUPS, cases), GROUPS)
    moments = np.asarray(cases["as_of"], dtype=np.float64)
    decided = left < now - moments
    found = learn_quantity(columns_from(table, FEATURES.values()), left, moments + left, moments, settled=decided)
    return Learnt(cases.num_rows, int(decided.sum()), **vars(found))


def _past(now: float) -> "tuple[pa.Table, Any]":
    """Cases of half a year ago or earlier, the oldest first, and how many days were left; so far, where undecided."""
    import numpy as np

    from ..features.sources import pulled
    from ..predictions.cases import LIVES, Ages, cases_table

    lives = pulled(_LIVED, LIVES)
    began, ended = (np.asarray(lives[name].to_numpy(zero_copy_only=False), dtype=float) for name in ("began", "ended"))
    ended = np.minimum(np.nan_to_num(ended, nan=now), now)
    moments = began + 1 + Ages(_AGES).drawn(lives["record_id"].to_pylist())
    rows = np.flatnonzero((ended > moments) & (moments <= now - _LOOKED_BACK))
    rows = rows[np.argsort(moments[rows], kind="stable")]
    chosen = lives.take(rows)
    cases = cases_table(chosen["record_id"], chosen["organisation_id"], moments[rows], began[rows])
    return cases, ended[rows] - moments[rows]


def _tell(kept: Kept | None, ids: Sequence[str] | None, as_of: datetime) -> Iterable[Told]:
    from ..features.computing import pull, run
    from ..learning.learning import days_of
    from ..learning.tables import columns_from, rows_of
    from ..predictions.cases import present_cases
    from .quantities import Misses, factors

    cases = present_cases(_OPEN, days_of(as_of), ids)
    names = cases["record_id"].to_pylist()
    if kept is None or not names:
        return [Told(name) for name in names]
    table = run(_sql(), pull(GROUPS, cases, is_now=True), GROUPS)
    expected = _expected_close(ids)
    columns, misses = columns_from(table, FEATURES.values()), Misses(kept)
    rows = zip(names, rows_of(table), worked_out(kept, columns), factors(kept, columns), strict=True)
    return [_told(misses, name, values, (days, found), expected.get(name)) for name, values, days, found in rows]


def worked_out(kept: Kept, columns: "Sequence[Column]") -> list[float]:
    """The logarithm of the days that are left, of each row."""
    from .quantities import foreseen

    return [float(one) for one in foreseen(kept, columns)]


def _told(
    misses: "Misses",
    name: str,
    values: Sequence[Any],
    worked_out: tuple[float, Sequence[tuple[str, float]]],
    expected: float | None,
) -> Told:
    """`worked_out`: the logarithm of the days that are left, and what lengthens or shortens them."""
    from rapport.core.clock import today

    days, found = worked_out
    low, middle, high = (max(0.0, round(misses.amount_at(days, share), 1)) for share in (0.1, 0.5, 0.9))
    shown: dict[str, Any] = {"foreseen_close": (today() + timedelta(days=round(middle))).isoformat()}
    detail: dict[str, Any] = {"factors": _factors(values, found)}
    if expected is not None:
        left = (_EPOCH + timedelta(days=expected) - today()).days
        slips = 1.0 if left < 0 else misses.share_above(days, float(left) + 1)
        detail |= {"expected": int(expected), "slips": round(slips, 4)}
        shown["chance_to_slip"] = round(100 * slips)
    return Told(name, middle, low, high, detail=detail, inputs=[*values, expected], shown=shown)


def _factors(values: Sequence[Any], found: Sequence[tuple[str, float]]) -> list[list[Any]]:
    """What lengthens or shortens it most: feature, its value, and how many times."""
    told = dict(zip(FEATURES, values, strict=True))
    return [[name, told[name], round(times, 3)] for name, times in found if abs(times - 1) >= 0.05][:4]


def _expected_close(ids: Sequence[str] | None) -> dict[str, float]:
    from ..features.sources import pulled

    sql = _EXPECTED.format(among="" if ids is None else "AND id = ANY(%s::uuid[])")
    found = pulled(sql, {"id": TEXT, "day": NUMBER}, None if ids is None else [list(ids)])
    pairs = zip(found["id"].to_pylist(), found["day"].to_pylist(), strict=True)
    return {name: day for name, day in pairs if day is not None}


@cache
def _sql() -> str:
    from ..features.computing import sql_of

    return sql_of(GROUPS)


OUTLOOK = Outlook(
    "closing",
    "opportunity",
    label=_("Day of decision"),
    question=_("When will this opportunity be decided, won or lost, and will it be later than expected?"),
    horizon=_("until it is won or lost"),
    population=_(
        "Open opportunities; learned from all that were open half a year ago or earlier, at an age drawn for each."
    ),
    minimum=_("120 opportunities that were open half a year ago or earlier."),
    baseline=_("the usual time that past opportunities still took"),
    use=_("Setting a close date that holds, and asking early about one that won't."),
    misuse=_("Hurrying a customer because of it. It describes how long others took; it promises nothing of this one."),
    rests_on=frozenset(
        {"opportunity.expected_close", *(field for feature in FEATURES.values() for field in feature.rests_on)}
    ),
    learn=_learn,
    tell=_tell,
    columns={"foreseen_close": "date", "chance_to_slip": "int"},
    judged=DECISION,
)
