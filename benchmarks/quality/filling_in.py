"""Imputation: known values of public and invented tables are hidden and guessed."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.invented import Columns, customers, taxpayers
from benchmarks.quality.measuring import measured, table
from rapport.quality.imputing.measuring import measure

_MOST_ROWS = 4_000
_PUBLIC = (
    ("maven_crm_opportunities/accounts.csv", ("sector", "office_location")),
    ("telco_churn_ibm", ("InternetService", "Contract")),
    ("x_education_leads", ("What is your current occupation", "City")),
)


def run(folder: Path) -> None:
    """Print the table of guesses."""
    print("\n## Imputation (known values hidden in five parts)\n")
    head = (
        "field",
        "known",
        "most frequent",
        "single nearest",
        "ours, all",
        "share sure enough",
        "of those right",
        "effort",
    )
    print(table(head, [_row(name, columns, field) for name, columns, field in _fields(folder)]))


def _fields(folder: Path) -> Iterator[tuple[str, Columns, str]]:
    yield "invented taxpayers", taxpayers(random.Random(1)), "state"
    yield "invented customers", customers(random.Random(1)), "industry"
    for place, fields in _PUBLIC:
        path = folder / place
        files = [path] if path.is_file() else sorted(path.glob("*.csv"))
        if not files:
            print(f"Skipped {place}: it is absent.")
            continue
        columns = _read(files[0])
        yield from ((place.partition("/")[0], columns, field) for field in fields if field in columns)


def _read(path: Path) -> Columns:
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    return {name: [row[place] for row in rows[:_MOST_ROWS]] for place, name in enumerate(head)}


def _row(name: str, columns: Columns, field: str) -> tuple[object, ...]:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    known = [row for row in rows[:_MOST_ROWS] if row[field] not in ("", "Select")]
    described = [list(_words(row, field)) for row in known]
    with measured() as effort:
        found = measure(described, [row[field] for row in known]).figures
    shown = ("–", "abstains") if found.abstains else (f"{found.shown:.3f}", f"{found.right_when_shown:.3f}")
    simple = (f"{found.most_frequent:.3f}", f"{found.single_nearest:.3f}", f"{found.right:.3f}")
    return (f"{name}: {field}", f"{found.known:,}", *simple, *shown, effort)


def _words(row: dict[str, str], field: str) -> Iterator[str]:
    for name, text in row.items():
        if name != field and text:
            yield f"{name}={text}"
            yield from (f"{name}~{word}" for word in text.split()[:6] if len(word) > 2)
