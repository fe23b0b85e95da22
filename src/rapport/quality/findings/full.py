"""The full run: every rule asked of every record, bit by bit, then everything counted.

After each part the run keeps how far it came. One that was cut short (a restart, a stopped worker) is taken up where it
stood, unless that is days ago: by then its first records were judged by what held at the time.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from rapport.core.clock import now
from rapport.core.records import RECORD_TYPES, Record

from ..models import Finding, FindingState, FullRun
from ..ruling import Rule
from ..ruling.registry import all_rules, of_type
from .assessing import assess
from .counting import count_populations, keep_month
from .tallies import recount

RECORDS_AT_ONCE = 10_000
TAKEN_UP_FOR = timedelta(days=3)


def run_in_full() -> FullRun:
    """Look at all records, or at those that an unfinished run left."""
    rules = all_rules()
    types = [record_type for record_type in RECORD_TYPES if of_type(record_type, rules)]
    run = _unfinished(types) or _begun(types)
    for record_type in types[types.index(run.record_type) if run.record_type else 0 :]:
        _judge_type(run, record_type, rules)
    with transaction.atomic():
        _forget_what_is_gone(types, rules)
        recount()
        count_populations(types)
        keep_month()
    run.found, run.ended_at = Finding.objects.filter(state=FindingState.OPEN).count(), now()
    run.save()
    return run


def _unfinished(types: Sequence[str]) -> FullRun | None:
    """The last run, if it was cut short not long ago."""
    last = FullRun.objects.order_by("-id").first()
    is_left = last is not None and last.ended_at is None and last.record_type in types
    return last if last and is_left and last.started_at > now() - TAKEN_UP_FOR else None


def _begun(types: Sequence[str]) -> FullRun:
    return FullRun.objects.create(started_at=now(), total=sum(_count(RECORD_TYPES[name]) for name in types))


def _count(model: type[Record]) -> int:
    return model._base_manager.count()


def _judge_type(run: FullRun, record_type: str, rules: Mapping[str, Rule]) -> None:
    for ids in _parts(RECORD_TYPES[record_type], after=run.last_id if run.record_type == record_type else None):
        with transaction.atomic():
            assess(record_type, ids, rules)
            run.done += len(ids)
            run.record_type, run.last_id = record_type, ids[-1]
            run.save(update_fields=["done", "record_type", "last_id"])


def _parts(model: type[Record], *, after: UUID | None = None) -> Iterator[list[UUID]]:
    """The ids of all records, or of those after one, in order, some at a time."""
    last = after
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
        there = RECORD_TYPES[record_type]._base_manager.filter(pk=OuterRef("record_id"))
        Finding.objects.filter(~Exists(there), record_type=record_type).delete()
