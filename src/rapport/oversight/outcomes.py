"""What became of what machines did: whether the values still stand, or a person changed one of them, and when."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

_CHANGED = """
SELECT DISTINCT ON (done.event_id) done.event_id, event.at
  FROM core_change done
  JOIN core_change later ON later.record_id = done.record_id AND later.id > done.id
  JOIN core_event event ON event.id = later.event_id AND event.actor_kind = 'human' AND event.undoes_id IS NULL
 WHERE done.event_id = ANY(%(events)s)
   AND (later.operation = 'remove'
        OR later.after ?| ARRAY(SELECT jsonb_object_keys(done.after - %(left_out)s::text[])))
 ORDER BY done.event_id, later.id
"""
_LEFT_OUT = ["id", "created_at", "updated_at", "derived"]


def changed_since(event_ids: Collection[int]) -> dict[int, datetime]:
    """Of these events those of which a person changed a value later, and when first; undoing is not changing."""
    if not event_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"events": list(event_ids), "left_out": _LEFT_OUT})
        return dict(cursor.fetchall())
