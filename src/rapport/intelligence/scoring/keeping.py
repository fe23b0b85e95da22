"""Keeping scores: a row each beside the records, and the chance in per cent in a column of the record itself.

Scoring all takes a while, and a record may be scored by itself meanwhile: what was asked later stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from django.db import connection, transaction
from numpy.typing import NDArray

from rapport.core.records import RECORD_TYPES
from rapport.intelligence.tabular.columns import Floats

from ..learning.tables import Value
from ..models import Withheld
from ..predictions.prediction import Prediction

_KEEP = """
WITH scored AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s) AS r (record_id uuid, chance float8, withheld text, inputs jsonb)
), kept AS (
    INSERT INTO intelligence_score AS s (prediction, record_id, estimator_id, chance, withheld, inputs, as_of)
    SELECT %(prediction)s, record_id, %(estimator)s, chance, withheld, inputs, %(as_of)s FROM scored
    ON CONFLICT (record_id, prediction) DO UPDATE SET estimator_id = excluded.estimator_id, chance = excluded.chance,
        withheld = excluded.withheld, inputs = excluded.inputs, as_of = excluded.as_of
     WHERE s.as_of <= excluded.as_of
    RETURNING s.record_id, s.chance, s.withheld
), released AS (
    DELETE FROM intelligence_heldback h USING kept n
     WHERE h.prediction = %(prediction)s AND n.record_id = h.record_id AND n.withheld <> 'held_back'
), held AS (
    INSERT INTO intelligence_heldback (prediction, record_id, share, since)
    SELECT %(prediction)s, record_id, %(share)s, %(as_of)s FROM kept WHERE withheld = 'held_back'
    ON CONFLICT (record_id, prediction) DO NOTHING
)
UPDATE {table} t SET {column} = round(n.chance * 100) FROM kept n
 WHERE n.record_id = t.id AND t.{column} IS DISTINCT FROM round(n.chance * 100)
"""
_FORGET = """
DELETE FROM intelligence_score s WHERE s.prediction = %(prediction)s
"""
_SINCE = "AND s.as_of < %(as_of)s"
_BUT = "AND s.as_of <= %(as_of)s AND s.record_id = ANY(%(among)s::uuid[]) AND s.record_id <> ALL(%(kept)s::uuid[])"
_HIDE = """
UPDATE {table} t SET {column} = NULL WHERE t.{column} IS NOT NULL {among}
   AND NOT EXISTS (SELECT 1 FROM intelligence_score s WHERE s.record_id = t.id AND s.prediction = %(prediction)s)
"""
_TURN = 5_000
"""More are written in several transactions, neighbours in different ones: then the room of what one replaced in a page
of records takes what a later one writes, and no index has to be told where a record went."""


@dataclass(frozen=True)
class Scored:
    """Scores of some records; no chances at all where there is no estimator."""

    record_ids: Sequence[str]
    chances: Floats | None
    withheld: Sequence[str]
    inputs: Sequence[Sequence[Value]]

    def holding_back(self, drawn: NDArray[np.bool_]) -> "Scored":
        """The same, with no numbers for those drawn, shape (records,), that would have had one."""
        held = zip(self.withheld, drawn.tolist(), strict=True)
        return replace(self, withheld=[Withheld.HELD_BACK if is_held and not why else why for why, is_held in held])

    def every(self, step: int, first: int) -> "Scored":
        """Every so many of them, beginning with the one at place `first`."""
        some = slice(first, None, step)
        chances = None if self.chances is None else self.chances[some]
        return Scored(self.record_ids[some], chances, self.withheld[some], self.inputs[some])

    def rows(self) -> list[dict[str, object]]:
        """As they are written."""
        chances = [None] * len(self.record_ids) if self.chances is None else self.chances.tolist()
        each = zip(self.record_ids, chances, self.withheld, self.inputs, strict=True)
        return [
            {"record_id": key, "chance": None if why else chance, "withheld": str(why), "inputs": inputs}
            for key, chance, why, inputs in each
        ]


@dataclass(frozen=True)
class Giving:
    """One turn of scoring: by which estimator, as of when; `share` is the probability of being held back."""

    prediction: Prediction
    estimator: UUID | None
    as_of: datetime
    share: float = 0.0

    @property
    def told(self) -> dict[str, Any]:
        """As the statements ask for it."""
        told = {"prediction": self.prediction.name, "estimator": self.estimator, "as_of": self.as_of}
        return told | {"share": self.share}

    @property
    def shown_in(self) -> dict[str, str]:
        """The table of the records, and its column."""
        table = RECORD_TYPES[self.prediction.record_type]._meta.db_table
        return {"table": table, "column": self.prediction.column}


def write(giving: Giving, scored: Scored) -> None:
    """Write scores in place of older ones, many in several transactions: nobody waits long for a record."""
    turns = ceil(len(scored.record_ids) / _TURN)
    statement = _KEEP.format(**giving.shown_in)
    for first in range(turns):
        rows = orjson.dumps(scored.every(turns, first).rows()).decode()
        with connection.cursor() as cursor:
            cursor.execute(statement, giving.told | {"rows": rows})


def forget(giving: Giving, *, among: Sequence[str] | None, kept: Sequence[str]) -> None:
    """Records among these but those kept lose the score they had; with None, all that got none in this turn."""
    narrowed = "" if among is None else "AND {key} = ANY(%(among)s::uuid[])"
    told = giving.told | {"among": list(among or ()), "kept": list(kept)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FORGET + (_SINCE if among is None else _BUT), told)
        cursor.execute(_HIDE.format(**giving.shown_in, among=narrowed.format(key="t.id")), told)
