"""Files as analysts have them, and what runs a command on one."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def written(path: Path, head: Sequence[str], *columns: Sequence[object], delimiter: str = ",") -> Path:
    """A table in a file."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(head)
        writer.writerows(zip(*columns, strict=True))
    return path
