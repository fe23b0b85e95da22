"""Asking the rules of some records of one type, and settling what they find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from rapport.core.attributes import COLUMN, spread
from rapport.core.records import RECORD_TYPES, Record

from ..ruling import Asked, Found, Judged, Rule
from ..ruling.registry import of_type
from .settling import Settled, settle

FoundOf = dict[tuple[UUID, str, str], Found]


def assess(record_type: str, ids: Sequence[UUID], rules: Mapping[str, Rule]) -> Settled:
    """Ask all rules of these records, and bring their findings up to date; records that are gone lose theirs."""
    asked = of_type(record_type, rules)
    model = RECORD_TYPES[record_type]
    rows = model._base_manager.filter(pk__among=list(ids))
    return settle(model, list(ids), _found(rows, asked), rules=asked)


def _found(rows: "QuerySet[Record]", rules: Mapping[str, Rule]) -> FoundOf:
    found: FoundOf = {}
    for key, rule in rules.items():
        if isinstance(rule, Asked):
            found |= {(record_id, key, one.field): one for record_id, one in found_by_asking(rule, rows)}
    judging = {key: rule for key, rule in rules.items() if isinstance(rule, Judged)}
    for record_id, key, one in found_by_judging(rows, judging):
        found[record_id, key, one.field] = one
    return found


def found_by_asking(rule: Asked, rows: "QuerySet[Record]") -> Iterator[tuple[UUID, Found]]:
    """The records among the rows that meet the rule's condition."""
    matching: Any = rows.filter(rule.where()).order_by()
    if rule.fix is None:
        yield from ((key, Found(rule.field)) for key in matching.values_list("pk", flat=True))
        return
    for record in matching:
        proposal = rule.fix(record.__dict__)
        yield record.pk, Found(rule.field, proposal, rule.confidence if proposal is not None else None)


def found_by_judging(rows: "QuerySet[Record]", rules: Mapping[str, Judged]) -> Iterator[tuple[UUID, str, Found]]:
    """What each rule says of each row; the rows are read once for all of them."""
    record_type = rows.model.record_type
    judges = {key: rule.prepared(record_type) for key, rule in rules.items()}
    if not judges:
        return
    for row in rows.order_by().values(*_columns_read(rows.model, rules.values())):
        values = spread(row)
        for key, judge in judges.items():
            for one in judge(values):
                yield values["id"], key, one


def _columns_read(model: type[Record], rules: Iterable[Judged]) -> list[str]:
    """The columns that the rules read, so that long texts stay where they are; none where that is not known."""
    read: set[str] = {"id", COLUMN}
    for rule in rules:
        columns = rule.columns(model.record_type)
        if columns is None:
            return []
        read |= columns
    return sorted(field.attname for field in model._meta.concrete_fields if field.attname in read)
