"""Keeping scores: a row each beside the records, and the chance in per cent in a column of the record itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from rapport.core.copying import copy_rows
from rapport.core.records import RECORD_TYPES
from rapport.intelligence.tabular.columns import Floats

from ..learning.tables import Value
from ..predictions.prediction import Prediction

_TEMPORARY = """
CREATE TEMPORARY TABLE scored (record_id uuid, chance float8, withheld text, inputs text) ON COMMIT DROP
"""
_KEEP = """
INSERT INTO intelligence_score AS s (prediction, record_id, estimator_id, chance, withheld, inputs, as_of)
SELECT %(prediction)s, record_id, %(estimator)s, chance, withheld, inputs::jsonb, %(as_of)s FROM scored
ON CONFLICT (record_id, prediction) DO UPDATE SET estimator_id = excluded.estimator_id, chance = excluded.chance,
    withheld = excluded.withheld, inputs = excluded.inputs, as_of = excluded.as_of
"""
_FORGET = """
DELETE FROM intelligence_score s WHERE s.prediction = %(prediction)s {among}
   AND NOT EXISTS (SELECT 1 FROM scored n WHERE n.record_id = s.record_id)
"""
_RELEASE = """
DELETE FROM intelligence_heldback h USING scored n
 WHERE h.prediction = %(prediction)s AND n.record_id = h.record_id AND n.withheld <> 'held_back'
"""
_HOLD = """
INSERT INTO intelligence_heldback (prediction, record_id, share, since)
SELECT %(prediction)s, record_id, %(share)s, %(as_of)s FROM scored WHERE withheld = 'held_back'
ON CONFLICT (record_id, prediction) DO NOTHING
"""
_SHOW = """
UPDATE {table} t SET {column} = round(n.chance * 100) FROM scored n
 WHERE n.record_id = t.id AND t.{column} IS DISTINCT FROM round(n.chance * 100)
"""
_HIDE = """
UPDATE {table} t SET {column} = NULL WHERE t.{column} IS NOT NULL {among}
   AND NOT EXISTS (SELECT 1 FROM scored n WHERE n.record_id = t.id)
"""


@dataclass(frozen=True)
class Scored:
    """Scores of some records; no chances at all where there is no estimator."""

    record_ids: Sequence[str]
    chances: Floats | None
    withheld: Sequence[str]
    inputs: Sequence[Sequence[Value]]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """As they are written."""
        chances = [None] * len(self.record_ids) if self.chances is None else self.chances.tolist()
        for key, chance, why, inputs in zip(self.record_ids, chances, self.withheld, self.inputs, strict=True):
            yield key, None if why else chance, str(why), orjson.dumps(inputs).decode()


def write(
    prediction: Prediction,
    parts: Sequence[Scored],
    *,
    among: Sequence[str] | None,
    estimator: UUID | None,
    as_of: datetime,
    share: float = 0.0,
) -> None:
    """Write scores in place of those there were; records `among` these, all with None, that got none lose theirs.

    `share` is the probability with which those were drawn that are held back.
    """
    told: dict[str, Any] = {"prediction": prediction.name, "estimator": estimator, "as_of": as_of, "share": share}
    told["among"] = list(among or ())
    table = RECORD_TYPES[prediction.record_type]._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TEMPORARY)
        for part in parts:
            copy_rows("scored", ("record_id", "chance", "withheld", "inputs"), part.rows())
        cursor.execute("ANALYZE scored")
        narrowed = "" if among is None else "AND {key} = ANY(%(among)s::uuid[])"
        cursor.execute(_FORGET.format(among=narrowed.format(key="s.record_id")), told)
        cursor.execute(_KEEP, told)
        cursor.execute(_RELEASE, told)
        cursor.execute(_HOLD, told)
        for statement in (_SHOW, _HIDE):
            names = {"table": table, "column": prediction.column, "among": narrowed.format(key="t.id")}
            cursor.execute(statement.format(**names), told)
        cursor.execute("DROP TABLE scored")
