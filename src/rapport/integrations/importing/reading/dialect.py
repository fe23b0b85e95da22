"""Which delimiter and quote a delimited text uses, judged by the one that gives every row the same number of cells."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace

_USUAL = (",", ";", "\t", "|", "\x1f", "^", "~", "¦", "§", "#", "!", "*", ":", "/", "&")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are set apart in a delimited text."""

    delimiter: str = ","
    quote: str = '"'
    backslash_escapes: bool = False
    space_after_delimiter: bool = False

    def parse(self, record: str) -> list[str]:
        """The cells of one record. Raises csv.Error when a quote is misplaced or stays open."""
        reader = csv.reader(
            [record],
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar="\\" if self.backslash_escapes else None,
            doublequote=not self.backslash_escapes,
            skipinitialspace=self.space_after_delimiter,
            strict=True,
        )
        return next(reader, [])


def sniff_dialect(sample: str, *, delimiter: str = "") -> Dialect:
    """The dialect of a text, from its first lines; a known delimiter isn't guessed."""
    lines = [line for line in sample.splitlines() if line.strip()][:200]
    quote = "'" if _quotes_with(lines, "'") > _quotes_with(lines, '"') else '"'
    delimiter = delimiter or _sniff_delimiter(lines, quote=quote)
    dialect = Dialect(delimiter, quote, space_after_delimiter=f"{delimiter} {quote}" in sample)
    escaping = replace(dialect, backslash_escapes=True)
    if lines and "\\" + quote in sample and _agreement(lines, escaping) > _agreement(lines, dialect):
        return escaping
    return dialect


def _quotes_with(lines: Sequence[str], quote: str) -> int:
    return sum(line.startswith(quote) or line.rstrip().endswith(quote) for line in lines if line.count(quote) > 1)


def _sniff_delimiter(lines: Sequence[str], *, quote: str) -> str:
    if not lines:
        return ","
    candidates = [mark for mark in _USUAL if mark in lines[0]]
    best, best_score = ",", 0.0
    for mark in candidates:
        score = _agreement(lines, Dialect(mark, quote))
        if score > best_score:
            best, best_score = mark, score
    return best


def _agreement(lines: Sequence[str], dialect: Dialect) -> float:
    """Share of lines with as many cells as the first; a little more for many cells and for the usual marks."""
    counts = [_cell_count(line, dialect) for line in lines]
    if counts[0] < 2:
        return 0.0
    alike = sum(count == counts[0] for count in counts) / len(counts)
    usual = 0.2 if dialect.delimiter in ",;\t|" else 0.0
    return alike + usual + min(counts[0], 50) / 1000


def _cell_count(line: str, dialect: Dialect) -> int:
    try:
        return len(dialect.parse(line))
    except csv.Error:
        return line.count(dialect.delimiter) + 1
