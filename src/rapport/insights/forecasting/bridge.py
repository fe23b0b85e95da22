"""What changed a period's volume since some days ago: new, grown, shrunk, slipped, lost … from the history, in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.pipeline.models import Opportunity

from .earlier_values import codes_and_rates, value_before, value_then
from .periods import Period
from .standing import in_period

MOST_MOVES = 100
"""So many of the largest are named for each step; the sums hold all."""


class Step(StrEnum):
    """Why the volume is another one."""

    NEW = "new"
    MOVED_IN = "moved_in"
    GROWN = "grown"
    SHRUNK = "shrunk"
    SLIPPED = "slipped"
    EARLIER = "earlier"
    LOST = "lost"
    PARKED = "parked"


@dataclass(frozen=True)
class Move:
    """One opportunity that changed the volume, by how much in the base currency."""

    opportunity: UUID
    name: str
    difference: Decimal


@dataclass(frozen=True)
class Sum:
    """All that one step did: how many, by how much, and the largest of them."""

    count: int
    difference: Decimal
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Bridge:
    """From the volume then (won and open) to that of now, by step. `won` is part of both."""

    since: datetime
    before: Decimal
    after: Decimal
    steps: Mapping[Step, Sum]
    won: Decimal

    def sum_of(self, step: Step) -> Decimal:
        """By how much a step changed the volume."""
        return self.steps[step].difference if step in self.steps else Decimal(0)


def bridge(actor: Actor, period: Period, *, among: Q, days: int = 7) -> Bridge:
    """What changed in the last days among the opportunities that the actor sees; deleted ones are left out on both
    sides. Two statements, however many there are."""
    since = now() - timedelta(days=days)
    seen = Opportunity.objects.visible_to(actor).filter(among).filter(in_period(period) | Q(updated_at__gte=since))
    try:
        sql, given = seen.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:  # the actor sees none
        return _read([], since)
    asked = [*given, since, since.date(), *codes_and_rates(), *([period.start, period.end] * 5)]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.replace("{seen}", sql), asked)
        rows = cursor.fetchall()
    return _read(rows, since)


_TEMPLATE = """
WITH seen AS ({seen}),
present AS (
    SELECT o.id, o.name, o.updated_at, o.opened_on, o.amount, o.currency, o.expected_close, o.status, o.closed_on
    FROM pipeline_opportunity o WHERE o.id IN (SELECT * FROM seen)
),
asked AS (SELECT %s::timestamptz AS since, %s::date AS day),
changed AS (
    SELECT c.record_id, c.id, c.before
    FROM core_change c JOIN core_event e ON e.id = c.event_id, asked
    WHERE e.at >= asked.since AND c.record_type = 'opportunity' AND c.before IS NOT NULL
      AND c.record_id IN (SELECT id FROM present, asked WHERE updated_at >= asked.since)
),
earlier AS (
    SELECT record_id,
        {first_values}
    FROM changed GROUP BY record_id
),
made AS (
    SELECT DISTINCT c.record_id
    FROM core_change c JOIN core_event e ON e.id = c.event_id, asked
    WHERE e.at >= asked.since AND c.record_type = 'opportunity' AND c.operation = 'create'
      AND c.record_id IN (SELECT id FROM present, asked WHERE updated_at >= asked.since AND opened_on >= asked.day)
),
rates AS (SELECT * FROM unnest(%s::text[], %s::numeric[]) AS known(code, rate)),
both_states AS MATERIALIZED (
    SELECT p.id, p.name, p.status, p.expected_close, p.closed_on,
        made.record_id IS NOT NULL AS is_new,
        {then_values},
        COALESCE(p.amount * now_rate.rate, 0) AS amount
    FROM present p LEFT JOIN earlier e ON e.record_id = p.id LEFT JOIN made ON made.record_id = p.id
    LEFT JOIN rates now_rate ON now_rate.code = COALESCE(p.currency, '')
),
volumes AS (
    SELECT s.*,
        CASE WHEN (s.status = 'open' AND s.expected_close BETWEEN %s AND %s)
               OR (s.status = 'won' AND s.closed_on BETWEEN %s AND %s) THEN s.amount ELSE 0 END AS counts,
        CASE WHEN NOT s.is_new AND (
                  (s.then_status = 'open' AND s.then_close BETWEEN %s AND %s)
               OR (s.then_status = 'won' AND s.then_closed BETWEEN %s AND %s))
             THEN COALESCE(s.then_amount * then_rate.rate, 0) ELSE 0 END AS was,
        CASE WHEN s.status = 'won' THEN s.closed_on ELSE s.expected_close END AS falls_on
    FROM both_states s LEFT JOIN rates then_rate ON then_rate.code = COALESCE(s.then_currency, '')
),
steps AS (
    SELECT v.*, counts - was AS difference, status = 'won' AND (is_new OR then_status <> 'won') AS newly,
        CASE WHEN counts = was THEN NULL
             WHEN was = 0 THEN CASE WHEN is_new THEN 'new' ELSE 'moved_in' END
             WHEN counts <> 0 THEN CASE WHEN counts > was THEN 'grown' ELSE 'shrunk' END
             WHEN status = 'lost' THEN 'lost' WHEN status = 'parked' THEN 'parked'
             WHEN falls_on < period.starts THEN 'earlier'
             WHEN falls_on BETWEEN period.starts AND period.ends THEN 'shrunk' ELSE 'slipped' END AS step
    FROM volumes v, (SELECT %s::date AS starts, %s::date AS ends) AS period
),
sums AS (
    SELECT sum(was) AS before, sum(counts) AS after, sum(CASE WHEN newly THEN counts ELSE 0 END) AS won FROM steps
),
ranked AS (
    SELECT step, id, name, difference, count(*) OVER one_step AS number, sum(difference) OVER one_step AS of_step,
        row_number() OVER (PARTITION BY step ORDER BY abs(difference) DESC, id) AS place
    FROM steps WHERE step IS NOT NULL WINDOW one_step AS (PARTITION BY step)
)
SELECT step, id, name, difference, number, of_step, before, after, won
FROM sums LEFT JOIN ranked ON place <= {most}
WHERE before IS NOT NULL
ORDER BY place
"""


_FIELDS = (
    ("amount", "then_amount", "numeric"),
    ("currency", "then_currency", "text"),
    ("expected_close", "then_close", "date"),
    ("status", "then_status", "text"),
    ("closed_on", "then_closed", "date"),
)
_STATEMENT = (
    _TEMPLATE.replace("{first_values}", ",\n".join(value_before(name, column) for name, column, _kind in _FIELDS))
    .replace("{then_values}", ",\n".join(value_then(*field) for field in _FIELDS))
    .replace("{most}", str(MOST_MOVES))
)


def _read(rows: list[Any], since: datetime) -> Bridge:
    if not rows:
        return Bridge(since, Decimal(0), Decimal(0), {}, Decimal(0))
    before, after, won = rows[0][6:]
    found: dict[Step, Sum] = {}
    for step in Step:
        of_step = [row for row in rows if row[0] == step]
        if of_step:
            moves = tuple(Move(key, name, difference) for _step, key, name, difference, *_rest in of_step)
            found[step] = Sum(of_step[0][4], of_step[0][5], moves)
    return Bridge(since, before, after, found, won)
