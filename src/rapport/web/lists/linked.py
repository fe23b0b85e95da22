"""The titles of the records that a page of a list links to: one question for all that are searched, one for each
small type besides. What the actor may not see has no title here.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from rapport.activities.about import titles_of
from rapport.core.actors import Actor
from rapport.core.often_asked import often_asked, planned_once
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.scopes import in_scope
from rapport.core.search import is_searched
from rapport.core.search_entries import SearchEntry

from .columns import Column, linked_target

ABOUT = "about"


def titles_in(columns: Iterable[Column], records: Sequence[Record], actor: Actor) -> dict[UUID, str]:
    """Title by id of every record named in these columns."""
    wanted: dict[str, set[UUID]] = {}
    about: set[UUID] = set()
    for column in columns:
        if column.field.is_link:
            wanted.setdefault(linked_target(column.field), set()).update(_linked(column.name, records))
        elif column.field.domain.kind == ABOUT:
            about.update(_named(column.name, records))
    return _visible(wanted, actor) | titles_of(about)


def _linked(name: str, records: Sequence[Record]) -> set[UUID]:
    return {key for record in records if (key := getattr(record, f"{name}_id")) is not None}


def _named(name: str, records: Sequence[Record]) -> set[UUID]:
    """Of an activity one sees, one sees all that it is about."""
    return {
        UUID(entry["id"]) for record in records for entry in getattr(record, name) or [] if not entry.get("implied")
    }


def _visible(wanted: Mapping[str, set[UUID]], actor: Actor) -> dict[UUID, str]:
    searched = {kind: keys for kind, keys in wanted.items() if keys and is_searched(RECORD_TYPES[kind])}
    found = _of_entries(searched, actor) if searched else {}
    for kind, keys in wanted.items():
        if keys and kind not in searched:
            found |= {record.pk: record.title for record in _seen_records(actor, kind, keys=list(keys))}
    return found


def _of_entries(wanted: Mapping[str, set[UUID]], actor: Actor) -> dict[UUID, str]:
    return dict(_seen_entries(actor, frozenset(wanted), keys=list(set().union(*wanted.values()))))


@often_asked
def _seen_records(actor: Actor, kind: str, *, keys: list[UUID]) -> QuerySet[Record]:
    return RECORD_TYPES[kind].objects.visible_to(actor).filter(pk__among=keys)


@planned_once
def _seen_entries(
    actor: Actor, kinds: frozenset[str], *, keys: list[UUID]
) -> "QuerySet[SearchEntry, tuple[UUID, str]]":
    seen = in_scope(actor, kinds, type_column="record_type", id_column="record_id")
    return SearchEntry.objects.filter(seen, record_id__among=keys).values_list("record_id", "title")
