"""The history benchmark: what sealing and verifying many events takes."""

import os
from collections.abc import Callable

from django.db import connection

from benchmarks.spending import spent_so_far
from rapport.core.events import Event
from rapport.core.seal import seal_new_events, verify_history

_AT_ONCE = 100_000
_EVENTS = """
INSERT INTO core_event (at, verb, actor_kind, actor_id, actor_name, subject_type, subject_id, subject_label,
                        source, reason, detail)
SELECT now() - (number * interval '10 seconds'), 'person.change', 'human', gen_random_uuid(), 'Alice Almeida', 'person',
       gen_random_uuid(), 'Person ' || number, 'web', '', '{}'
FROM generate_series(1, %s) AS number
RETURNING id, subject_id
"""
_CHANGES = """
INSERT INTO core_change (event_id, record_type, record_id, operation, before, after)
SELECT id, 'person', subject_id, 'change', jsonb_build_object('job_title', 'Buyer', 'department', ''),
       jsonb_build_object('job_title', 'Head buyer ' || id, 'department', 'Purchasing')
FROM made
"""


def run(events: int) -> None:
    """Make events of one change each, seal them, verify all."""
    while (held := Event.objects.count()) < events:
        _add(min(_AT_ONCE, events - held))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE core_event, core_change, core_unsealedevent")
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}\n", flush=True)
    print("| step | events | seconds | CPU s | DB s |\n|---|---|---|---|---|", flush=True)
    _measured("seal", seal_new_events)
    _measured("verify", _verified)
    print(f"\nLoad of the machine: {os.getloadavg()[0]:.1f}", flush=True)


def _verified() -> int:
    verdict = verify_history()
    assert verdict.broken is None, verdict.broken
    return verdict.sealed


def _add(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH made AS ({_EVENTS}) {_CHANGES}", [number])


def _measured(step: str, work: Callable[[], int]) -> None:
    begun = spent_so_far()
    events = work()
    spent = spent_so_far() - begun
    print(f"| {step} | {events:,} | {spent.wall:.1f} | {spent.python:.1f} | {spent.database:.1f} |", flush=True)
