"""Which kind of business will a lead bring if it comes to one, and how large?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import TOO_FEW
from ..features.contacts import contacts_of
from ..features.feature import by_name
from ..features.leads import LEAD
from ..features.sources import NUMBER, TEXT
from .outcomes import BUSINESS
from .outlook import Kept, Learnt, Outlook, Told

if TYPE_CHECKING:
    from rapport.intelligence.tabular import Column

    from .quantities import LearntQuantity

GROUPS = (LEAD, contacts_of("lead"))
FEATURES = by_name(GROUPS)
_LIKELY = 0.5
_CONVERTED = """
SELECT l.id, l.received_on - DATE '1970-01-01', greatest(l.converted_on, l.received_on) - DATE '1970-01-01',
       o.amount * CASE WHEN k.is_base OR k.code IS NULL THEN 1 ELSE k.rate END, coalesce(p.family, '')
  FROM leads_lead l JOIN pipeline_opportunity o ON o.id = l.opportunity_id
  LEFT JOIN catalog_product p ON p.id = o.product_id
  LEFT JOIN catalog_currency k ON k.code = o.currency
 WHERE l.status = 'converted' AND o.amount > 0 AND l.converted_on IS NOT NULL
 ORDER BY l.received_on, l.id
"""
_OPEN = """
SELECT id, NULL, received_on - DATE '1970-01-01' FROM leads_lead
 WHERE status IN ('new', 'working', 'qualified', 'parked') {among}
"""


def _learn(_as_of: datetime) -> Learnt:
    import numpy as np

    from ..features.sources import pulled
    from .kinds import learn_kinds
    from .quantities import learn_quantity

    found = pulled(_CONVERTED, {"id": TEXT, "began": NUMBER, "known": NUMBER, "amount": NUMBER, "kind": TEXT})
    if not found.num_rows:
        return Learnt(0, problem=TOO_FEW)
    began, known, amounts = (np.asarray(found[name].to_numpy(zero_copy_only=False), float) for name in _NUMBERS)
    columns = _columns_at(found["id"].to_pylist(), began)
    size = learn_quantity(columns, amounts, known, began + 1)
    kind = learn_kinds(columns, [one or "" for one in found["kind"].to_pylist()], known, began + 1)
    return _both(found.num_rows, size, kind)


_NUMBERS = ("began", "known", "amount")


def _both(cases: int, size: "LearntQuantity", kind: "LearntQuantity") -> Learnt:
    """Each part stands alone: one that is no better than its baseline is left out."""
    parts = {"size": size, "kind": kind}
    kept = {name: dict(part.kept) for name, part in parts.items() if not part.problem}
    left_out = {name: part.problem for name, part in parts.items() if part.problem}
    figures = {f"{name} {key}": value for name, part in parts.items() for key, value in part.figures.items()}
    compared = [{"part": name, **dict(one)} for name, part in parts.items() for one in part.compared]
    algorithm = ", ".join(part.algorithm for part in parts.values() if not part.problem)
    told = {**kept, "left_out": left_out} if kept else {}
    return Learnt(cases, 0, "" if kept else size.problem, algorithm, figures, compared, told)


def _columns_at(ids: Sequence[str], began: Any) -> "list[Column]":
    """What was known of each lead on the day after it came."""
    import pyarrow as pa

    from ..features.computing import pull, run
    from ..learning.tables import columns_from
    from ..predictions.cases import cases_table

    nobody = pa.nulls(len(ids), pa.string())
    cases = cases_table(ids, nobody, began + 1, began)
    return columns_from(run(_sql(), pull(GROUPS, cases), GROUPS), FEATURES.values())


def _tell(kept: Kept | None, ids: Sequence[str] | None, as_of: datetime) -> Iterable[Told]:
    from ..features.computing import pull, run
    from ..learning.learning import days_of
    from ..learning.tables import columns_from, rows_of
    from ..predictions.cases import present_cases

    cases = present_cases(_OPEN, days_of(as_of), ids)
    names = cases["record_id"].to_pylist()
    if kept is None or not names:
        return [Told(name) for name in names]
    table = run(_sql(), pull(GROUPS, cases, is_now=True), GROUPS)
    columns = columns_from(table, FEATURES.values())
    return _told(kept, names, columns, rows_of(table))


def _told(kept: Kept, names: Sequence[str], columns: "list[Column]", values: Sequence[Sequence[Any]]) -> Iterable[Told]:
    from .kinds import shares
    from .quantities import Misses, factors, foreseen

    size = kept.get("size")
    sizes, misses = (foreseen(size, columns), Misses(size)) if size else (None, None)
    moved = factors(size, columns) if size else []
    chances = shares(kept["kind"], columns) if "kind" in kept else None
    for place, name in enumerate(names):
        detail: dict[str, Any] = {"left_out": kept["left_out"]} if kept.get("left_out") else {}
        shown: dict[str, Any] = {}
        middle = low = high = None
        if chances is not None:
            detail["kinds"] = _kinds(kept["kind"]["kinds"], chances[place])
            shown["expected_kind"] = _likely(detail["kinds"])
        if sizes is not None and misses is not None:
            low, middle, high = (round(misses.amount_at(sizes[place], share), 2) for share in (0.1, 0.5, 0.9))
            detail["factors"] = _factors(values[place], moved[place])
            shown["expected_size"] = middle
        yield Told(name, middle, low, high, detail=detail, inputs=values[place], shown=shown)


def _kinds(names: Sequence[str], chances: Any) -> list[list[Any]]:
    pairs = zip(names, chances.tolist(), strict=True)
    return [[name, round(chance, 4)] for name, chance in sorted(pairs, key=lambda pair: -pair[1])]


def _likely(kinds: Sequence[Sequence[Any]]) -> str:
    """The likeliest kind, where it is likelier than all others together."""
    name, chance = kinds[0]
    return str(name) if chance > _LIKELY else ""


def _factors(values: Sequence[Any], found: Sequence[tuple[str, float]]) -> list[list[Any]]:
    told = dict(zip(FEATURES, values, strict=True))
    return [[name, told[name], round(times, 3)] for name, times in found if abs(times - 1) >= 0.05][:4]


@cache
def _sql() -> str:
    from ..features.computing import sql_of

    return sql_of(GROUPS)


OUTLOOK = Outlook(
    "lead_business",
    "lead",
    label=_("Expected business"),
    question=_("If this lead comes to business, of which kind will it be, and how large?"),
    horizon=_("the opportunity that the lead becomes"),
    population=_("Leads that are not converted or discarded; learned from converted ones as they were when they came."),
    minimum=_("120 converted leads whose opportunity has an amount; for kinds, two product families 15 times each."),
    baseline=_("the usual size of such opportunities, and the usual share of each kind"),
    use=_("Giving a lead to the right colleague, and the large ones an answer first."),
    misuse=_("Leaving small ones unanswered. It tells of those that come to business, not whether this one will."),
    rests_on=frozenset(
        {"opportunity.amount", "opportunity.product", "lead.received_on"}
        | {field for feature in FEATURES.values() for field in feature.rests_on}
    ),
    learn=_learn,
    tell=_tell,
    columns={"expected_kind": "text", "expected_size": "numeric"},
    judged=BUSINESS,
)
