"""What became of what was shown: whether it was done, and whether the matter moved on, read from what happened after.

*Done* is what the source names: an activity of the person on the record's timeline, or a verb that they did to it.
*Moved* is what the source names as a success within `HORIZON` days: a verb done to the record by whomever, or an
answer, which is an incoming mail on its timeline.
Both are looked for anew until the horizon is over; nobody has to tick a box.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from rapport.core.clock import now

from ..models import NextActionAnswer, ShownAction
from .source import Source, all_sources

HORIZON, KEPT = timedelta(days=14), timedelta(days=400)
_AT_ONCE = 2_000
_ACTIVITIES = """
SELECT shown.id, entry.item_type, min(entry.at)
  FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[], %s::timestamptz[]) AS shown(id, person, record, at)
  JOIN activities_timelineentry AS entry ON entry.record_id = shown.record
   AND entry.at >= shown.at AND entry.at < shown.at + interval '14 days' AND entry.at <= %s
  LEFT JOIN activities_mail AS mail ON entry.item_type = 'mail' AND mail.id = entry.item_id
  LEFT JOIN activities_call AS call ON entry.item_type = 'call' AND call.id = entry.item_id
  LEFT JOIN activities_meeting AS meeting ON entry.item_type = 'meeting' AND meeting.id = entry.item_id
  LEFT JOIN activities_task AS task ON entry.item_type = 'task' AND task.id = entry.item_id
 WHERE coalesce(mail.owner_id, call.owner_id, meeting.owner_id, task.owner_id) = shown.person
   AND coalesce(mail.direction, 'out') = 'out'
 GROUP BY shown.id, entry.item_type
"""
_ANSWERS = """
SELECT shown.id, 'answer', min(entry.at)
  FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[], %s::timestamptz[]) AS shown(id, person, record, at)
  JOIN activities_timelineentry AS entry ON entry.record_id = shown.record AND entry.item_type = 'mail'
   AND entry.at >= shown.at AND entry.at < shown.at + interval '14 days' AND entry.at <= %s
  JOIN activities_mail AS mail ON mail.id = entry.item_id AND mail.direction = 'in'
 GROUP BY shown.id
"""
_VERBS = """
SELECT shown.id, event.verb, min(event.at) FILTER (WHERE event.actor_id = shown.person), min(event.at)
  FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[], %s::timestamptz[]) AS shown(id, person, record, at)
  JOIN core_event AS event ON event.subject_id = shown.record
   AND event.at >= shown.at AND event.at < shown.at + interval '14 days' AND event.at <= %s
 GROUP BY shown.id, event.verb
"""


@dataclass(frozen=True)
class Happened:
    """What happened first of each kind after something was shown: by the person, and by whomever."""

    own: dict[str, datetime]
    any: dict[str, datetime]


def follow_up() -> int:
    """Look again at what was shown within the horizon; gives how many rows were told something new."""
    since = now() - HORIZON - timedelta(days=1)
    shown = list(ShownAction.objects.filter(at__gte=since).order_by("-id")[: 50 * _AT_ONCE])
    return sum(_follow(shown[start : start + _AT_ONCE]) for start in range(0, len(shown), _AT_ONCE))


def _follow(shown: list[ShownAction]) -> int:
    happened, replies = _happened(shown), _replies(shown)
    changed = []
    for row in shown:
        source = all_sources().get(row.source)
        before = (row.reply, row.done_how, row.moved_how)
        row.reply = replies.get((row.user_id.hex, row.key), row.reply)
        if source:
            _judge(row, source, happened[row.pk])
        if (row.reply, row.done_how, row.moved_how) != before:
            changed.append(row)
    ShownAction.objects.bulk_update(changed, ["reply", "done_at", "done_how", "moved_at", "moved_how"])
    return len(changed)


def _judge(row: ShownAction, source: Source, happened: Happened) -> None:
    done = _first(happened.own, source.done_by)
    moved = _first(happened.any, source.moved_by)
    if done:
        row.done_how, row.done_at = done
    if moved:
        row.moved_how, row.moved_at = moved


def _first(happened: Mapping[str, datetime], wanted: Iterable[str]) -> tuple[str, datetime] | None:
    found = [(happened[name], name) for name in wanted if name in happened]
    return (min(found)[1], min(found)[0]) if found else None


def _happened(shown: list[ShownAction]) -> Mapping[int, Happened]:
    found = {row.pk: Happened({}, {}) for row in shown}
    asked: list[Any] = [[row.pk for row in shown], [row.user_id for row in shown]]
    asked += [[row.record_id for row in shown], [row.at for row in shown]]
    with connection.cursor() as cursor:
        cursor.execute(_ACTIVITIES, [*asked, now()])
        for key, kind, at in cursor.fetchall():
            found[key].own[kind] = at
        cursor.execute(_ANSWERS, [*asked, now()])
        for key, kind, at in cursor.fetchall():
            found[key].any[kind] = at
        cursor.execute(_VERBS, [*asked, now()])
        for key, verb, own, at in cursor.fetchall():
            found[key].any[verb] = at
            if own:
                found[key].own[verb] = own
    return found


def _replies(shown: list[ShownAction]) -> Mapping[tuple[str, str], str]:
    rows = NextActionAnswer._base_manager.filter(key__in={row.key for row in shown}).order_by("at")
    return {(user.hex, key): reply for user, key, reply in rows.values_list("user_id", "key", "reply")}


def forget_old() -> None:
    """What was shown is kept for a little over a year."""
    ShownAction.objects.filter(at__lt=now() - KEPT).delete()
