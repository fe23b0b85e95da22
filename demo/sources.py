"""Reads the small text files in `sources/`: `[section]` headings, one entry per line, columns parted by `|`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sources"
HEADING = re.compile(r"^\[(.+)\]$")


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Each section of `sources/<name>.txt` with its lines, comments and empty lines left out."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if heading := HEADING.match(line):
            lines = found.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {section: tuple(entries) for section, entries in found.items()}


@cache
def entries(name: str, section: str) -> tuple[str, ...]:
    """The lines of one section."""
    return sections(name)[section]


@cache
def rows(name: str, section: str) -> tuple[tuple[str, ...], ...]:
    """The lines of one section, split into columns."""
    return tuple(tuple(line.split("|")) for line in entries(name, section))
