"""Keeping scores: a row each beside the records, and the chance in per cent in a column of the record itself.

Scoring all takes a while, and a record may be scored by itself meanwhile: what was asked later stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from numpy.typing import NDArray

from rapport.core.copying import copy_rows
from rapport.core.records import RECORD_TYPES
from rapport.intelligence.tabular.columns import Floats

from ..learning.tables import Value
from ..models import Withheld
from ..predictions.prediction import Prediction

_TEMPORARY = """
CREATE TEMPORARY TABLE scored (record_id uuid, chance float8, withheld text, inputs text) ON COMMIT DROP
"""
_GIVEN = """
WITH scored (record_id, chance, withheld, inputs) AS MATERIALIZED (
    SELECT * FROM unnest(%(ids)s::uuid[], %(chances)s::float8[], %(reasons)s::text[], %(inputs)s::text[]))
"""
_KEEP = """
INSERT INTO intelligence_score AS s (prediction, record_id, estimator_id, chance, withheld, inputs, as_of)
SELECT %(prediction)s, record_id, %(estimator)s, chance, withheld, inputs::jsonb, %(as_of)s FROM scored
ON CONFLICT (record_id, prediction) DO UPDATE SET estimator_id = excluded.estimator_id, chance = excluded.chance,
    withheld = excluded.withheld, inputs = excluded.inputs, as_of = excluded.as_of
 WHERE s.as_of <= excluded.as_of
"""
_KEPT = """
   AND EXISTS (SELECT 1 FROM intelligence_score s
                WHERE s.record_id = n.record_id AND s.prediction = %(prediction)s AND s.as_of = %(as_of)s)
"""
_RELEASE = """
DELETE FROM intelligence_heldback h USING scored n
 WHERE h.prediction = %(prediction)s AND n.record_id = h.record_id AND n.withheld <> 'held_back' {kept}
"""
_HOLD = """
INSERT INTO intelligence_heldback (prediction, record_id, share, since)
SELECT %(prediction)s, record_id, %(share)s, %(as_of)s FROM scored n WHERE withheld = 'held_back' {kept}
ON CONFLICT (record_id, prediction) DO NOTHING
"""
_SHOW = """
UPDATE {table} t SET {column} = round(n.chance * 100) FROM scored n
 WHERE n.record_id = t.id AND t.{column} IS DISTINCT FROM round(n.chance * 100) {kept}
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
_FEW = 1_000
"""So few are handed over with the statements: a table for them would take longer to make than to read."""


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

    def rows(self) -> Iterator[tuple[object, ...]]:
        """As they are written."""
        chances = [None] * len(self.record_ids) if self.chances is None else self.chances.tolist()
        for key, chance, why, inputs in zip(self.record_ids, chances, self.withheld, self.inputs, strict=True):
            yield key, None if why else chance, str(why), orjson.dumps(inputs).decode()


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
    """Write scores in place of older ones, in a transaction of their own: nobody waits long for a record."""
    with transaction.atomic(), connection.cursor() as cursor:
        if len(scored.record_ids) <= _FEW:
            ids, chances, reasons, inputs = ([*each] for each in zip(*scored.rows(), strict=True))
            told = {"ids": ids, "chances": chances, "reasons": reasons, "inputs": inputs}
            _write(cursor, giving, _GIVEN, giving.told | told)
            return
        cursor.execute(_TEMPORARY)
        copy_rows("scored", ("record_id", "chance", "withheld", "inputs"), scored.rows())
        cursor.execute("ANALYZE scored")
        _write(cursor, giving, "", giving.told)
        cursor.execute("DROP TABLE scored")


def _write(cursor: CursorWrapper, giving: Giving, given: str, told: Mapping[str, Any]) -> None:
    for statement in (_KEEP, _RELEASE, _HOLD, _SHOW):
        cursor.execute(given + statement.format(**giving.shown_in, kept=_KEPT), told)


def forget(giving: Giving, *, among: Sequence[str] | None, kept: Sequence[str]) -> None:
    """Records among these but those kept lose the score they had; with None, all that got none in this turn."""
    narrowed = "" if among is None else "AND {key} = ANY(%(among)s::uuid[])"
    told = giving.told | {"among": list(among or ()), "kept": list(kept)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FORGET + (_SINCE if among is None else _BUT), told)
        cursor.execute(_HIDE.format(**giving.shown_in, among=narrowed.format(key="t.id")), told)
