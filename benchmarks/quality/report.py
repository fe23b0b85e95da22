"""`./rapport bench quality`: every part in turn, each with a table in Markdown."""

import sys
from collections.abc import Callable

from benchmarks.public import public_tables

PARTS = ("tables", "values", "duplicates", "records", "imputation")


def run(part: str) -> None:
    """Measure one part, or all of them (`all`)."""
    from benchmarks.quality import detecting, doubles, filling_in, judging, on_record

    if part not in (*PARTS, "all"):
        sys.exit(f"There is no part {part}; there are {', '.join(PARTS)} and all.")
    folder = public_tables()
    if not folder.is_dir():
        print("The public tables aren't here, so only invented ones are measured; RAPPORT_DATA names their folder.")
    measures: dict[str, Callable[[], None]] = {
        "tables": lambda: detecting.run(folder),
        "values": judging.run,
        "duplicates": lambda: doubles.run(folder),
        "records": on_record.run,
        "imputation": lambda: filling_in.run(folder),
    }
    for name in PARTS if part == "all" else (part,):
        measures[name]()
