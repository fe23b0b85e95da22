"""How the pipeline stood when earlier months began, from the history, worked out once for each month and kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from rapport.core.clock import today

from ..models import StandingThen
from .earlier_values import codes_and_rates, value_before, value_then
from .spreading import months_from
from .standing import SURE

MONTHS_BACK, MONTHS_AHEAD = 12, 3


def keep_standings_then() -> int:
    """Work out what is not kept yet of the last months' beginnings; returns of how many."""
    first = today().year * 12 + today().month - 1 - (MONTHS_BACK + MONTHS_AHEAD - 1)
    days = months_from(date(first // 12, first % 12 + 1, 1), MONTHS_BACK + MONTHS_AHEAD)
    kept = set(StandingThen.objects.filter(team=None, at__in=days).values_list("at", flat=True))
    missing = [day for day in days if day not in kept]
    for day in missing:
        StandingThen.objects.bulk_create(_rows_of(day, stood_at(day)), ignore_conflicts=True)
    return len(missing)


@dataclass(frozen=True)
class OpenThen:
    """What was open of a team; without a month it is what came into the records later."""

    team: UUID | None
    month: date | None
    count: int
    commit: Decimal
    weighted: Decimal


def _rows_of(day: date, found: Sequence[OpenThen]) -> Iterable[StandingThen]:
    """For each team, and for all together, one row a month."""
    teams: dict[UUID | None, list[OpenThen]] = defaultdict(list)
    for one in found:
        if one.team is not None:
            teams[one.team].append(one)
    for team, parts in {**teams, None: list(found)}.items():
        known = [one for one in parts if one.month is not None]
        unknown = sum(one.count for one in parts if one.month is None)
        for month in months_from(day, MONTHS_AHEAD):
            of_month = [one for one in known if one.month == month]
            yield StandingThen(
                at=day,
                month=month,
                team_id=team,
                commit=round(sum((one.commit for one in of_month), Decimal(0)), 2),
                weighted=round(sum((one.weighted for one in of_month), Decimal(0)), 2),
                count=sum(one.count for one in known),
                unknown=unknown,
            )


def stood_at(day: date) -> list[OpenThen]:
    """What was open when a day began, by team and the month in which it should close."""
    moment = timezone.make_aware(datetime.combine(day, time.min))
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [moment, day, *codes_and_rates()])
        rows: list[Any] = cursor.fetchall()
    return [
        OpenThen(team, month, count, commit or Decimal(0), weighted or Decimal(0))
        for team, month, count, commit, weighted in rows
    ]


_TEMPLATE = """
WITH asked AS (SELECT %s::timestamptz AS moment, %s::date AS day),
changed AS (
    SELECT c.record_id, c.id, c.operation, c.before
    FROM core_change c JOIN core_event e ON e.id = c.event_id, asked
    WHERE e.at >= asked.moment AND c.record_type = 'opportunity'
),
earlier AS (
    SELECT record_id, bool_or(operation = 'create') AS was_made,
        {first_values}
    FROM changed GROUP BY record_id
),
rates AS (SELECT * FROM unnest(%s::text[], %s::numeric[]) AS known(code, rate)),
stood AS (
    SELECT p.team_id, p.opened_on, p.closed_on, COALESCE(e.was_made, FALSE) AS was_made,
        {then_values}
    FROM pipeline_opportunity p LEFT JOIN earlier e ON e.record_id = p.id
),
open_then AS (
    SELECT s.team_id, s.was_made, date_trunc('month', s.then_close)::date AS month,
        COALESCE(s.then_amount * r.rate, 0) AS amount, COALESCE(s.then_probability, stage.probability, 0) AS chance
    FROM asked, stood s
    LEFT JOIN rates r ON r.code = COALESCE(s.then_currency, '')
    LEFT JOIN pipeline_stage stage ON stage.id = s.then_stage
    WHERE CASE WHEN s.was_made THEN s.opened_on < asked.day AND (s.closed_on IS NULL OR s.closed_on >= asked.day)
               ELSE s.then_status = 'open' AND s.then_close IS NOT NULL END
)
SELECT team_id, CASE WHEN was_made THEN NULL ELSE month END, count(*),
    sum(CASE WHEN chance >= {sure} THEN amount ELSE 0 END), sum(amount * chance / 100)
FROM open_then GROUP BY 1, 2
"""
_FIELDS = (
    ("amount", "then_amount", "numeric"),
    ("currency", "then_currency", "text"),
    ("expected_close", "then_close", "date"),
    ("status", "then_status", "text"),
    ("probability", "then_probability", "integer"),
    ("stage_id", "then_stage", "uuid"),
)
_STATEMENT = (
    _TEMPLATE.replace("{first_values}", ",\n".join(value_before(name, column) for name, column, _kind in _FIELDS))
    .replace("{then_values}", ",\n".join(value_then(*field) for field in _FIELDS))
    .replace("{sure}", str(SURE))
)
