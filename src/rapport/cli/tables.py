"""Tables that somebody names on the command line, read by the import's own readers: CSV, XLSX, JSON in any encoding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapport.core.problems import Problem


class UnreadableTable(Problem):
    """There is no table in the file."""


@dataclass(frozen=True)
class ReadTable:
    """The first table of a file: each column's texts by heading, and in which line of the file each row stands."""

    name: str
    lines: Sequence[int]
    columns: Mapping[str, Sequence[str | None]]


def read_table(path: Path) -> ReadTable:
    """The first table of a file; raises `UnreadableTable` and the readers' own problems.

    Rows that can't be read are left out; their lines are missing from `lines`.
    """
    from rapport.integrations.importing.reading import inspect, open_rows

    if not path.is_file():
        raise UnreadableTable(f"There is no file {path}. Check its name and folder.")
    tables = [table for table in inspect(path) if table.layout.columns]
    if not tables:
        raise UnreadableTable(f"There is no table in {path.name}: its first line must name the columns.")
    layout = tables[0].layout
    rows = [row for row in open_rows(path, layout) if not row.problem]
    columns = {
        heading: [row.cells[place] if place < len(row.cells) else None for row in rows]
        for place, heading in enumerate(layout.columns)
    }
    return ReadTable(path.name, [row.line for row in rows], columns)
