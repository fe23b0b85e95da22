"""Whether the first line of a table names its columns, or is a row like the others."""

import re
from collections.abc import Sequence
from itertools import islice

_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([ T]\d{1,2}:\d{2}(:\d{2})?)?")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_NUMBER = re.compile(r"[+-]?\d[\d.,\s]*")
_YEAR = re.compile(r"(19|20)\d\d")
_LOOKED_AT = 500
_FEWEST = 10
_MOSTLY = 0.9


def is_a_row(headings: Sequence[str], columns: Sequence[Sequence[str | None]]) -> bool:
    """Whether what should be headings are values: of the kind of their columns, wherever these have a kind.

    Years and numbers alone don't tell: they may well name columns. A date or an address does, and so does a number
    beside a word that stands in its column again.
    """
    samples = [[value for value in islice(column, _LOOKED_AT) if value] for column in columns]
    if max(map(len, samples), default=0) < _FEWEST:
        return False
    kinds = [_kind_of_all(sample) for sample in samples]
    if any(kind and kind != _kind(heading) for kind, heading in zip(kinds, headings, strict=True)):
        return False
    plain = any(kind in ("date", "address") for kind in kinds)
    numbers = [heading for kind, heading in zip(kinds, headings, strict=True) if kind == "number"]
    again = any(not kind and heading in sample for kind, heading, sample in zip(kinds, headings, samples, strict=True))
    return plain or (again and any(not _YEAR.fullmatch(heading.strip()) for heading in numbers))


def _kind_of_all(values: Sequence[str]) -> str:
    """The kind that nearly all values have; empty for words."""
    found = [_kind(value) for value in values]
    most = max(set(found), key=found.count, default="")
    return most if most and found.count(most) >= _MOSTLY * len(found) else ""


def _kind(text: str) -> str:
    text = text.strip()
    kinds = {"date": _DATE, "address": _ADDRESS, "number": _NUMBER}
    return next((kind for kind, pattern in kinds.items() if pattern.fullmatch(text)), "")
