"""The import benchmark: organisations, people and opportunities from CSV files, with full history.

Rows per second of the check (dry run), of the run and of the undo, the processor time that Python and the database
spent (the steady figures on a machine that others use too), and the most memory the process took.
"""

import csv
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import words
from benchmarks.sizes import Size
from benchmarks.spending import Spent, peak_megabytes, spent_so_far
from rapport.integrations.importing import service
from rapport.integrations.importing.jobs import check_now, run_now, undo_now
from rapport.integrations.models import Import

Line = list[str]

_HEADINGS = "| step | seconds | rows/s | CPU s | DB s | rows per processor second | peak memory MB |"


def run(people: int) -> None:
    """Write the files, import them, undo the import, print the table."""
    size = Size(people)
    with tempfile.TemporaryDirectory() as folder:
        paths = list(_files(Path(folder), size))
        rows = size.organisations + size.people + size.opportunities
        subject = _started(paths)
    print(f"{rows:,} rows\n\n{_HEADINGS}\n{'|---' * 7}|", flush=True)
    spent = Spent()
    for name, step in (("check", check_now), ("run", run_now), ("undo", undo_now)):
        step_spent = _measured(step, subject)
        print(_line(name, rows, step_spent), flush=True)
        subject.refresh_from_db()
        spent += step_spent
        if name == "run":
            print(_line("check and run", rows, spent), flush=True)
            report = service.report_of(subject)
            print(f"<!-- {report.total('created'):,} created, {report.total('rejected'):,} rejected -->", flush=True)


def _measured(step: Callable[[Import], object], subject: Import) -> Spent:
    begun = spent_so_far()
    step(subject)
    return spent_so_far() - begun


def _line(step: str, rows: int, spent: Spent) -> str:
    processors = spent.python + spent.database
    return (
        f"| {step} | {spent.wall:.1f} | {rows / spent.wall:,.0f} | {spent.python:.1f} | {spent.database:.1f} "
        f"| {rows / processors:,.0f} | {peak_megabytes()} |"
    )


def _started(paths: list[Path]) -> Import:
    streams = [path.open("rb") for path in paths]
    try:
        return service.start_import([service.Upload(p.name, s) for p, s in zip(paths, streams, strict=True)])
    finally:
        for stream in streams:
            stream.close()


def _files(folder: Path, size: Size) -> Iterator[Path]:
    chance = random.Random(5)
    names = [f"{chance.choice(words.COINED)}{chance.choice(words.ENDINGS)} {n}" for n in range(size.organisations)]
    yield _write(folder / "accounts.csv", ["Account ID", "Account Name", "Industry", "Country", "Website", "Phone"],
                 (_account(n, name, chance) for n, name in enumerate(names)))  # fmt: skip
    yield _write(folder / "contacts.csv", ["Contact ID", "First Name", "Last Name", "Title", "Account Name", "Email"],
                 (_contact(n, names, chance) for n in range(size.people)))  # fmt: skip
    headings = ["Opportunity ID", "Opportunity Name", "Account Name", "Stage", "Amount", "Currency", "Close Date"]
    yield _write(folder / "opportunities.csv", headings,
                 (_opportunity(n, names, chance) for n in range(size.opportunities)))  # fmt: skip


def _write(path: Path, headings: Line, lines: Iterator[Line]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(lines)
    return path


def _account(number: int, name: str, chance: random.Random) -> Line:
    host = f"https://{name.replace(' ', '').lower()}.example"
    return [
        f"A{number}",
        name,
        chance.choice(words.INDUSTRIES),
        chance.choice(words.TOWNS)[1],
        host,
        f"+3512{number:08}",
    ]


def _contact(number: int, names: list[str], chance: random.Random) -> Line:
    first, last = chance.choice(words.FIRST), chance.choice(words.LAST)
    email = f"{first}.{last}.{number}@mail.example".lower()
    return [f"C{number}", first, last, chance.choice(words.JOBS), chance.choice(names), email]


def _opportunity(number: int, names: list[str], chance: random.Random) -> Line:
    stage = chance.choice(("Prospecting", "Qualification", "Discovery", "Proposal"))
    amount = int(chance.lognormvariate(9.5, 1.1))
    name = f"{chance.choice(words.OFFERS)} {number}"
    return [f"O{number}", name, chance.choice(names), stage, str(amount), "EUR", f"2027-{number % 12 + 1:02}-15"]
