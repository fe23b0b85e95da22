"""Keeping what records are found by: an entry of the search beside each, written by the verbs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from .copying import copy_rows
from .search_entries import SearchEntry, normalise
from .spelling import remember_words

if TYPE_CHECKING:
    from .records import Record

_LONGEST_TEXT = 4_000

ALSO_FOUND_BY: "list[Callable[[type[Record], Mapping[str, Any]], str]]" = []


def entry_of(model: "type[Record]", values: Mapping[str, Any]) -> tuple[str, str] | None:
    """Title and normalised text of a record's entry; None when its type is not searched."""
    more = model.search_text_of(values)
    if more is None:
        return None
    title = model.title_of(values)[:300]
    also = " ".join(found for ask in ALSO_FOUND_BY if (found := ask(model, values)))
    return title, f" {normalise(f'{title} {more} {also}')[:_LONGEST_TEXT]}"


def remember(model: "type[Record]", rows: Iterable[tuple[UUID, Mapping[str, Any]]], *, new: bool = False) -> None:
    """Bring the entries of these rows up to date; `new` ones have none yet."""
    entries = [(key, model.record_type, *found) for key, values in rows if (found := entry_of(model, values))]
    if not entries:
        return
    remember_words(text for _key, _type, _title, text in entries)
    if new:
        copy_rows("core_searchentry", ("record_id", "record_type", "title", "text"), entries)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_searchentry (record_id, record_type, title, text)"
            " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[])"
            " ON CONFLICT (record_id) DO UPDATE SET title = excluded.title, text = excluded.text"
            " WHERE (core_searchentry.title, core_searchentry.text)"
            " IS DISTINCT FROM (excluded.title, excluded.text)",
            [list(column) for column in zip(*entries, strict=True)],
        )


def forget(record_ids: Sequence[UUID]) -> None:
    """Drop the entries of records that are gone."""
    if record_ids:
        SearchEntry.objects.filter(record_id__in=record_ids).delete()
