"""What parts with several tables share: leave out what is absent, and run each seed in turn."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

Read = TypeVar("Read")
Found = TypeVar("Found")


def present(what: str, tables: Mapping[str, Callable[[Path], Read]], folder: Path) -> Iterator[tuple[str, Read]]:
    """Name and content of each table that is there; of another, a sentence is printed."""
    for name, read in tables.items():
        try:
            content = read(folder)
        except OSError as problem:
            print(f"{problem.filename} isn't here; {what} of {name} skipped.")
            continue
        yield name, content


def over_seeds(run: Callable[[int], Found], seeds: int) -> tuple[list[Found], float]:
    """What each seed, from 1 on, came to, and how many CPU-seconds one took."""
    begun = time.process_time()
    found = [run(seed) for seed in range(1, seeds + 1)]
    return found, (time.process_time() - begun) / seeds
