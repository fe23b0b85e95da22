"""The seal: a keyed hash chain over all events, so that any later tampering shows.

A job seals new events within a minute; writers never wait for each other. Each seal is
HMAC-SHA256(key, previous hash + canonical text of the event and its changes); the key lives
outside the database (setting `HISTORY_KEY`).
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, models, transaction

from .anchor import Anchor, anchor, drop_anchor
from .clock import now
from .events import Event

FIRST_HASH = bytes(32)
_CHUNK = 2_000
_LOCK = 7_240_001

_AT = """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN date_part('microsecond', at)::bigint %% 1000000 = 0 THEN '' ELSE to_char(at, '.US') END || 'Z'"""
_TEXTS = f"""
SELECT id, json_build_array(
    json_build_array(id, {_AT}, verb, actor_kind, actor_id, actor_name, on_behalf_of, subject_type, subject_id,
                     subject_label, source, reason, batch, undoes_id, detail),
    coalesce((
        SELECT json_agg(json_build_array(event_id, id, record_type, record_id, operation, before, after) ORDER BY id)
        FROM core_change WHERE event_id = event.id
    ), '[]')
)::text
FROM core_event AS event WHERE id = ANY(%s) ORDER BY id
"""  # noqa: S608 - one row of text for each event: Python reads many columns slowly


_KEEP = """
INSERT INTO core_seal (position, event_id, hash, at)
SELECT position, event_id, hash, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[]) AS new(position, event_id, hash)
"""


class Seal(models.Model):
    """One link of the chain; `position` counts from 1 without gaps."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.position}: event {self.event_id}"


class UnsealedEvent(models.Model):
    """Events still to be sealed; filled by a trigger, emptied by the sealing job."""

    event_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.event_id)


@dataclass(frozen=True)
class BrokenLink:
    """The first place where the history is not what was sealed."""

    position: int
    event_id: int
    what: str


@dataclass(frozen=True)
class Verification:
    """The verdict on the whole chain."""

    sealed: int
    unsealed: int
    broken: BrokenLink | None


def seal_new_events() -> int:
    """Seal every committed event that is not sealed yet; returns how many. Safe to run twice at once."""
    count = 0
    while sealed := _seal_chunk():
        count += sealed
    return count


def note_newest_seal() -> BrokenLink | None:
    """Note the newest seal outside the database; what is missing of the one noted before is told instead."""
    cut = _cut_off()
    last = Seal.objects.order_by("-position").first()
    if cut is None and last is not None:
        drop_anchor(Anchor(last.position, bytes(last.hash)))
    return cut


def _cut_off() -> BrokenLink | None:
    """The link noted outside the database, if the history does not have it."""
    noted = anchor()
    if noted is None:
        return None
    seal = Seal.objects.filter(position=noted.position).first()
    if seal is not None and hmac.compare_digest(bytes(seal.hash), noted.hash):
        return None
    length = Seal.objects.count()
    if length < noted.position:
        return BrokenLink(length + 1, 0, f"the history was cut off here; it had {noted.position} links")
    return BrokenLink(noted.position, seal.event_id if seal else 0, "it is not the link that was noted outside")


def _seal_chunk() -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        keys = list(UnsealedEvent.objects.order_by("event_id").values_list("event_id", flat=True)[:_CHUNK])
        last = Seal.objects.order_by("-position").first()
        position, previous = (last.position, bytes(last.hash)) if last else (0, FIRST_HASH)
        seals: list[tuple[int, int, bytes]] = []
        for event_id, text in _canonical(keys):
            position, previous = position + 1, _link(previous, text)
            seals.append((position, event_id, previous))
        with connection.cursor() as cursor:
            if seals:
                cursor.execute(_KEEP, [now(), *map(list, zip(*seals, strict=True))])
            cursor.execute("DELETE FROM core_unsealedevent WHERE event_id = ANY(%s)", [keys])
    return len(keys)


def verify_history() -> Verification:
    """Recompute the chain from the first event on and name the first broken link, if any."""
    checked, previous = 0, FIRST_HASH
    total = Seal.objects.count()
    for seals in _seal_chunks():
        texts = dict(_canonical([seal.event_id for seal in seals]))
        for seal in seals:
            checked += 1
            broken = _check(seal, checked, previous, texts.get(seal.event_id))
            if broken:
                return Verification(total, UnsealedEvent.objects.count(), broken)
            previous = bytes(seal.hash)
    return Verification(total, UnsealedEvent.objects.count(), _cut_off() or _unaccounted())


def _check(seal: Any, expected_position: int, previous: bytes, text: bytes | None) -> BrokenLink | None:
    if seal.position != expected_position:
        return BrokenLink(expected_position, seal.event_id, "a link is missing")
    if text is None:
        return BrokenLink(seal.position, seal.event_id, "the event was deleted")
    if not hmac.compare_digest(_link(previous, text), bytes(seal.hash)):
        return BrokenLink(seal.position, seal.event_id, "the event or one of its changes was altered")
    return None


def _unaccounted() -> BrokenLink | None:
    """An event that is neither sealed nor waiting to be: its link was cut off."""
    known = Seal.objects.filter(event_id=models.OuterRef("pk"))
    waiting = UnsealedEvent.objects.filter(event_id=models.OuterRef("pk"))
    lost = Event.objects.filter(~models.Exists(known), ~models.Exists(waiting)).order_by("pk").first()
    return BrokenLink(Seal.objects.count() + 1, lost.pk, "the event has no link") if lost else None


def _seal_chunks() -> Iterator[list[Any]]:
    position = 0
    rows = Seal.objects.order_by("position").values_list("position", "event_id", "hash", named=True)
    while seals := list(rows.filter(position__gt=position)[:_CHUNK]):
        yield seals
        position = seals[-1].position


def _canonical(event_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The text that is hashed, for each event that exists, in order of the ids."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(event_ids)])
        for event_id, text in cursor.fetchall():
            yield event_id, orjson.dumps(orjson.loads(text), option=orjson.OPT_SORT_KEYS)


def _link(previous: bytes, text: bytes) -> bytes:
    return hmac.new(settings.HISTORY_KEY, previous + text, sha256).digest()
