"""Looking through all records of a type, or for what is new among them: read, compare, learn, group, store."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rapport.core.records import RECORD_TYPES

from ..matching.grouping import groups_of
from ..matching.pairs import Pair
from .blocking import blocks_of, candidate_pairs
from .levels import Level
from .tables import Records, Row, read_records
from .weights import FEWER_PAIRS, Levels, Weights, learn, levels_between, restored_weights, usual_weights

PROBABLE = 0.5
_AT_ONCE = 20_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """Two records that are probably the same: the older and the newer one, how probably, each column's bits."""

    left: UUID
    right: UUID
    group: int
    probability: float
    evidence: dict[str, float]


@dataclass(frozen=True)
class Outcome:
    """What a search found, how many records it looked at, and the weights it used."""

    found: Sequence[Found]
    records: int
    weights: Weights


def find_all(record_type: str, *, progress: Progress) -> Outcome:
    """Look through all records of a type. `progress` hears (pairs compared, pairs in all) and may raise to end it."""
    progress(0, 0)
    return find_among(read_records(record_type), progress=progress)


def find_among(records: Records, *, progress: Progress) -> Outcome:
    """Look through records that are read already, from what is usual on."""
    weights = usual_weights(records)
    compared = _compare(records, candidate_pairs(blocks_of(records)), progress)
    learn(weights, [(one.levels, records.rows[one.left]) for one in compared])
    return Outcome(_probable(records, weights, compared), len(records.ids), weights)


def find_new(record_type: str, *, since: datetime, learned: Mapping[str, Any], progress: Progress) -> Outcome:
    """Look for pairs with a record that was written after a moment, with the weights that were learned before."""
    progress(0, 0)
    fresh = written_since(record_type, since)
    if not fresh:
        return Outcome([], 0, Weights((), 0, (), ()))
    records = read_records(record_type)
    weights = restored_weights(records, learned)
    among = {place for place, key in enumerate(records.ids) if key in fresh}
    compared = _compare(records, candidate_pairs(blocks_of(records), among=among), progress)
    return Outcome(_probable(records, weights, compared), len(fresh), weights)


def written_since(record_type: str, moment: datetime) -> set[UUID]:
    """The records of a type that were made or changed since a moment."""
    written = RECORD_TYPES[record_type]._base_manager.filter(updated_at__gte=moment)
    return set(written.values_list("pk", flat=True))


def find_like(record_type: str, ids: Sequence[UUID], rows: Sequence[Row], *, learned: Mapping[str, Any]) -> list[Found]:
    """Look for pairs with rows that are no records yet, whose ids must be newer than all records'."""
    stored = read_records(record_type)
    records = Records(record_type, [*stored.ids, *ids], [*stored.rows, *rows])
    weights = restored_weights(records, learned) if learned else usual_weights(records, drawn=FEWER_PAIRS)
    among = range(len(stored.ids), len(records.ids))
    pairs = candidate_pairs(blocks_of(records), among=among)
    return _probable(records, weights, _compare(records, pairs, lambda _done, _total: None))


@dataclass(frozen=True, slots=True)
class _Compared:
    left: int
    right: int
    levels: Levels


def _compare(records: Records, pairs: Collection[tuple[int, int]], progress: Progress) -> list[_Compared]:
    """The pairs that agree in two columns at least; the others can't be the same."""
    compared = []
    for done, (left, right) in enumerate(pairs):
        if done % _AT_ONCE == 0:
            progress(done, len(pairs))
        levels = levels_between(records.columns, records.rows[left], records.rows[right])
        if sum(level <= Level.NEAR for level in levels) > 1:
            compared.append(_Compared(left, right, levels))
    progress(len(pairs), len(pairs))
    return compared


def _probable(records: Records, weights: Weights, compared: Sequence[_Compared]) -> list[Found]:
    """The probable pairs whose records hang together as a whole."""
    bits = [weights.bits(one.levels, records.rows[one.left]) for one in compared]
    weighed = zip(compared, bits, strict=True)
    pairs = [Pair(one.left, one.right, weights.probability(told), weights.weight(told), ()) for one, told in weighed]
    groups = groups_of(len(records.ids), pairs)
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    found = []
    for pair, told in zip(pairs, bits, strict=True):
        group = group_of.get(pair.left, -1)
        if pair.probability >= PROBABLE and group == group_of.get(pair.right, -2):
            ids = records.ids[pair.left], records.ids[pair.right]
            found.append(Found(*ids, group, pair.probability, _evidence(records, told)))
    return found


def _evidence(records: Records, told: Sequence[float]) -> dict[str, float]:
    return {column.key: round(bits, 1) for column, bits in zip(records.columns, told, strict=True) if abs(bits) > 0.05}
