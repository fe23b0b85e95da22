"""Rare values that are a slip away from frequent ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from rapport.quality.profiling.grid import Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_MANY_TIMES = 4  # a value must stand this many times as often as its slip
_MOST_FREQUENT = 2_000
_MOST_PAIRS = 10_000_000
_CHUNK = 2_000
_SHARE_WRONG = 0.16  # of the letters of a long value
_TRIED = 400
_REPEATED = 12
_TOO_FEW_REPEATED = 15
_USUALLY_BEYOND = 0.9


@dataclass(frozen=True)
class Near:
    """A frequent value and how many slips away it is."""

    value: str
    slips: int


def find(grid: Grid) -> Suspicions:
    """Suspect rare values near frequent ones, unless frequent values of the column are as near to each other."""
    found = Suspicions("near miss")
    for place, column in enumerate(grid.columns):
        if column.share_of_numbers > 0.9 or column.different < 3 or column.different == column.filled:
            continue
        counts = {column.values[code]: int(column.counts[code]) for code in column.by_count}
        misses = near_misses(counts)
        trust = (1 - natural_nearness(counts)) * beyond_chance(misses, counts)
        for value, near in misses.items():
            suspicion = _suspicion(value, near, counts, trust)
            found.of_value(place, column.code_of[value], suspicion)
    return found


def _suspicion(value: str, near: Near, counts: Mapping[str, int], trust: float) -> Suspicion:
    many, few = counts[near.value], counts[value]
    weight = (many - few) / (many + few)
    likelihood = trust * weight * max(0.4, 1 - near.slips / max(len(value), 4))
    reason = f"It is near “{near.value[:60]}”, which stands {many} times; this stands {few if few > 1 else 'once'}."
    return Suspicion(likelihood, reason, near.value, likelihood)


def near_misses(counts: Mapping[str, int]) -> dict[str, Near]:
    """For each rare value the one frequent value near it, if there is just one that is nearest."""
    frequent = [value for value, count in counts.items() if count >= _MANY_TIMES][:_MOST_FREQUENT]
    most = max((counts[value] for value in frequent), default=0)
    rare = [value for value, count in counts.items() if count * _MANY_TIMES <= most and len(value) > 1]
    tried = rare[-(_MOST_PAIRS // max(1, len(frequent))) :]
    found = dict(_nearest(tried, frequent, counts))
    found.update(_one_sign_for_another(tried, frequent, counts))
    return found


def beyond_chance(misses: Mapping[str, Near], counts: Mapping[str, int]) -> float:
    """How many near misses are more than chance: values that stand several times are near others by chance alone.

    Slips seldom come out the same twice, so the share of repeated values near a frequent one tells what single values
    would have without any slip.
    """
    single = [value for value, count in counts.items() if count == 1]
    repeated = [value for value, count in counts.items() if 2 <= count <= _REPEATED]
    if not single or len(repeated) < _TOO_FEW_REPEATED:
        return _USUALLY_BEYOND
    near = sum(value in misses for value in single) / len(single)
    by_chance = sum(value in misses for value in repeated) / (len(repeated) + 1)
    return max(0.0, 1 - by_chance / near) if near else 0.0


def natural_nearness(counts: Mapping[str, int]) -> float:
    """How many of the frequent values lie near another one about as frequent: there, nearness says nothing."""
    frequent = [value for value, count in counts.items() if count >= _MANY_TIMES][:_TRIED]
    if len(frequent) < 3:
        return 0.0
    distances = process.cdist(frequent, frequent, scorer=OSA.distance, dtype=np.int32)
    np.fill_diagonal(distances, 10_000)
    sizes = np.array([counts[value] for value in frequent])
    allowed = np.array([_allowed(value) for value in frequent])
    comparable = (sizes[:, None] < _MANY_TIMES * sizes[None, :]) & (sizes[None, :] < _MANY_TIMES * sizes[:, None])
    is_near = ((distances <= allowed[:, None]) & comparable).any(axis=1)
    return float(sizes[is_near].sum() / sizes.sum())


def _nearest(rare: Sequence[str], frequent: Sequence[str], counts: Mapping[str, int]) -> Iterator[tuple[str, Near]]:
    for start in range(0, len(rare), _CHUNK):
        part = rare[start : start + _CHUNK]
        limit = max(map(_allowed, part))
        distances = process.cdist(part, frequent, scorer=OSA.distance, score_cutoff=limit, dtype=np.int32)
        for value, row in zip(part, distances, strict=True):
            near = _one_nearest(value, row, frequent, counts)
            if near:
                yield value, near


def _one_nearest(
    value: str, distances: "np.typing.NDArray[np.int32]", frequent: Sequence[str], counts: Mapping[str, int]
) -> Near | None:
    close = [
        (int(distances[place]), -counts[frequent[place]], frequent[place])
        for place in np.flatnonzero((distances <= _allowed(value)) & (distances > 0)).tolist()
        if counts[frequent[place]] >= _MANY_TIMES * counts[value] and _is_slip(value, frequent[place])
    ]
    if not close:
        return None
    slips, _count, meant = min(close)
    rivals = [other for other in close if other[0] == slips]
    if len(rivals) > 1 and sorted(rivals)[1][1] * 5 < sorted(rivals)[0][1]:
        return None
    return Near(meant, slips)


def _allowed(value: str) -> int:
    """How many slips are believable in a value of this length."""
    if len(value) < 8:
        return 1
    return max(2, int(len(value) * _SHARE_WRONG))


def _is_slip(value: str, meant: str) -> bool:
    """Other digits are another number, other writing is no slip of the fingers."""
    digits, others = [[char for char in text if char.isdigit()] for text in (value, meant)]
    return not (digits != others and len(digits) == len(others)) and value.casefold() != meant.casefold()


def _one_sign_for_another(
    rare: Sequence[str], frequent: Sequence[str], counts: Mapping[str, int]
) -> Iterator[tuple[str, Near]]:
    """Values in which one sign stands for another all along, as in “acutexcarexhospital”: that is one slip."""
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for value in frequent:
        by_length[len(value)].append(value)
    tries = 5_000_000
    for value in rare:
        candidates = by_length[len(value)]
        tries -= len(candidates) * len(value)
        if tries < 0:
            return
        meant = [other for other in candidates if _is_replaced(value, other)]
        if len(meant) == 1 and counts[meant[0]] >= _MANY_TIMES * counts[value]:
            yield value, Near(meant[0], 1)


def _is_replaced(value: str, meant: str) -> bool:
    pairs = {(typed, sign) for typed, sign in zip(value, meant, strict=True) if typed != sign}
    if len(pairs) != 1:
        return False
    typed, sign = next(iter(pairs))
    return sign not in value and not (typed.isdigit() and sign.isdigit())
