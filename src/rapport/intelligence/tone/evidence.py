"""The words behind what is told of a customer's tone, from the texts that the reader may see, as they are now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from rapport.activities.models import Direction, Mail
from rapport.activities.timeline import entries_visible_to
from rapport.core.actors import Actor
from rapport.core.events import Change
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import entry_of

from .aspects import Aspect
from .reading import tone_of

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "ticket": ("subject", "description"),
    **dict.fromkeys(("mail", "call", "meeting", "note"), ("subject", "text")),
}
_MOST_TEXTS = 100
_MOST_QUOTES = 3
_MOST_WORDS = 3


@dataclass(frozen=True)
class Quote:
    """What one text says of an aspect: the record that holds it, when it was written, and its words."""

    record: Record
    at: datetime
    words: tuple[str, ...]


def quotes_about(actor: Actor, organisation_id: UUID, *, until: datetime, days: int) -> dict[Aspect, list[Quote]]:
    """The newest quotes for each aspect from texts about an organisation, as far as the actor may read them."""
    found: dict[Aspect, list[Quote]] = {}
    for record, at in _texts(actor, organisation_id, until=until, days=days):
        for aspect, words in _told(actor, record).items():
            quotes = found.setdefault(aspect, [])
            if len(quotes) < _MOST_QUOTES:
                quotes.append(Quote(record, at, tuple(words[:_MOST_WORDS])))
    return found


def _told(actor: Actor, record: Record) -> dict[Aspect, list[str]]:
    readable = entry_of(record.record_type).readable_by(actor)
    names = [name for name in _FIELDS[record.record_type] if name in readable]
    words: dict[Aspect, list[str]] = {}
    for hit in tone_of("\n".join(str(getattr(record, name)) for name in names)):
        known = words.setdefault(hit.aspect, [])
        if hit.words.casefold() not in map(str.casefold, known):
            known.append(hit.words)
    return words


def _texts(actor: Actor, organisation_id: UUID, *, until: datetime, days: int) -> Iterator[tuple[Record, datetime]]:
    """What stands on its timeline and holds texts, the newest first."""
    entries = entries_visible_to(actor, kinds=_FIELDS).filter(
        record_id=organisation_id, at__gt=until - timedelta(days=days), at__lte=until
    )
    rows = list(entries.order_by("-at", "-item_id").values_list("item_type", "item_id", "at")[:_MOST_TEXTS])
    records: dict[UUID, Any] = {}
    for kind in {kind for kind, _key, _at in rows}:
        keys = [key for each, key, _at in rows if each == kind]
        records |= RECORD_TYPES[kind].objects.visible_to(actor).in_bulk(keys)
    ours = _answers_of_ours(list(records))
    for _kind, key, at in rows:
        record = records.get(key)
        if record is not None and key not in ours and not _went_out(record):
            yield record, at


def _answers_of_ours(keys: list[UUID]) -> set[UUID]:
    """Notes that hold what we answered to a ticket: they are not the customer's words."""
    made = Change.objects.filter(record_id__in=keys, operation="create", event__verb="ticket.answer")
    return set(made.values_list("record_id", flat=True))


def _went_out(record: Record) -> bool:
    return isinstance(record, Mail) and record.direction == Direction.OUT
