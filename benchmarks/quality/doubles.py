"""Duplicates: `match` on public tables whose true groups are known, beside one threshold on the likeness of rows."""

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from pyarrow import parquet
from rapidfuzz import fuzz

from benchmarks.quality.companies import names_and_groups
from benchmarks.quality.measuring import Quality, measured, quality_of, table
from rapport.quality.matching.tables import Table, match_records

Columns = dict[str, list[str | None]]
Pairs = set[tuple[int, int]]
PUBLISHED = {
    "febrl3": "splink 0.9985",
    "febrl4": "splink 0.9999",
    "splink historical (15,001 rows)": "splink with closure 0.815",
    "DBLP-ACM": "Ditto 0.99 (labelled)",
    "Fodors-Zagats": "Ditto 1.00 (labelled)",
    "iTunes-Amazon": "Ditto 0.97 (labelled)",
    "Beer": "Ditto 0.94 (labelled)",
    "Amazon-Google": "Ditto 0.76 (labelled)",
    "Dirty DBLP-ACM": "Ditto 0.99 (labelled)",
}
_THRESHOLD = 85.0
_MOST_IN_A_BLOCK = 60


@dataclass(frozen=True)
class Truth:
    """Tables, which pairs of rows (counted over all tables) are the same, and which pairs are judged (None: all)."""

    name: str
    tables: Sequence[Columns]
    same: Pairs
    judged: Pairs | None = None


def run(folder: Path) -> None:
    """Print the table of duplicates."""
    print("\n## Duplicates (`match`, no labels)\n")
    head = ("tables", "rows", "precision", "recall", "F1", "F1 of one threshold", "effort", "published")
    rows = []
    for truth in (*_febrl(folder), *_splink(folder), *_chicago(folder), *_names(), *_magellan(folder)):
        rows.append(_row(truth))
        print(f"  {truth.name} done", flush=True)
    print("\n" + table(head, rows))


def _row(truth: Truth) -> tuple[object, ...]:
    tables = [Table(f"{number}.csv", columns) for number, columns in enumerate(truth.tables)]
    with measured() as effort:
        found = match_records(tables)
    border = tables[0].height if len(tables) > 1 else None
    pairs = {
        pair
        for group in found.groups
        for pair in combinations(group, 2)
        if border is None or (pair[0] < border <= pair[1])
    }
    height = sum(part.height for part in tables)
    quality = _quality(pairs, truth, height)
    simple = _quality(_by_threshold(truth, border), truth, height)
    return (
        *(truth.name, f"{height:,}", quality.precision, quality.recall, quality.f1),
        *(f"{simple.f1.value:.3f}", effort, PUBLISHED.get(truth.name, "")),
    )


def _quality(found: Pairs, truth: Truth, height: int) -> Quality:
    if truth.judged is not None:
        found = found & truth.judged
    right, wrong, missed = (np.zeros(height, dtype=np.int64) for _count in range(3))
    for pair in found:
        (right if pair in truth.same else wrong)[pair[0]] += 1
    for pair in truth.same - found:
        missed[pair[0]] += 1
    return quality_of(right, wrong, missed)


def _by_threshold(truth: Truth, border: int | None) -> Pairs:
    """The simple method: rows that share a rare word and whose whole texts are alike beyond one threshold."""
    texts = [" ".join(filter(None, row)) for part in truth.tables for row in zip(*part.values(), strict=True)]
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        for word in set(text.lower().split()):
            blocks[word].append(row)
    pairs = {pair for rows in blocks.values() if len(rows) <= _MOST_IN_A_BLOCK for pair in combinations(rows, 2)}
    return {
        (one, other)
        for one, other in pairs
        if (border is None or one < border <= other)
        and fuzz.token_sort_ratio(texts[one], texts[other], score_cutoff=_THRESHOLD)
    }


