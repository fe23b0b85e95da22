"""Writes the demo company into a folder: `python -m demo.generate FOLDER [--today YYYY-MM-DD] [--seed N]`."""

import argparse
import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demo.activity_tables import tables as activity_tables
from demo.aftercare import add_aftercare
from demo.agenda import add_agenda
from demo.business_tables import tables as business_tables
from demo.chance import Chance
from demo.company import Company
from demo.conversations import add_conversations
from demo.dirt import soil
from demo.leads import add_leads
from demo.opportunities import add_opportunities
from demo.orders import add_contracts, add_orders
from demo.organisations import add_organisations
from demo.people import add_people
from demo.tables import Row, Table, master_tables
from demo.team import products, users
from demo.tickets import add_tickets

PARTS = (
    add_organisations,
    add_people,
    add_opportunities,
    add_conversations,
    add_orders,
    add_contracts,
    add_tickets,
    add_aftercare,
    add_agenda,
    add_leads,
)


@dataclass(frozen=True)
class DemoFile:
    """One file: where it lies, its record type, how many rows; `mapping` only where no guess could find it."""

    path: Path
    record_type: str
    rows: int
    mapping: Mapping[str, str]


@dataclass(frozen=True)
class DemoManifest:
    """What was written, in the order of import, and how often each kind of dirt was planted."""

    today: date
    seed: int
    files: tuple[DemoFile, ...]
    dirt: Mapping[str, int]

    def file(self, name: str) -> DemoFile:
        """The file of that name."""
        return next(each for each in self.files if each.path.name == name)


def write(folder: Path, *, today: date, seed: int = 7) -> DemoManifest:
    """Write all files into `folder` (made when missing); the same seed and date give the same bytes."""
    company = found(today=today, seed=seed)
    tables = [*master_tables(company), *business_tables(company), *activity_tables(company)]
    dirt = soil(tables, company=company)
    folder.mkdir(parents=True, exist_ok=True)
    return DemoManifest(today=today, seed=seed, files=tuple(_write(table, folder) for table in tables), dirt=dirt)


def found(*, today: date, seed: int = 7) -> Company:
    """The company as it stands on that day, clean."""
    company = Company(seed=seed, today=today, chance=Chance(seed, "northmere"), users=users(), products=products())
    for add in PARTS:
        add(company)
    return company


def _write(table: Table, folder: Path) -> DemoFile:
    path = folder / table.name
    if path.suffix == ".json":
        path.write_text(json.dumps(table.rows, ensure_ascii=False, indent=1), encoding="utf-8")
    else:
        _write_csv(path, table.rows)
    return DemoFile(path=path, record_type=table.record_type, rows=len(table.rows), mapping=table.mapping)


def _write_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the demo company's export files into a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - the reader's day
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    manifest = write(arguments.folder, today=arguments.today, seed=arguments.seed)
    for each in manifest.files:
        print(f"{each.rows:6} {each.record_type:12} {each.path.name}")
    for kind, times in manifest.dirt.items():
        print(f"{times:6} {kind}")


if __name__ == "__main__":
    main()
