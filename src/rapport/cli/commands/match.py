"""`./rapport match FILE [FILE2]`: which rows stand for the same thing."""

import json
from argparse import ArgumentParser, Namespace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say
from rapport.cli.tables import ReadTable, UnreadableTable, read_table, refusing_bad_input

if TYPE_CHECKING:
    from rapport.quality.matching.pairs import Pair
    from rapport.quality.matching.tables import Matches

_SHOWN = 20


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="a table; with a second one, both are compared"
    )
    parser.add_argument("--seed", type=int, default=1, help="for the random sample that chance is learned from")
    parser.add_argument(
        "--json", action="store_true", help="as JSON: groups of rows, pairs with their reasons, columns"
    )


def _run(options: Namespace) -> int:
    if len(options.files) > 2:
        raise UnreadableTable("At most two files can be compared. Put several into one first.")
    tables = [read_table(path) for path in options.files]
    for table in tables:
        if not table.has_headings:
            say(
                f"{table.name}: the first line names no columns; it was taken for a row, and the columns were numbered."
            )
    from rapport.quality.matching.tables import Table, match_records

    found = match_records([Table(table.name, table.columns) for table in tables], seed=options.seed)
    places = [(table, row) for table in tables for row in range(len(table.lines))]
    answer(json.dumps(_as_json(found, places), ensure_ascii=False) if options.json else _as_text(found, places))
    return 0


Place = tuple[ReadTable, int]


def _as_json(found: "Matches", places: list[Place]) -> dict[str, Any]:
    compared = {(pair.left, pair.right): pair for pair in found.pairs}
    return {
        "rows": len(places),
        "columns": found.columns,
        "groups": [[_place(places[row]) for row in group] for group in found.groups],
        "pairs": [
            _pair(places, left, right, compared.get((left, right)))
            for group in found.groups
            for left, right in combinations(group, 2)
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    """`row` counts the rows of the table from 1, `line` is that of the file."""
    table, row = place
    return {"file": table.name, "row": row + 1, "line": table.lines[row]}


def _pair(places: list[Place], left: int, right: int, pair: "Pair | None") -> dict[str, Any]:
    told: dict[str, Any] = {"left": _place(places[left]), "right": _place(places[right])}
    if pair is None:
        return told | {"probability": None, "reasons": [], "through": "others of its group"}
    reasons = [
        {"field": part.field, "left": _value(places[left], part.field), "right": _value(places[right], part.field)}
        | {"bits": part.weight}
        for part in sorted(pair.fields, key=lambda part: -abs(part.weight))
        if part.weight
    ]
    return told | {"probability": round(pair.probability, 4), "reasons": reasons}


def _value(place: Place, field: str) -> str | None:
    """What stands there; nothing for what concerns the whole row, such as all its words."""
    from rapport.quality.matching.tables import heading_key

    table, row = place
    alike = (name for name in table.columns if heading_key(name) == heading_key(field))
    name = field if field in table.columns else next(alike, None)
    return table.columns[name][row] if name is not None else None


def _as_text(found: "Matches", places: list[Place]) -> str:
    doubled = sum(len(group) - 1 for group in found.groups)
    lines = [
        f"{len(places)} rows, {len(found.groups)} groups, {doubled} rows too many.",
        f"Compared: {', '.join(found.columns)}.",
    ]
    for group in found.groups[:_SHOWN]:
        lines.append("")
        for table, row in (places[row] for row in group):
            values = [_value((table, row), name) or "" for name in found.columns]
            lines.append(f"{table.name}:{table.lines[row]}  {' | '.join(values)}")
    if len(found.groups) > _SHOWN:
        lines.append(f"\n… and {len(found.groups) - _SHOWN} more groups; --json gives all of them with reasons.")
    return "\n".join(lines)


COMMAND = Command(
    "match",
    "finds rows that stand for the same thing, without labels",
    refusing_bad_input(_run),
    _arguments,
    Needs.DJANGO,
)
