"""Tables that somebody names on the command line, read by the import's own readers: CSV, XLSX, JSON in any encoding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rapport.core.problems import Problem


class UnreadableTable(Problem):
    """There is no table in the file."""


@dataclass(frozen=True)
class ReadTable:
    """The first table of a file: each column's texts by heading, and in which line of the file each row stands.

    `unreadable` rows were left out; `is_cut` says that the file has more rows than were to be read.
    """

    name: str
    lines: Sequence[int]
    columns: Mapping[str, Sequence[str | None]]
    unreadable: int = 0
    is_cut: bool = False


def read_table(path: Path, *, most_cells: int | None = None) -> ReadTable:
    """The first table of a file, or as many of its rows as have `most_cells` cells.

    Rows that can't be read are left out; their lines are missing from `lines`. Raises `UnreadableTable`.
    """
    from rapport.integrations.importing.reading import UnreadableFile

    if not path.is_file():
        raise UnreadableTable(f"There is no file {path}. Check its name and folder.")
    try:
        return _read(path, most_cells)
    except UnreadableFile as problem:
        raise UnreadableTable(str(problem)) from problem


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
    return ReadTable(path.name, [row.line for row in rows], columns, len(read) - len(rows), is_cut)
