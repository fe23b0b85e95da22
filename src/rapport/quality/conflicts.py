"""Two sources that disagree: noticed when a less trusted one overwrites a value, decided by a person or a rule.

*Precedence* says which source is believed, by field, by type, or for all. A value that overwrites one of a source
ranked before its own is a disagreement; what a person types settles it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from rapport.core.actors import Actor, current_actor
from rapport.core.clock import now
from rapport.core.events import because
from rapport.core.problems import Forbidden
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import decode
from rapport.governance.columns import column_of
from rapport.governance.dictionary import entries, entry_of
from rapport.governance.domains import Link

from .board.sources import Source, source_of
from .models import Disagreement, Precedence

USUAL = (Source.PERSON, Source.FORM, Source.INTEGRATION, Source.IMPORT, Source.MACHINE, Source.OTHER)
_SAID_BY = """
CASE WHEN {event}.verb LIKE 'import.%%' THEN 'import'
     WHEN {event}.source = 'estimate' OR {event}.detail #> '{{machine,approved_by}}' IS NOT NULL THEN 'web'
     ELSE {event}.source END
"""  # what somebody accepted from a machine is that person's word
_OVERWRITTEN = f"""
SELECT change.record_type, change.record_id, name, change.before -> name, event.at,
    {_SAID_BY.format(event="event")}, known.source, known.at
FROM core_change AS change
JOIN core_event AS event ON event.id = change.event_id
CROSS JOIN LATERAL jsonb_object_keys(change.after) AS name
CROSS JOIN LATERAL (
    SELECT {_SAID_BY.format(event="earlier")} AS source, earlier.at
    FROM core_change AS past JOIN core_event AS earlier ON earlier.id = past.event_id
    WHERE past.record_id = change.record_id AND past.id < change.id AND past.after ? name
    ORDER BY past.id DESC LIMIT 1
) AS known
WHERE change.event_id = ANY(%s) AND change.operation = 'change' AND event.undoes_id IS NULL
ORDER BY change.id
"""  # noqa: S608 - only our own words are put in
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def precedence_of(record_type: str, name: str) -> tuple[Source, ...]:
    """The sources in the order in which they are believed for a field."""
    rows = Precedence._base_manager.filter(for_type=record_type, field__in=["", name]).order_by("-field")
    chosen = rows.values_list("sources", flat=True).first() or ()
    said = tuple(Source(text) for text in chosen if text in set(Source))
    return (*said, *(source for source in USUAL if source not in said))


def notice(event_ids: Sequence[int]) -> None:
    """Find where these events overwrote what a more trusted source had said, and what people settled."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERWRITTEN, [list(event_ids)])
        rows = cursor.fetchall()
    orders: dict[tuple[str, str], tuple[Source, ...]] = {}
    settled: dict[tuple[UUID, str], datetime] = {}
    for record_type, record_id, column, before, at, source, known, known_at in rows:
        name = _field_of(record_type, column)
        if not name:
            continue
        order = orders.setdefault((record_type, name), precedence_of(record_type, name))
        was = orjson.loads(before) if isinstance(before, str) else before
        now_rank, known_rank = order.index(source_of(source)), order.index(source_of(known))
        if source_of(source) is Source.PERSON:
            settled[record_id, name] = at
        elif now_rank > known_rank and was not in _EMPTY:
            wrote = {"present_source": source[:80], "present_at": at}
            _settle(record_id, name, settled.pop((record_id, name), None))
            said = {"other_value": was, "other_source": known[:80], "other_at": known_at}
            _note(record_id, name, {"record_type": record_type, **said, **wrote})
    for (record_id, name), at in settled.items():
        _settle(record_id, name, at)


def _settle(record_id: UUID, name: str, at: datetime | None) -> None:
    """What a person typed at a moment ends what was open before it."""
    if at is not None:
        earlier = Disagreement.objects.filter(record_id=record_id, field=name, settled_at=None, present_at__lt=at)
        earlier.update(settled_at=now())


def _field_of(record_type: str, column: str) -> str:
    entry = entries().get(record_type)
    if entry is None:
        return ""
    return column if column in entry.fields else column.removesuffix("_id") if column[:-3] in entry.fields else ""


def _note(record_id: UUID, name: str, told: Mapping[str, Any]) -> None:
    """One for each field is open at a time: the value that was overwritten first."""
    defaults = {**told, "found_at": now()}
    Disagreement.objects.get_or_create(record_id=record_id, field=name, settled_at=None, defaults=defaults)


def disagreements_of(record: Record, actor: Actor) -> list[Disagreement]:
    """Those open in fields that the actor sees."""
    readable = entry_of(record.record_type).readable_by(actor)
    found = Disagreement.objects.filter(record_id=record.pk, settled_at=None).order_by("id")
    return [one for one in found if one.field in readable]


def keep(disagreement: Disagreement) -> None:
    """Leave the present value as it is."""
    disagreement.settled_at = now()
    disagreement.save(update_fields=["settled_at"])


def take_other(disagreement: Disagreement, record: Record) -> None:
    """Put the other value back, by the verb of the record."""
    other = other_in_python(disagreement)
    if other is None and disagreement.other_value is not None:
        raise Forbidden(_("You may not change this record. Ask its owner."))
    with because("quality"):
        record.change(**{disagreement.field: other})
    keep(disagreement)


def forget(record_ids: Iterable[UUID]) -> None:
    """Records that are gone take their disagreements along."""
    Disagreement.objects.filter(record_id__in=list(record_ids)).delete()


def other_in_python(disagreement: Disagreement) -> Any:
    """The other value as its field shows it: of a link the record, or None where the actor does not see it."""
    model = RECORD_TYPES[disagreement.record_type]
    column = column_of(model, disagreement.field).attname
    value: Any = decode(model, {column: disagreement.other_value}).get(column)
    domain = entry_of(disagreement.record_type).fields[disagreement.field].domain
    if isinstance(domain, Link):
        return domain.model.objects.visible_to(current_actor()).filter(pk=value).first()
    return value
