"""`./rapport bench predictions --part product`: learning from and scoring leads in a database of their own.

The leads are made by statements: who came by recommendation, left a telephone number and wrote more is converted more
often. Each has its creation in the history, the past ones their end too, and some of them calls and mails.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import connection

from benchmarks.copying import copy_many
from benchmarks.spending import peak_megabytes
from rapport.activities.models import Call, Mail
from rapport.core.actors import SYSTEM, acting_as
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import Estimator, Score
from rapport.intelligence.predictions import predictions
from rapport.intelligence.scoring.explaining import explain
from rapport.intelligence.scoring.scoring import score
from rapport.leads.models import Lead

Found = TypeVar("Found")
PAST = 100_000
ROUNDS = 30
_MADE = """
CREATE TEMPORARY TABLE made AS SELECT *, past AND dice < 0.06 + 0.3 * (place < 2)::int + 0.15 * phoned::int
       + 0.0004 * words AS won FROM (
    SELECT gen_random_uuid() AS id, n, n <= {past} AS past, floor(random() * 5)::int AS place,
           random() < 0.6 AS phoned, floor(random() * 300)::int AS words, random() AS dice,
           CASE WHEN n <= {past} THEN current_date - 200 - floor(random() * 1000)::int
                ELSE current_date - floor(random() * 85)::int END AS received, 5 + floor(random() * 80)::int AS took
      FROM generate_series(1, {all}) AS n) drawn
"""
_LEADS = {
    "id": "made.id",
    "last_name": "'Lead ' || n",
    "source": "(ARRAY['Recommendation', 'Partner', 'Website', 'Trade fair', 'Advertisement'])[place + 1]",
    "industry": "(ARRAY['Energy', 'Retail', 'Transport', 'Health', 'Public', 'Food'])[1 + mod(n, 6)]",
    "country": "(ARRAY['PT', 'FR', 'DE', 'GB', 'ES'])[1 + mod(n, 5)]",
    "phones": 'CASE WHEN phoned THEN \'[{"kind": "work", "value": "+351210000000"}]\'::jsonb ELSE \'[]\' END',
    "need": "repeat('x', words)",
    "received_on": "received",
    "status": "CASE WHEN NOT past THEN 'new' WHEN won THEN 'converted' ELSE 'discarded' END",
    "converted_on": "CASE WHEN won THEN received + took END",
    "created_at": "received",
    "updated_at": "received",
}
_EVENTS = """
WITH written AS (
    INSERT INTO core_event (at, verb, actor_kind, actor_name, subject_type, subject_id, subject_label, source, reason,
                            detail)
    SELECT {at}, '{verb}', 'system', 'Benchmark', 'lead', id, 'Lead', 'system', '', '{{}}' FROM made WHERE {which}
    RETURNING id, subject_id)
INSERT INTO core_change (event_id, record_type, record_id, operation, after)
SELECT w.id, 'lead', l.id, '{operation}', {after} FROM written w JOIN leads_lead l ON l.id = w.subject_id
"""
_HELD = """jsonb_build_object('source', l.source, 'industry', l.industry, 'country', l.country, 'need', l.need,
    'phones', l.phones, 'job_title', l.job_title, 'employees', l.employees, 'status', 'new')"""
_CONTACTS = """
INSERT INTO activities_timelineentry (item_id, item_type, record_id, record_type, at)
SELECT i.id, '{kind}', m.id, 'lead', m.received + random() * interval '20 days'
  FROM (SELECT id, row_number() OVER () AS n FROM {table}) i JOIN made m ON m.n = i.n
"""


def run(rows: int) -> None:
    """Make the leads where they aren't there yet, learn, score all, and one anew."""
    if Lead._base_manager.count() < rows:
        _made(rows)
    prediction = predictions()["lead_conversion"]
    with acting_as(SYSTEM):
        estimator, learning = _timed(lambda: learn(prediction))
        if Estimator.live_of(prediction.name) is None:
            raise SystemExit(f"Nothing was learned: {estimator.reason}")
        count, scoring = _timed(lambda: score(prediction))
    live = Estimator.live_of(prediction.name)
    assert live is not None
    print(f"Learned from {estimator.cases:,} past leads by {estimator.algorithm}: {learning}")
    print(f"Scored {count:,} leads with their features: {scoring}")
    some = list(Score.objects.filter(prediction=prediction.name, chance__isnull=False)[: ROUNDS + 1])
    score(prediction, [str(some[-1].record_id)])
    explain(some[-1], live)
    anew = [_timed(partial(score, prediction, [str(one.record_id)]))[1] for one in some[:ROUNDS]]
    told = [_timed(partial(explain, one, live))[1] for one in some[:ROUNDS]]
    for what, times in (("One lead scored anew with its features", anew), ("Reasons of a stored score", told)):
        middle = sorted(times, key=lambda one: one.cpu)[ROUNDS // 2]
        print(f"{what}: {middle.cpu * 1000:.1f} CPU-ms, {middle.clock * 1000:.1f} ms by the clock (median)")


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of the processor (without the database's)."""

    clock: float
    cpu: float

    def __str__(self) -> str:
        return (
            f"{self.clock:.1f} s, {self.cpu:.1f} CPU-s beside the database's, at most {peak_megabytes():,} MB of memory"
        )


def _timed(work: Callable[[], Found]) -> tuple[Found, Taken]:
    clock, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, Taken(time.perf_counter() - clock, time.process_time() - cpu)


def _made(rows: int) -> None:
    print(f"Making {rows:,} open leads and {PAST:,} past ones …", flush=True)
    with acting_as(SYSTEM):
        template = Lead.create(last_name="Template", organisation_name="Template")
        call, mail = Call.create(text="Template", about=[template]), Mail.create(text="Template", about=[template])
    with connection.cursor() as cursor:
        cursor.execute(_MADE.format(past=PAST, all=rows + PAST))
        copy_many(template, _LEADS, "made")
        cursor.execute(_history("create", "received", "true", _HELD))
        ended = "jsonb_build_object('status', l.status, 'converted_on', l.converted_on)"
        cursor.execute(_history("change", "received + took", "past", ended))
        for item, count in ((call, rows), (mail, rows // 2)):
            copy_many(item, {"id": "gen_random_uuid()"}, f"generate_series(1, {count})")
            names = {"kind": item.record_type, "table": item._meta.db_table}
            cursor.execute(_CONTACTS.format(**names))
        cursor.execute("VACUUM ANALYZE")


def _history(operation: str, at: str, which: str, after: str) -> str:
    return _EVENTS.format(at=at, verb=f"lead.{operation}", which=which, operation=operation, after=after)
