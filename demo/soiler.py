"""Chooses the rows that get dirty, and keeps the count."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from demo.chance import Chance
from demo.company import Company
from demo.sources import entries
from demo.tables import Row

LINK_HEADINGS = {
    "Account ID",
    "Account Name",
    "Parent Account",
    "Contact ID",
    "Primary Contact ID",
    "Requester Email",
    "Converted Account ID",
    "Converted Contact ID",
}
SELF_HEADINGS = {"accounts.csv": {"Account ID", "Account Name"}, "contacts.csv": {"Contact ID"}}


def empty(heading: str) -> Callable[[Row], None]:
    """A change that leaves the cell empty."""
    return lambda row: row.update({heading: ""})


def pad(heading: str) -> Callable[[Row], None]:
    """A change that puts spaces around the value."""
    return lambda row: row.update({heading: f" {row[heading]}  "})


def has(heading: str) -> Callable[[Row], bool]:
    """A test for rows with a value there."""
    return lambda row: bool(row[heading])


def _anywhere(_row: Row) -> bool:
    return True


class Soiler:
    """All files together; no row is soiled twice."""

    def __init__(self, rows: Mapping[str, list[Row]], *, company: Company) -> None:
        self.rows = rows
        self.chance: Chance = company.chance.stream("dirt")
        self.today: date = company.today
        self.planted: dict[str, int] = {}
        self.touched: set[int] = set()
        self.linked = _linked(rows)

    def on(self, file: str) -> "Rows":
        """One file to soil."""
        return Rows(self, file=file)

    def forget_amount(self, row: Row) -> None:
        """Nobody entered an amount, nor what it would be for."""
        row["Amount"] = ""
        lines = self.rows["opportunity_lines.csv"]
        lines[:] = [line for line in lines if line["Opportunity ID"] != row["Opportunity ID"]]

    def make_overdue(self, row: Row) -> None:
        """Nobody has looked at the expected close for weeks."""
        row["Expected Close"] = (self.today - timedelta(days=self.chance.whole(6, 70))).isoformat()

    def make_spam(self, row: Row) -> None:
        """Something that came through the web form and is no lead."""
        number = self.chance.whole(100, 999)
        row.update({"Company": "SEO Services", "Email": f"offers{number}@bulk{number}.example"})
        row.update({"Status": "New", "Phone": "", "Job Title": "", "Discard Reason": ""})
        row["Message"] = self.chance.pick(entries("leads", "spam"))


class Rows:
    """One file."""

    def __init__(self, soiler: Soiler, *, file: str) -> None:
        self._soiler = soiler
        self._rows = soiler.rows[file]
        self._key = next(iter(self._rows[0]))

    def plant(
        self, kind: str, *, times: int, change: Callable[[Row], None], where: Callable[[Row], bool] = _anywhere
    ) -> None:
        """Change so many fitting rows."""
        for row in self._draw(times, where=where):
            change(row)
            self._count(kind)

    def copy(
        self, kind: str, *, times: int, change: Callable[[Row], None], where: Callable[[Row], bool] = _anywhere
    ) -> None:
        """Add so many altered copies, under numbers of their own."""
        for row in self._draw(times, where=where):
            prefix, number = str(self._rows[-1][self._key]).split("-")
            twin = dict(row) | {self._key: f"{prefix}-{int(number) + 1:04d}"}
            change(twin)
            self._soiler.touched.add(id(twin))
            self._rows.append(twin)
            self._count(kind)

    def is_asked_for_by_number(self, row: Row) -> bool:
        """Whether no other row names this one by its mail address, which a copy would make ambiguous."""
        return row["Email"] not in self._soiler.linked

    def is_free(self, row: Row) -> bool:
        """Whether no other row links to this one."""
        names = (row[self._key], row.get("Account Name"), row.get("Email"))
        return not any(name in self._soiler.linked for name in names if name)

    def _draw(self, times: int, *, where: Callable[[Row], bool]) -> list[Row]:
        fitting = [row for row in self._rows if id(row) not in self._soiler.touched and where(row)]
        drawn = self._soiler.chance.sample(fitting, size=times)
        self._soiler.touched.update(id(row) for row in drawn)
        return drawn

    def _count(self, kind: str) -> None:
        self._soiler.planted[kind] = self._soiler.planted.get(kind, 0) + 1


def _linked(rows: Mapping[str, list[Row]]) -> set[str]:
    """External ids, names and mail addresses by which some row links to another."""
    return {
        value
        for file, content in rows.items()
        for row in content
        for heading, value in row.items()
        if heading in LINK_HEADINGS - SELF_HEADINGS.get(file, set()) and isinstance(value, str) and value
    }
