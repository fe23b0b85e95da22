"""Keeping expectations: a row each beside the records, and the main ones in columns of the records themselves.

Telling all takes a while, and a record may be told of by itself meanwhile: what was asked later stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import orjson
from django.db import connection, transaction

from rapport.core.copying import copy_rows
from rapport.core.records import RECORD_TYPES

from .outlook import Outlook, Told

_COLUMNS = ("record_id", "value", "low", "high", "withheld", "detail", "inputs", "shown")
_TEMPORARY = """
CREATE TEMPORARY TABLE expected (record_id uuid, value float8, low float8, high float8, withheld text, detail text,
    inputs text, shown jsonb) ON COMMIT DROP
"""
_KEEP = """
INSERT INTO intelligence_expectation AS s
       (outlook, record_id, estimator_id, value, low, high, withheld, detail, inputs, as_of)
SELECT %(outlook)s, record_id, %(estimator)s, value, low, high, withheld, detail::jsonb, inputs::jsonb, %(as_of)s
  FROM expected
ON CONFLICT (record_id, outlook) DO UPDATE SET estimator_id = excluded.estimator_id, value = excluded.value,
    low = excluded.low, high = excluded.high, withheld = excluded.withheld, detail = excluded.detail,
    inputs = excluded.inputs, as_of = excluded.as_of
 WHERE s.as_of <= excluded.as_of
"""
_FORGET = """
DELETE FROM intelligence_expectation s WHERE s.outlook = %(outlook)s AND s.as_of <= %(as_of)s {among}
   AND NOT EXISTS (SELECT 1 FROM expected n WHERE n.record_id = s.record_id)
"""
_SHOW = """
UPDATE {table} t SET {column} = {value} FROM expected n
 WHERE n.record_id = t.id AND t.{column} IS DISTINCT FROM {value}
   AND EXISTS (SELECT 1 FROM intelligence_expectation s
                WHERE s.record_id = t.id AND s.outlook = %(outlook)s AND s.as_of = %(as_of)s)
"""
_HIDE = """
UPDATE {table} t SET {column} = {nothing} WHERE t.{column} IS DISTINCT FROM {nothing} {among}
   AND NOT EXISTS (SELECT 1 FROM intelligence_expectation s WHERE s.record_id = t.id AND s.outlook = %(outlook)s)
"""


def write(
    outlook: Outlook, rows: Sequence[Told], *, among: Sequence[str] | None, estimator: UUID | None, as_of: datetime
) -> None:
    """Write expectations in place of older ones; records `among` these, all with None, that got none lose theirs.

    Columns show nothing of what is withheld.
    """
    told = {"outlook": outlook.name, "estimator": estimator, "as_of": as_of, "among": list(among or ())}
    narrowed = "" if among is None else "AND {key} = ANY(%(among)s::uuid[])"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TEMPORARY)
        copy_rows("expected", _COLUMNS, map(_row, rows))
        cursor.execute("ANALYZE expected")
        cursor.execute(_FORGET.format(among=narrowed.format(key="s.record_id")), told)
        cursor.execute(_KEEP, told)
        for statement in _showing(outlook, narrowed.format(key="t.id")):
            cursor.execute(statement, told)
        cursor.execute("DROP TABLE expected")


def _showing(outlook: Outlook, among: str) -> Iterator[str]:
    table = RECORD_TYPES[outlook.record_type]._meta.db_table
    for column, kind in outlook.columns.items():
        nothing = "''" if kind == "text" else "NULL"
        value = f"coalesce((n.shown ->> '{column}')::{kind}, {nothing})"
        names: Mapping[str, str] = {"table": table, "column": column, "value": value, "nothing": nothing}
        yield _SHOW.format(**names)
        yield _HIDE.format(**names, among=among)


def _row(told: Told) -> tuple[object, ...]:
    shown = {} if told.withheld else dict(told.shown)
    texts = (orjson.dumps(part).decode() for part in (dict(told.detail), list(told.inputs), shown))
    return (told.record_id, told.value, told.low, told.high, told.withheld, *texts)
