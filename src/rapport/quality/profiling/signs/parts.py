"""Values made of parts: days in words, ranges, lists. Each part is looked at as if it were a column of its own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

from . import nearness, outliers, rarities

_PART = re.compile(r"\d+|[^\W\d_]+|\W|_")
_A_FEW = 50
_MOSTLY = 0.6
_LISTED = 0.3
_MOST_PARTS = 12
_MOSTLY_REPEATED = 0.1
_KEPT = 0.95
_FEWER = 0.7
_SEPARATORS = (";", ",", "|", "/")
_SAME_WIDTH = 0.97
_LEAST_WIDTH = 2


def find(grid: Grid) -> Suspicions:
    """Suspect values with a part unlike the same part of the others."""
    found = Suspicions("part")
    for place, column in enumerate(grid.columns):
        if column.filled < _A_FEW or column.share_of_numbers > _MOSTLY or column.different < 3:
            continue
        separator = _separator(column)
        if separator:
            _items(found, place, column, separator)
        else:
            _places(found, place, column)
    return found


def _separator(column: Column) -> str | None:
    """The sign that parts the items of lists, where many values are lists of few items."""
    for sign in _SEPARATORS:
        rows = sum(int(column.counts[code]) for code in column.by_count if sign in column.values[code])
        if rows < _LISTED * column.filled:
            continue
        items = Counter(item for code in column.by_count for item in _listed(column.values[code], sign))
        if len(items) < _MOSTLY_REPEATED * sum(items.values()):
            return sign
    return None


def _listed(value: str, separator: str) -> list[str]:
    return [item.strip() for item in value.split(separator) if item.strip()]


def _items(found: Suspicions, place: int, column: Column, separator: str) -> None:
    """All items of all lists are one column."""
    owners: defaultdict[str, list[int]] = defaultdict(list)
    for code in column.by_count:
        for item in set(_listed(column.values[code], separator)):
            owners[item].append(code)
    rows = [item for item, codes in owners.items() for code in codes for _row in range(int(column.counts[code]))]
    for item, said in _said_of_words(_column(column.name, rows)):
        for code in owners[item]:
            found.of_value(place, code, _of_whole(column.values[code], item, said))


def _places(found: Suspicions, place: int, column: Column) -> None:
    """The first, second … word or number of values built alike is a column each."""
    cut = {code: _PART.findall(column.values[code].strip()) for code in column.by_count}
    kinds: Counter[tuple[str, ...]] = Counter()
    for code, parts in cut.items():
        kinds[_build(parts)] += int(column.counts[code])
    build, rows = kinds.most_common(1)[0]
    if rows < _MOSTLY * column.filled or not 1 < len(build) <= _MOST_PARTS:
        return
    alike = [code for code, parts in cut.items() if _build(parts) == build]
    for number, kind in enumerate(build):
        is_percent = "".join(build[number + 1 :]).strip() == "%"
        if kind in "a9" and not is_percent:
            _place(found, place, column, number, {code: cut[code][number] for code in alike})


def _build(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple("9" if part.isdigit() else "a" if part.isalpha() else part for part in parts)


def _place(found: Suspicions, place: int, column: Column, number: int, part_of: Mapping[int, str]) -> None:
    owners: defaultdict[str, list[int]] = defaultdict(list)
    for code, part in part_of.items():
        owners[part].append(code)
    rows = [part for code, part in part_of.items() for _row in range(int(column.counts[code]))]
    inner = _column(f"{column.name} {number}", rows)
    if inner.different > _FEWER * column.different:
        return  # the part says no more than the whole
    for part, said in _said_of_numbers(inner) if inner.share_of_numbers == 1 else _said_of_words(inner):
        for code in owners[part]:
            found.of_value(place, code, _of_whole(column.values[code], part, said))


def _column(name: str, rows: Sequence[str]) -> Column:
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(part, len(known)) for part in rows], dtype=np.int32)
    return Column(name, list(known), codes)


def _said_of_words(inner: Column) -> Iterator[tuple[str, Suspicion]]:
    for look in (rarities, nearness):
        for code, said in look.find(Grid([inner])).values.get(0, {}).items():
            yield inner.values[code], said


def _said_of_numbers(inner: Column) -> Iterator[tuple[str, Suspicion]]:
    """Numbers far out, and numbers of another width where nearly all have one; which numbers are usual says nothing."""
    for code, said in outliers.find(Grid([inner])).values.get(0, {}).items():
        yield inner.values[code], said
    widths: Counter[int] = Counter()
    for code in inner.by_count:
        widths[len(inner.values[code])] += int(inner.counts[code])
    width, rows = widths.most_common(1)[0]
    share = rows / inner.filled
    if share < _SAME_WIDTH or width < _LEAST_WIDTH:
        return
    for value in inner.values:
        if len(value) != width:
            yield value, Suspicion(0.95 * share, f"{share:.0%} have {width} digits there, this one {len(value)}.")


def _of_whole(value: str, part: str, said: Suspicion) -> Suspicion:
    """What is said of a part, said of the value it stands in."""
    proposal = value.replace(part, said.proposal) if said.proposal and value.count(part) == 1 else None
    reason = f"Of “{part[:40]}” in it: {said.reason[:1].lower()}{said.reason[1:]}"
    return Suspicion(said.likelihood * _KEPT, reason, proposal, said.confidence * _KEPT)
