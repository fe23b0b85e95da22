"""Tables in, groups of records out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapport.core.problems import Problem

from .columns import Kind, columns_of
from .grouping import groups_of
from .pairs import Pair
from .records import MOST_ROWS as MOST_ROWS_OF_TEXTS
from .records import pairs_of_long_texts
from .rows import holds_long_texts, rows_of
from .scoring import scored_pairs
from .texts import MOST_ROWS, pairs_by_words


class NothingToCompare(Problem):
    """No column of the tables can tell records apart and together."""

    def __init__(self) -> None:
        super().__init__(
            "No column can be compared: each is empty, the same everywhere, or different in every row. "
            "Give a file with names, addresses or numbers in columns of their own."
        )


@dataclass(frozen=True)
class Table:
    """A table to look for duplicates in: its name, and its columns with one text (or None) a row."""

    name: str
    columns: Mapping[str, Sequence[str | None]]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values()), ()))


@dataclass(frozen=True)
class Matches:
    """What was found. Rows count from 0 over all tables, one after the other.

    `groups` are rows that stand for the same thing, two or more each; `pairs` those of their pairs that were compared;
    `columns` says as what each column was compared.
    """

    groups: Sequence[Sequence[int]]
    pairs: Sequence[Pair]
    columns: Mapping[str, Kind]


def match_records(tables: Sequence[Table], *, seed: int = 1) -> Matches:
    """Find what stands for the same thing: within one table, or between the first and the second of two.

    Raises `NothingToCompare`. The same tables and seed give the same answer.
    """
    border = tables[0].height if len(tables) > 1 else None
    height = sum(table.height for table in tables)
    found = _by_long_texts(tables, border, height) or _by_columns(tables, border, height, seed)
    groups = groups_of(height, found.pairs)
    return Matches(groups, _within(groups, found.pairs), found.columns)


@dataclass(frozen=True)
class _Found:
    pairs: Sequence[Pair]
    columns: Mapping[str, Kind]


def _by_long_texts(tables: Sequence[Table], border: int | None, height: int) -> _Found | None:
    """For tables with long texts in them, and for two lists of one column; None for others."""
    if height > MOST_ROWS_OF_TEXTS:
        return None
    rows = rows_of(_named_alike(tables))
    is_list = len(rows.columns) < 2
    if (is_list and border is None) or not (is_list or holds_long_texts(rows)):
        return None
    return _Found(pairs_of_long_texts(rows, border=border), dict.fromkeys(rows.columns, Kind.TEXT))


def _by_columns(tables: Sequence[Table], border: int | None, height: int, seed: int) -> _Found:
    columns = columns_of(_joined(tables))
    if not columns:
        raise NothingToCompare
    is_one_text = len(columns) == 1 and columns[0].kind is Kind.TEXT and height <= MOST_ROWS
    pairs = (
        pairs_by_words(columns[0], border=border) if is_one_text else scored_pairs(columns, border=border, seed=seed)
    )
    return _Found(pairs, {column.name: column.kind for column in columns})


def _joined(tables: Sequence[Table]) -> dict[str, list[str | None]]:
    """The columns that all tables have, one table under the other."""
    named = _named_alike(tables)
    shared = [name for name in named[0] if all(name in columns for columns in named)]
    return {name: [value for columns in named for value in columns[name]] for name in shared}


def _named_alike(tables: Sequence[Table]) -> list[Mapping[str, Sequence[str | None]]]:
    """The columns of each table, called as in the first where only capitals, blanks or signs differ."""
    usual = {heading_key(name): name for name in tables[0].columns}
    return [
        table.columns
        if number == 0
        else {usual.get(heading_key(name), name): values for name, values in table.columns.items()}
        for number, table in enumerate(tables)
    ]


def heading_key(heading: str) -> str:
    """What two headings of the same meaning have in common: "Beer_Name" and "beer name"."""
    return "".join(char for char in heading.casefold() if char.isalnum()) or heading


def _within(groups: Sequence[Sequence[int]], pairs: Sequence[Pair]) -> list[Pair]:
    group_of = {row: number for number, group in enumerate(groups) for row in group}
    return [pair for pair in pairs if group_of.get(pair.left, -1) == group_of.get(pair.right, -2)]
