"""Searches as they are asked for, watched, stopped and kept: what the pages and the nightly job start."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from rapport.core.clock import now
from rapport.core.copying import copy_rows
from rapport.core.identifiers import uuid7
from rapport.core.snapshots import to_json
from rapport.leads.models import Lead

from ..models import DuplicateDecision, DuplicatePair, DuplicateSearch, PairVerdict, SearchState
from .known import note_known
from .searching import Found, Outcome, find_all, find_new, written_since
from .sureness import Judged, sure_from
from .weights import learned_by

_COLUMNS = ("for_type", "group", "left_id", "right_id", "probability", "evidence")
_KEPT_SEARCHES = 50


class Stopped(Exception):
    """Somebody asked the search to stop."""


def ask_for_search(record_type: str) -> DuplicateSearch:
    """A new search, or the one that is under way already."""
    with transaction.atomic():
        newest = newest_search(record_type, for_update=True)
        if newest is not None and newest.is_under_way:
            return newest
        return DuplicateSearch.objects.create(for_type=record_type)


def newest_search(record_type: str, *, for_update: bool = False, state: str = "") -> DuplicateSearch | None:
    """The last search of a type, or the last one in a state."""
    searches = DuplicateSearch.objects.filter(for_type=record_type, **({"state": state} if state else {}))
    return (searches.select_for_update() if for_update else searches).order_by("-id").first()


def run(subject: DuplicateSearch) -> None:
    """Do a search; what it finds takes the place of what was found before. After a crash it starts anew."""
    try:
        _note(subject, state=SearchState.RUNNING, problem="")
        _store_all(subject, find_all(subject.for_type, progress=lambda done, total: _watch(subject, done, total)))
        if subject.for_type == Lead.record_type:
            note_known()
    except Stopped:
        _note(subject, state=SearchState.STOPPED, ended_at=now())
    _forget_old(subject.for_type)


def run_for_new(record_type: str) -> int:
    """Look for duplicates of what was written since the last search; returns how many pairs there are with them."""
    last = newest_search(record_type, state=SearchState.DONE)
    if last is None or not last.learned:
        return 0
    moment, since = now(), last.since or last.asked_at
    outcome = find_new(record_type, since=since, learned=last.learned, progress=lambda _done, _total: None)
    if outcome.records:
        _add(record_type, outcome.found)
        if record_type == Lead.record_type:
            note_known(written_since(record_type, since))
    DuplicateSearch.objects.filter(pk=last.pk).update(since=moment)
    return len(outcome.found)


def stop(subject: DuplicateSearch) -> None:
    """Ask a search to stop; what the last one found stays."""
    DuplicateSearch.objects.filter(pk=subject.pk).update(stop_asked=True)


def _watch(subject: DuplicateSearch, done: int, total: int) -> None:
    """Say how far it is; end it where somebody asked to."""
    if DuplicateSearch.objects.filter(pk=subject.pk, stop_asked=True).exists():
        raise Stopped
    _note(subject, done=done, total=total)


def _store_all(subject: DuplicateSearch, outcome: Outcome) -> None:
    with transaction.atomic():
        DuplicatePair.objects.filter(for_type=subject.for_type).delete()
        groups = {found.group: uuid7() for found in outcome.found}
        _copy(subject.for_type, [(groups[found.group], found) for found in outcome.found])
        threshold = sure_from(_judged(subject.for_type, outcome.found))
        facts = {"compared": outcome.records, "found": len(outcome.found), "learned": learned_by(outcome.weights)}
        _note(subject, state=SearchState.DONE, ended_at=now(), sure_from=threshold, since=subject.asked_at, **facts)


def _add(record_type: str, found: Sequence[Found]) -> None:
    """Take in new pairs; they join the group of a pair that has one of their records."""
    with transaction.atomic():
        for one in found:
            ids = (one.left, one.right)
            DuplicatePair.objects.filter(left_id=one.left, right_id=one.right).delete()
            near = DuplicatePair.objects.filter(Q(left_id__in=ids) | Q(right_id__in=ids), for_type=record_type).first()
            _copy(record_type, [(near.group if near else uuid7(), one)])


def _copy(record_type: str, rows: Sequence[tuple[UUID, Found]]) -> None:
    complete = (
        (record_type, group, found.left, found.right, found.probability, to_json(found.evidence).decode())
        for group, found in rows
    )
    copy_rows(DuplicatePair._meta.db_table, _COLUMNS, complete)


def _judged(record_type: str, found: Sequence[Found]) -> list[Judged]:
    """The pairs, with what people said of those that they called different before."""
    said = DuplicateDecision._base_manager.filter(for_type=record_type, verdict=PairVerdict.DIFFERENT)
    different = set(said.values_list("left_id", "right_id"))
    return [Judged(one.probability, False if (one.left, one.right) in different else None) for one in found]


def _note(subject: DuplicateSearch, **values: object) -> None:
    DuplicateSearch.objects.filter(pk=subject.pk).update(**values)


def _forget_old(record_type: str) -> None:
    searches = DuplicateSearch.objects.filter(for_type=record_type).order_by("-id")
    DuplicateSearch.objects.filter(pk__in=list(searches.values_list("pk", flat=True)[_KEPT_SEARCHES:])).delete()
