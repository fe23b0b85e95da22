"""Counting: how many records there are, and how the month stands."""

from collections.abc import Iterable

from django.db import connection

from rapport.core.clock import today
from rapport.core.records import RECORD_TYPES
from rapport.identity.models import OwnedRecord

from ..models import Population, Snapshot

_COUNT = """
INSERT INTO quality_population (record_type, owner_id, team_id, source, records)
SELECT %s, {owner}, {team}, coalesce(left(made.source, 80), ''), count(*)
FROM {table} AS record
LEFT JOIN (
    SELECT change.record_id, CASE WHEN event.verb LIKE 'import.%%' THEN 'import' ELSE event.source END AS source
    FROM core_change AS change
    JOIN core_event AS event ON event.id = change.event_id
    WHERE change.record_type = %s AND change.operation = 'create' AND event.undoes_id IS NULL
) AS made ON made.record_id = record.id
GROUP BY 2, 3, 4
"""
_KEEP = """
INSERT INTO quality_snapshot (month, rule, record_type, team_id, open, records, at_stake)
SELECT %s, tally.rule, tally.record_type, tally.team_id, sum(tally.open), coalesce(max(among.records), 0),
       sum(tally.at_stake)
FROM quality_tally AS tally
LEFT JOIN (
    SELECT record_type, team_id, sum(records) AS records FROM quality_population GROUP BY 1, 2
) AS among ON among.record_type = tally.record_type AND among.team_id IS NOT DISTINCT FROM tally.team_id
GROUP BY 2, 3, 4
"""
_KEEP_RECORDS = """
INSERT INTO quality_snapshot (month, rule, record_type, team_id, open, records, at_stake)
SELECT %s, '', record_type, team_id, 0, sum(records), 0 FROM quality_population GROUP BY 3, 4
"""


def count_populations(record_types: Iterable[str]) -> None:
    """Count the records of these types by owner, team and source."""
    Population.objects.all().delete()
    with connection.cursor() as cursor:
        for record_type in record_types:
            model = RECORD_TYPES[record_type]
            owned = issubclass(model, OwnedRecord)
            owner, team = ("record.owner_id", "record.team_id") if owned else ("NULL::uuid", "NULL::uuid")
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(_COUNT.format(owner=owner, team=team, table=table), [record_type, record_type])


def keep_month() -> None:
    """Keep the figures of today as those of this month."""
    month = today().replace(day=1)
    Snapshot.objects.filter(month=month).delete()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [month])
        cursor.execute(_KEEP_RECORDS, [month])