def _febrl(folder: Path) -> Iterator[Truth]:
    place = folder / "febrl"
    if not place.is_dir():
        print("Skipped FEBRL: the folder febrl is absent.")
        return
    for number in "123":
        columns = _read(place / f"dataset{number}.csv")
        yield _grouped(f"febrl{number}", columns, [str(text).split("-")[1] for text in columns.pop("rec_id")])
    left, right = _read(place / "dataset4a.csv"), _read(place / "dataset4b.csv")
    keys = [str(text).split("-")[1] for part in (left, right) for text in part.pop("rec_id")]
    border = len(next(iter(left.values())))
    yield Truth("febrl4", [left, right], {pair for pair in _same(keys) if pair[0] < border <= pair[1]})


def _splink(folder: Path) -> Iterator[Truth]:
    place = folder / "splink_examples"
    if not place.is_dir():
        print("Skipped the tables of splink: the folder splink_examples is absent.")
        return
    columns = _read(place / "fake_1000.csv")
    columns.pop("unique_id")
    yield _grouped("splink fake_1000", columns, [str(text) for text in columns.pop("cluster")])
    rows = parquet.read_table(place / "historical_figures_with_errors_50k.parquet").slice(0, 15_001)
    texts: Columns = {
        name: [None if value is None else str(value) for value in rows.column(name).to_pylist()]
        for name in rows.column_names
        if name not in ("unique_id", "full_name")
    }
    yield _grouped("splink historical (15,001 rows)", texts, [str(text) for text in texts.pop("cluster")])


def _chicago(folder: Path) -> Iterator[Truth]:
    path = folder / "chicago_early_childhood" / "csv_example_input_with_true_ids.csv"
    if not path.is_file():
        print("Skipped Chicago: the folder chicago_early_childhood is absent.")
        return
    columns = {name: values for name, values in _read(path).items() if name in _CHICAGO}
    yield _grouped("Chicago early childhood", columns, [str(text) for text in columns.pop("True Id")])


_CHICAGO = ("True Id", "Site name", "Address", "Zip", "Phone")


def _magellan(folder: Path) -> Iterator[Truth]:
    for place in sorted((folder / "magellan_pairs_ditto").glob("*_*")):
        left: dict[str, int] = {}
        right: dict[str, int] = {}
        same, judged = set(), set()
        for part in ("train", "valid", "test"):
            for line in _lines(place / f"{part}.txt.gz"):
                one, other, label = line.rstrip("\n").split("\t")
                pair = (left.setdefault(one, len(left)), right.setdefault(other, len(right)))
                if part == "test":
                    judged.add(pair)
                    if label == "1":
                        same.add(pair)
        border = len(left)
        moved = ({(one, other + border) for one, other in pairs} for pairs in (same, judged))
        name = place.name.replace("Structured_", "").replace("_", " ")
        yield Truth(name, [_serialised(left), _serialised(right)], *moved)


def _names() -> Iterator[Truth]:
    for name, crowded in (("company names (blind)", False), ("company names, crowded (blind)", True)):
        names, groups = names_and_groups(crowded=crowded)
        yield _grouped(name, {"name": list(names)}, [str(group) for group in groups])


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return list(stream)


def _serialised(rows: Mapping[str, int]) -> Columns:
    """Rows as Ditto writes them: `COL name VAL text …`."""
    found = [dict(re.findall(r"COL (\S+) VAL (.*?)(?=\s*COL |\s*$)", row)) for row in rows]
    names = dict.fromkeys(name for row in found for name in row)
    return {name: [row.get(name) or None for row in found] for name in names}


def _grouped(name: str, columns: Columns, keys: Sequence[str]) -> Truth:
    return Truth(name, [columns], _same(keys))


def _same(keys: Sequence[str]) -> Pairs:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        groups[key].append(row)
    return {pair for rows in groups.values() for pair in combinations(rows, 2)}


def _read(path: Path) -> Columns:
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream, skipinitialspace=True)
    seen: Counter[str] = Counter()
    found: Columns = {}
    for place, name in enumerate(head):
        seen[name] += 1
        heading = name if seen[name] == 1 else f"{name} ({seen[name]})"
        found[heading] = [row[place].strip() or None if place < len(row) else None for row in rows]
    return found
