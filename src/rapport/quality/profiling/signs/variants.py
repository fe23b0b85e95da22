"""The same value written differently: blanks too many, other capitals or signs, letters broken by an encoding."""

import re
from collections import defaultdict

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_SHORT = 4
_CASE_RULES = 0.9


def find(grid: Grid) -> Suspicions:
    """Suspect spellings that differ from a more frequent one in their writing alone."""
    found = Suspicions("writing")
    for place, column in enumerate(grid.columns):
        for code, value in enumerate(column.values):
            _encoding(found, place, code, value)
        _blanks(found, place, column)
        _spellings(found, place, column)
        _capitals(found, place, column)
    return found


def _blanks(found: Suspicions, place: int, column: Column) -> None:
    """Blanks around a value, or two within, where the column has few of them and the value is no usual one."""
    spaced = [code for code, value in enumerate(column.values) if value.strip() and _tidy(value) != value]
    share = sum(int(column.counts[code]) for code in spaced) / max(1, column.filled)
    for code in spaced:
        value = column.values[code]
        around = value.strip() != value
        likelihood = (0.9 if around else 0.8) - share - 0.05 * min(10, int(column.counts[code]) - 1)
        if likelihood > 0.2:
            found.of_value(place, code, Suspicion(likelihood, "There are blanks too many.", _tidy(value), likelihood))


def _tidy(value: str) -> str:
    """Without blanks around it or two in a row; lines of an address stay."""
    return re.sub(r"[ \t\u00a0]{2,}", " ", value.strip())


def _encoding(found: Suspicions, place: int, code: int, value: str) -> None:
    """Text that was read in another encoding than it was written in can be read back."""
    if value.isascii():
        return
    for codec in ("cp1252", "latin-1"):
        try:
            meant = value.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        found.of_value(place, code, Suspicion(0.95, "Letters were broken by a wrong encoding.", meant, 0.97))
        return
    if "\ufffd" in value:
        found.of_value(place, code, Suspicion(0.6, "Letters were lost to a wrong encoding."))


def _spellings(found: Suspicions, place: int, column: Column) -> None:
    same: defaultdict[str, list[int]] = defaultdict(list)
    for code, plain in enumerate(column.plain):
        if any(char.isalpha() for char in plain):
            same[plain].append(code)
    for codes in same.values():
        usual = max(codes, key=lambda code: column.counts[code])
        for code in codes:
            many, few = int(column.counts[usual]), int(column.counts[code])
            if code != usual and many >= 3 * few:
                reason = f"It is written “{column.values[usual]}” in {many} other rows."
                sure = many / (many + few)
                found.of_value(place, code, Suspicion(sure * 0.95, reason, column.values[usual], sure * 0.97))


def _capitals(found: Suspicions, place: int, column: Column) -> None:
    styles = [_style(value) for value in column.values]
    counts: defaultdict[str, int] = defaultdict(int)
    for code, style in enumerate(styles):
        counts[style] += int(column.counts[code])
    counts.pop("", None)
    total = sum(counts.values())
    usual = max(counts, key=lambda style: counts[style], default="")
    if total < 20 or counts[usual] < _CASE_RULES * total:
        return
    for code, style in enumerate(styles):
        if style and style != usual and counts[style] < 0.05 * total:
            meant = _restyled(column.values[code], usual)
            share = counts[usual] / total
            reason = f"{share:.0%} of the values here are written in {usual}, this one in {style}."
            likelihood = share * _oddity(column.values[code], style, usual)
            found.of_value(place, code, Suspicion(likelihood, reason, meant, 0.6))


def _oddity(value: str, style: str, usual: str) -> float:
    """Names may be acronyms; several long words in capitals are none, nor is a column all in one case by chance."""
    if style == "odd capitals" or usual != "mixed case":
        return 0.8 if style == "odd capitals" else 0.6
    return 0.65 if len(re.findall(r"[^\W\d_]{4,}", value)) > 1 else 0.45


def _style(value: str) -> str:
    letters = [char for char in value if char.isalpha() and char.lower() != char.upper()]
    if len(letters) < _SHORT:
        return ""
    if all(char.isupper() for char in letters):
        return "capitals"
    if all(char.islower() for char in letters):
        return "small letters"
    return "odd capitals" if value[:1].islower() and sum(map(str.isupper, letters)) > len(letters) / 2 else "mixed case"


def _restyled(value: str, style: str) -> str | None:
    if any(char.isdigit() for char in value):
        return None
    if style == "capitals":
        return value.upper()
    if style == "small letters":
        return value.lower()
    return value.swapcase() if _style(value) == "odd capitals" else None
