"""Keeping up with events: which records a new event touches, and which others hang on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from rapport.core.events import Change, Event, Operation
from rapport.core.jobs import ask_once
from rapport.core.records import RECORD_TYPES

from ..conflicts import forget, notice
from ..models import Recheck
from ..ruling import Asked, Rule
from ..ruling.registry import all_rules, of_type
from .assessing import assess

EVENTS_AT_ONCE = 200
RECORDS_AT_ONCE = 5_000


def note(event: Event) -> None:
    """Remember that the records of an event are to be judged again; called within its transaction."""
    Recheck.objects.create(event_id=event.pk)
    ask_to_keep_up()


def ask_to_keep_up() -> None:
    """Have the events that wait looked at."""
    from ..jobs import keep_up  # it imports this module

    ask_once(keep_up)


def catch_up_once() -> bool:
    """Judge the records of the next events; tells whether there were any. One at a time: others wait for the next."""
    with transaction.atomic():
        waiting = Recheck.objects.select_for_update(skip_locked=True).order_by("id")[:EVENTS_AT_ONCE]
        rows = list(waiting)
        if not rows:
            return False
        rules = all_rules()
        for record_type, ids in _touched([row.event_id for row in rows], rules).items():
            for chunk in _chunks(sorted(ids)):
                assess(record_type, chunk, rules)
        notice([row.event_id for row in rows])
        Recheck.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return True


def _chunks(ids: list[UUID]) -> Iterable[list[UUID]]:
    return (ids[start : start + RECORDS_AT_ONCE] for start in range(0, len(ids), RECORDS_AT_ONCE))


def _touched(event_ids: list[int], rules: Mapping[str, Rule]) -> dict[str, set[UUID]]:
    """The records to judge, by type: those that were written, and those whose rules look at them."""
    written: dict[str, set[UUID]] = defaultdict(set)
    links: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    changes = Change.objects.filter(event_id__in=event_ids)
    columns = _columns_followed(rules)
    for record_type, key, before, after in changes.values_list("record_type", "record_id", "before", "after"):
        written[record_type].add(key)
        for column in columns.get(record_type, ()):
            links[record_type, column] |= {
                UUID(values[column]) for values in (before or {}, after or {}) if values.get(column)
            }
    removed = changes.filter(operation=Operation.REMOVE).values_list("record_id", flat=True)
    forget(removed)
    touched = {record_type: set(ids) for record_type, ids in written.items() if of_type(record_type, rules)}
    for record_type, ids in _depending(written, links, rules):
        touched.setdefault(record_type, set()).update(ids)
    return touched


def _columns_followed(rules: Mapping[str, Rule]) -> dict[str, set[str]]:
    """By type, the link columns through which its records change what is found of others."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in rules.values():
        if isinstance(rule, Asked):
            for child, link in rule.children.items():
                found[child].add(_column(child, link))
    return found


def _column(record_type: str, link: str) -> str:
    column: Any = RECORD_TYPES[record_type]._meta.get_field(link)
    return str(column.attname)


def _depending(
    written: Mapping[str, set[UUID]], links: Mapping[tuple[str, str], set[UUID]], rules: Mapping[str, Rule]
) -> Iterable[tuple[str, set[UUID]]]:
    for rule in rules.values():
        if not isinstance(rule, Asked):
            continue
        for child, link in rule.children.items():
            if written.get(child):
                column = _column(child, link)
                rows = RECORD_TYPES[child]._base_manager.filter(pk__in=written[child], **{f"{column}__isnull": False})
                yield rule.record_type, {*links[child, column], *rows.values_list(column, flat=True)}
        for link in rule.parents:
            parent: Any = RECORD_TYPES[rule.record_type]._meta.get_field(link)
            ids = written.get(parent.related_model.record_type)
            if ids:
                rows = RECORD_TYPES[rule.record_type]._base_manager.filter(**{f"{link}__in": ids})
                yield rule.record_type, set(rows.values_list("pk", flat=True))


def is_behind() -> bool:
    """Whether events wait to be looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM quality_recheck)")
        return bool(cursor.fetchone()[0])
