"""Tables that somebody names on the command line, read by the import's own readers: CSV, XLSX, JSON in any encoding."""

import csv
import json
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.cli.console import answer, say
from rapport.cli.headings import is_a_row
from rapport.core.problems import Problem

if TYPE_CHECKING:
    from rapport.intelligence.written.numbers import Floats

BAD_INPUT = 2
_LISTED = 30
_LARGEST_SEED = 1_000_000_000


class UnreadableTable(Problem):
    """There is no table in the file."""


@dataclass(frozen=True)
class ReadTable:
    """The first table of a file: each column's texts by heading, and in which line of the file each row stands.

    `unreadable` rows were left out; `is_cut` says that the file has more rows than were to be read. Where the first
    line names no columns, it is a row too, `has_headings` is False, and columns are called “column 1” and so on.
    """

    name: str
    lines: Sequence[int]
    columns: Mapping[str, Sequence[str | None]]
    unreadable: int = 0
    is_cut: bool = False
    has_headings: bool = True


def read_table(path: Path, *, most_cells: int | None = None) -> ReadTable:
    """The first table of a file, or as many of its rows as have `most_cells` cells.

    Rows that can't be read are left out; their lines are missing from `lines`. Raises `UnreadableTable`.
    """
    from rapport.integrations.importing.reading import UnreadableFile

    _demand_file(path)
    try:
        return _read(path, most_cells)
    except UnreadableFile as problem:
        raise UnreadableTable(str(problem)) from problem


def _demand_file(path: Path) -> None:
    if path.is_dir():
        raise UnreadableTable(f"{path} is a folder. Name a file in it.")
    if not path.is_file():
        raise UnreadableTable(f"There is no file {path}. Check its name and folder.")


def _read(path: Path, most_cells: int | None) -> ReadTable:
    from rapport.integrations.importing.reading import inspect, open_rows

    tables = [table for table in inspect(path) if table.layout.columns]
    if not tables:
        raise UnreadableTable(f"There is no table in {path.name}: its first line must name the columns.")
    layout = tables[0].layout
    most = most_cells // len(layout.columns) if most_cells else None
    every = open_rows(path, layout)
    read = list(islice(every, most))
    is_cut = next(every, None) is not None
    rows = [row for row in read if not row.problem]
    columns = {
        heading: [row.cells[place] if place < len(row.cells) else None for row in rows]
        for place, heading in enumerate(layout.columns)
    }
    lines = [row.line for row in rows]
    if is_a_row(layout.columns, list(columns.values())):
        first = dict(zip(columns, layout.columns, strict=True))
        columns = {f"column {place}": [first[name], *columns[name]] for place, name in enumerate(columns, start=1)}
        return ReadTable(
            path.name, [layout.header_line, *lines], columns, len(read) - len(rows), is_cut, has_headings=False
        )
    return ReadTable(path.name, lines, columns, len(read) - len(rows), is_cut)


def refusing_bad_input(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """A command that says in a sentence what is wrong with the table it was given, and ends with status 2.

    With `--json` the same sentence is its answer, under `problem`. Whether the files are there is looked at before the
    command loads what it learns with, which takes seconds.
    """

    @wraps(run)
    def wrapped(options: Namespace) -> int:
        try:
            _demand_seed(options)
            for path in _files(options):
                _demand_file(path)
            return run(options)
        except Problem as problem:
            say(str(problem))
            if getattr(options, "json", False):
                answer(json.dumps({"problem": str(problem)}, ensure_ascii=False))
            return BAD_INPUT

    return wrapped


def _files(options: Namespace) -> list[Path]:
    named = [getattr(options, "file", None), *getattr(options, "files", ()), getattr(options, "labels", None)]
    return [path for path in named if path is not None]


def _demand_seed(options: Namespace) -> None:
    if not 0 <= getattr(options, "seed", 0) <= _LARGEST_SEED:
        raise UnreadableTable(f"--seed takes a whole number from 0 to {_LARGEST_SEED}.")


def demand_columns(table: ReadTable, names: Iterable[str]) -> None:
    """Raises `UnreadableTable` for a name that no column has; empty names are passed over."""
    for name in filter(None, names):
        if name not in table.columns:
            raise UnreadableTable(f"There is no column “{name}”. {_meant(name, table)}There are: {_listed(table)}.")


def names_in(table: ReadTable, text: str) -> list[str]:
    """Names of columns parted by commas; one whose own name holds a comma is taken as it is."""
    if text.strip() in table.columns:
        return [text.strip()]
    return [name.strip() for name in text.split(",") if name.strip()]


def tell_what_is_left_out(table: ReadTable) -> None:
    """Says how many rows of a table could not be read. Raises `UnreadableTable` where there is no row at all."""
    if not table.lines:
        raise UnreadableTable(f"{table.name} has no rows below its headings. Export it again and check that it has.")
    if table.unreadable:
        say(f"{table.unreadable} rows of {table.name} can't be read, such as for too many cells, and are left out.")
    if not table.has_headings:
        say(f"The first line of {table.name} names no columns; they are called “column 1” and so on.")


def _meant(name: str, table: ReadTable) -> str:
    plain = {column.casefold(): column for column in table.columns}
    near = get_close_matches(name.strip().casefold(), list(plain), n=1)
    return f"Did you mean “{plain[near[0]]}”? " if near else ""


def _listed(table: ReadTable) -> str:
    names = list(table.columns)
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def days_in(table: ReadTable, name: str) -> "Floats":
    """A column's dates as days since 1970, NaN where there is none or one that is mistyped, which is said.

    Raises `UnreadableTable` where hardly one can be read.
    """
    import numpy as np

    from rapport.intelligence.written import days_of, mistyped_days

    days = days_of(table.columns[name])
    if np.isnan(days).all():
        raise UnreadableTable(f"“{name}” holds no dates that can be read. Write them as 2026-11-22.")
    far = mistyped_days(days)
    if far.any():
        first = table.columns[name][int(np.flatnonzero(far)[0])]
        say(f"{int(far.sum())} rows lie far from all others in time (“{name}”: {first}) and don't count. Correct them.")
    return np.where(far, np.nan, days)


def left_out(rows: int, why: str) -> list[str]:
    """A line that says how many rows took no part; none where all did."""
    return [f"{rows} rows {why} are left out."] if rows else []


def numbers_in(table: ReadTable, name: str) -> "Floats":
    """A column's numbers, NaN where there is none. Raises `UnreadableTable` where there is no number at all."""
    import numpy as np

    from rapport.intelligence.written import numbers_of

    numbers = numbers_of(table.columns[name])
    if np.isnan(numbers).all():
        raise UnreadableTable(f"“{name}” holds no numbers. Name the column with the amounts.")
    return numbers


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file in UTF-8. Raises `UnreadableTable` where it can't be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows(rows)
    except OSError as problem:
        raise UnreadableTable(f"{path} can't be written: {problem.strerror}. Choose another folder.") from problem
