"""`./rapport profile FILE`: the errors of any table, cell by cell."""

import csv
import io
import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say, table
from rapport.cli.tables import ReadTable, read_table, refusing_bad_input

if TYPE_CHECKING:
    from rapport.quality.profiling import Finding, Profile

MOST_CELLS = 4_000_000
_SHOWN = 40
_TOO_FEW = 20
_WIDTH = 40


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a table: CSV, XLSX or JSON")
    parser.add_argument(
        "--labels",
        metavar="ROWS",
        type=Path,
        help="rows of it that somebody corrected, in the same columns, with their number in a column “row”",
    )
    parser.add_argument(
        "--ask", metavar="N", type=int, default=0, help="print instead the N rows worth correcting most, for --labels"
    )
    parser.add_argument("--seed", type=int, default=1, help="for what is learned from labels")
    parser.add_argument("--json", action="store_true", help="as JSON: columns, dependencies and every suspected cell")


def _run(options: Namespace) -> int:
    read = read_table(options.file, most_cells=MOST_CELLS)
    from rapport.quality.profiling import profile, rows_worth_correcting

    limits = _limits(read)
    if options.ask:
        answer(_as_csv(read, rows_worth_correcting(read.columns, options.ask)))
        return 0
    labelled = read_table(options.labels).columns if options.labels else None
    found = profile(read.columns, labelled=labelled, seed=options.seed)
    if options.json:
        answer(json.dumps(_as_json(found, read, limits), ensure_ascii=False))
    else:
        for limit in limits:
            say(limit)
        answer(_as_text(found, read))
    return 0


def _limits(read: ReadTable) -> list[str]:
    limits = []
    if not read.has_headings:
        limits.append("The first line names no columns: it was taken for a row, and the columns were numbered.")
    if read.is_cut:
        limits.append(f"The file is long: its first {len(read.lines):,} rows were looked at.")
    if read.unreadable:
        limits.append(f"{read.unreadable:,} rows can't be read and were left out; an import would name them.")
    if len(read.lines) < _TOO_FEW:
        limits.append(f"The table has {len(read.lines)} rows: too few to tell what is usual in it.")
    return limits


def _as_csv(read: ReadTable, rows: list[int]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["row", *read.columns])
    for row in sorted(rows):
        writer.writerow([row + 1, *(values[row] for values in read.columns.values())])
    return written.getvalue().removesuffix("\n")


def _as_json(found: "Profile", read: ReadTable, limits: list[str]) -> dict[str, Any]:
    """`row` counts the rows of the table from 1, `line` is that of the file."""
    return {
        "file": read.name,
        "rows": found.rows,
        "limits": limits,
        "columns": [asdict(column) for column in found.columns],
        "dependencies": [asdict(dependency) for dependency in found.dependencies],
        "cells": [_cell(finding, read) for finding in found.findings],
    }


def _cell(finding: "Finding", read: ReadTable) -> dict[str, Any]:
    told = asdict(finding)
    told["safe"] = told.pop("is_safe")
    return told | {"row": finding.row + 1, "line": read.lines[finding.row]}


def _as_text(found: "Profile", read: ReadTable) -> str:
    cells = found.rows * len(found.columns)
    lines = [
        f"{found.rows:,} rows, {len(found.columns)} columns, {len(found.findings):,} of {cells:,} cells suspected."
    ]
    columns = [
        [column.name[:_WIDTH], column.kind, f"{column.filled:,}", f"{column.different:,}", f"{column.wrong:,}"]
        for column in found.columns
    ]
    lines += ["", table([["column", "holds", "filled", "different", "suspected"], *columns])]
    if found.dependencies:
        strong = [f"{one.left} → {one.right} ({one.share:.1%})" for one in found.dependencies[:_SHOWN]]
        lines += ["", "Columns that tell others: " + "; ".join(strong) + "."]
    surest = sorted(found.findings, key=lambda finding: -finding.likelihood)[:_SHOWN]
    for finding in surest:
        lines += ["", *_finding_lines(finding, read)]
    if len(found.findings) > _SHOWN:
        lines.append(f"\n… and {len(found.findings) - _SHOWN:,} more cells; --json gives all of them.")
    return "\n".join(lines)


def _finding_lines(finding: "Finding", read: ReadTable) -> list[str]:
    place = f"{read.name}:{read.lines[finding.row]}  {finding.column}"
    lines = [
        f"{place}  “{finding.value[:_WIDTH]}”  {finding.verdict} ({finding.likelihood:.0%})",
        f"    {finding.reason}",
    ]
    if finding.proposal is not None:
        meant = f"“{finding.proposal[:_WIDTH]}”" if finding.proposal else "leave it empty"
        lines.append(f"    Proposal: {meant} ({finding.confidence:.0%}{', safe' if finding.is_safe else ''})")
    return lines


COMMAND = Command(
    "profile", "finds the errors of any table, cell by cell", refusing_bad_input(_run), _arguments, Needs.DJANGO
)
