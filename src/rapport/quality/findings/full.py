"""The full run: every rule asked of every record, bit by bit, then everything counted."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction

from rapport.core.clock import now
from rapport.core.records import RECORD_TYPES, Record

from ..models import Finding, FindingState, FullRun
from ..ruling import Rule
from ..ruling.registry import all_rules, of_type
from .assessing import assess
from .counting import count_populations, keep_month
from .tallies import recount

RECORDS_AT_ONCE = 10_000


def run_in_full() -> FullRun:
    """Look at all records; progress is kept with each part."""
    rules = all_rules()
    types = [record_type for record_type in RECORD_TYPES if of_type(record_type, rules)]
    run = FullRun.objects.create(started_at=now(), total=sum(_count(RECORD_TYPES[name]) for name in types))
    for record_type in types:
        _judge_type(run, record_type, rules)
    with transaction.atomic():
        _forget_what_is_gone(types, rules)
        recount()
        count_populations(types)
        keep_month()
    run.found, run.ended_at = Finding.objects.filter(state=FindingState.OPEN).count(), now()
    run.save()
    return run


def _count(model: type[Record]) -> int:
    return model._base_manager.count()


def _judge_type(run: FullRun, record_type: str, rules: Mapping[str, Rule]) -> None:
    for ids in _parts(RECORD_TYPES[record_type]):
        with transaction.atomic():
            assess(record_type, ids, rules)
            run.done += len(ids)
            run.save(update_fields=["done"])


def _parts(model: type[Record]) -> Iterator[list[UUID]]:
    """The ids of all records, in order, some at a time."""
    last: UUID | None = None
    while True:
        rows = model._base_manager.order_by("pk")
        rows = rows.filter(pk__gt=last) if last else rows
        ids = list(rows.values_list("pk", flat=True)[:RECORDS_AT_ONCE])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _forget_what_is_gone(types: list[str], rules: Mapping[str, Rule]) -> None:
    """Findings of rules and of records that don't exist any more."""
    Finding.objects.exclude(rule__in=list(rules)).delete()
    Finding.objects.exclude(record_type__in=types).delete()
    for record_type in types:
        there = RECORD_TYPES[record_type]._base_manager.values("pk")
        Finding.objects.filter(record_type=record_type).exclude(record_id__in=there).delete()
