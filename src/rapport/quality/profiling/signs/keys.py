"""Keys: values of one length, made of few kinds of signs, and those that aren't."""

from collections import Counter
from collections.abc import Mapping

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_A_FEW = 50
_SHORTEST = 5
_NEARLY_ALL = 0.93
_MOSTLY_DIFFERENT = 0.5
_SELDOM = 0.015


def find(grid: Grid) -> Suspicions:
    """Suspect keys of another length than the rest, or with a kind of sign that the rest lack."""
    found = Suspicions("key")
    for place, column in enumerate(grid.columns):
        if column.filled < _A_FEW or column.different < _MOSTLY_DIFFERENT * column.filled:
            continue
        length, share = _usual_length(column)
        if length >= _SHORTEST and share >= _NEARLY_ALL and _have_letters_and_digits(column):
            _suspect_lengths(found, place, column, length, share)
            _suspect_signs(found, place, column)
    return found


def _usual_length(column: Column) -> tuple[int, float]:
    lengths: Counter[int] = Counter()
    for code in column.by_count:
        lengths[len(column.values[code])] += int(column.counts[code])
    length, rows = lengths.most_common(1)[0]
    return length, rows / column.filled


def _have_letters_and_digits(column: Column) -> bool:
    """Words of one length are no keys, and digits alone are looked at elsewhere."""
    mixed = sum(
        any(map(str.isdigit, column.values[code])) and any(map(str.isalpha, column.values[code]))
        for code in column.by_count
    )
    return mixed > _MOSTLY_DIFFERENT * column.different


def _suspect_lengths(found: Suspicions, place: int, column: Column, length: int, share: float) -> None:
    for code in column.by_count:
        value = column.values[code]
        if len(value) != length:
            reason = f"{share:.0%} of the values have {length} signs, this one has {len(value)}."
            found.of_value(place, code, Suspicion(0.9 * share, reason))


def _suspect_signs(found: Suspicions, place: int, column: Column) -> None:
    kinds = {code: {_kind(sign) for sign in column.values[code]} for code in column.by_count}
    shares = _shares(column, kinds)
    for code, known in kinds.items():
        odd = min(known, key=lambda kind: shares[kind])
        if shares[odd] < _SELDOM:
            sign = next(sign for sign in column.values[code] if _kind(sign) == odd)
            reason = f"“{sign}” stands in {shares[odd]:.1%} of the values here."
            found.of_value(place, code, Suspicion(0.8, reason))


def _shares(column: Column, kinds: Mapping[int, set[str]]) -> Mapping[str, float]:
    rows: Counter[str] = Counter()
    for code, known in kinds.items():
        for kind in known:
            rows[kind] += int(column.counts[code])
    return {kind: count / column.filled for kind, count in rows.items()}


def _kind(sign: str) -> str:
    if sign.isdigit():
        return "9"
    if sign.isalpha():
        return "A" if sign.isupper() else "a"
    return sign
