"""Errors of tables: `profile` on public and on spoilt tables, without labels and with twenty corrected rows."""

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality.corruption import Corrupted, corrupted, sources_disagree
from benchmarks.quality.fresh import blind
from benchmarks.quality.invented import TABLES, Columns
from benchmarks.quality.measuring import Quality, measured, quality_of, share_of, table
from rapport.quality.profiling import Finding, profile, rows_worth_correcting

LABELLED = 20
PUBLISHED = {"hospital": "0.581 / 0.965", "beers": "0.428 / 0.978"}
_FEW_ROWS = 3_000


def run(folder: Path) -> None:
    """Print the table of detection and correction."""
    print(f"\n## Errors of tables (`profile`; {LABELLED} rows corrected by hand where it says so)\n")
    head = (
        *("table", "cells wrong", "F1 rare-value rule", "precision", "recall", "F1", "proposals right", "safe wrong"),
        *(f"F1 with {LABELLED} asked rows", f"with {LABELLED} random rows", "effort"),
        "published: rules / ETSB-RNN, 20 rows",
    )
    print(table(head, [_row(name, pair) for name, pair in _pairs(folder)]))


def _pairs(folder: Path) -> Iterator[tuple[str, Corrupted]]:
    for name in ("hospital", "beers"):
        place = folder / "raha_pairs" / name
        if not place.is_dir():
            print(f"Skipped {name}: {place.name} is not in {folder.name} (set RAPPORT_DATA).")
            continue
        dirty, clean = _read(place / "dirty.csv"), _read(place / "clean.csv")
        yield name, Corrupted(dirty, dict(zip(dirty, clean.values(), strict=True)))
    for name, made in TABLES.items():
        dice = random.Random(name)
        yield f"{name} (invented)", _spoilt(name, made(dice), dice)
    path = folder / "maven_crm_opportunities" / "sales_pipeline.csv"
    if path.is_file():
        dice = random.Random("maven")
        columns = {name: values[:_FEW_ROWS] for name, values in _read(path).items()}
        yield "maven (spoilt)", corrupted(columns, share=0.04, dice=dice)
    for name, pair in blind().items():
        yield f"{name} (blind)", pair


def _spoilt(name: str, columns: Columns, dice: random.Random) -> Corrupted:
    if name == "departures":
        return sources_disagree(columns, by="site", columns=list(columns)[2:], dice=dice)
    return corrupted(columns, share=0.04, dice=dice)


def _read(path: Path) -> Columns:
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    return {name: [row[place] for row in rows] for place, name in enumerate(head)}


def _row(name: str, pair: Corrupted) -> tuple[object, ...]:
    with measured() as effort:
        found = profile(pair.dirty).findings
    quality = _quality([(finding.row, finding.column) for finding in found], pair)
    wrong = sum(len(cells) for cells in _wrong(pair).values())
    proposed = [finding for finding in found if finding.proposal is not None]
    right = np.array([_is_right(finding, pair) for finding in proposed] or [False], dtype=np.int64)
    safe_wrong = sum(finding.is_safe and not _is_right(finding, pair) for finding in proposed)
    safe = sum(finding.is_safe for finding in proposed)
    return (
        *(name, wrong, f"{_quality(_rare_values(pair.dirty), pair).f1.value:.3f}"),
        *(quality.precision, quality.recall, quality.f1, f"{share_of(right)} of {len(proposed)}"),
        *(f"{safe_wrong} of {safe}", f"{_learnt(pair, seed=None):.3f}", _over_seeds(pair), effort),
        PUBLISHED.get(name, ""),
    )


def _is_right(finding: Finding, pair: Corrupted) -> bool:
    return finding.proposal == pair.clean[finding.column][finding.row]


def _over_seeds(pair: Corrupted) -> str:
    reached = [_learnt(pair, seed=seed) for seed in range(3)]
    return f"{np.mean(reached):.3f} ± {np.std(reached):.3f}"


def _learnt(pair: Corrupted, *, seed: int | None) -> float:
    height = len(next(iter(pair.dirty.values())))
    asked = rows_worth_correcting(pair.dirty, LABELLED)
    rows = asked if seed is None else random.Random(seed).sample(range(height), min(LABELLED, height))
    right = {name: [values[row] for row in rows] for name, values in pair.clean.items()}
    found = profile(pair.dirty, labelled={"row": [str(row + 1) for row in rows], **right}).findings
    return _quality([(finding.row, finding.column) for finding in found], pair).f1.value


def _quality(found: Sequence[tuple[int, str]], pair: Corrupted) -> Quality:
    height = len(next(iter(pair.dirty.values())))
    right, mistaken, missed = (np.zeros(height, dtype=np.int64) for _count in range(3))
    wrong = _wrong(pair)
    for row, name in found:
        (right if row in wrong[name] else mistaken)[row] += 1
    for cells in wrong.values():
        for row in cells:
            missed[row] += 1
    return quality_of(right, mistaken, missed - right)


def _wrong(pair: Corrupted) -> dict[str, set[int]]:
    return {
        name: {row for row, (is_, was) in enumerate(zip(values, pair.clean[name], strict=True)) if is_ != was}
        for name, values in pair.dirty.items()
    }


def _rare_values(columns: Columns) -> list[tuple[int, str]]:
    """The simple method: what stands once in a column whose values repeat, and what is empty."""
    found = []
    for name, values in columns.items():
        counts = Counter(values)
        repeats = len(counts) < 0.2 * len(values)
        found += [(row, name) for row, value in enumerate(values) if not value or (repeats and counts[value] == 1)]
    return found
