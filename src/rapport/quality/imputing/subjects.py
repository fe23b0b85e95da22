"""Which fields are estimated, and the words that describe a record for it."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapport.core.records import Record
from rapport.directory.models import Organisation, Person

_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_WORDS = 12


@dataclass(frozen=True)
class Subject:
    """A field of a record type whose missing values are estimated. `columns` are read to describe a record."""

    model: type[Record]
    field: str
    columns: Sequence[str]
    describe: Callable[[Mapping[str, Any]], Iterator[str]]
    is_number: bool = False

    @property
    def record_type(self) -> str:
        """The type of its records."""
        return str(self.model.record_type)

    def described(self, row: Mapping[str, Any]) -> list[str]:
        """A record in words; what the estimated field itself says is kept out."""
        own = f"{self.field}="
        return [word for word in self.describe(row) if not word.startswith(own)]


def _of_organisation(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _words("name", row["name"])
    yield from _words("about", row["description"])
    yield from _filled(row, ("country", "industry", "lifecycle", "source"))
    yield from _ending(row["website"])
    yield from _reached(row)
    yield from _size("employees", row["employees"])
    yield from _size("annual_revenue", row["annual_revenue"])


def _of_person(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _words("job", row["job_title"])
    yield from _words("department", row["department"])
    yield from _filled(row, ("country", "buying_role", "source", "organisation__country", "organisation__industry"))
    yield from (f"language={language}" for language in row["languages"] or ())
    yield from _reached(row)
    yield from _size("employees", row["organisation__employees"])


def _words(kind: str, text: str) -> Iterator[str]:
    yield from (f"{kind}={word}" for word in _WORD.findall((text or "").casefold())[:_MOST_WORDS])


def _filled(row: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    yield from (f"{name}={row[name]}" for name in names if row[name])


def _ending(website: str) -> Iterator[str]:
    host = re.sub(r"^\w+://|[/?#].*", "", website or "")
    if "." in host:
        yield f"ending={host.rpartition('.')[2].lower()}"


def _reached(row: Mapping[str, Any]) -> Iterator[str]:
    """The endings of e-mails, the prefixes of phones, the towns."""
    for entry in (row["emails"] or ())[:2]:
        yield from _ending(str(entry.get("value", "")).rpartition("@")[2])
    for entry in (row["phones"] or ())[:2]:
        yield f"prefix={str(entry.get('value', ''))[:3]}"
    for entry in (row["addresses"] or ())[:2]:
        yield from (f"town={entry[part]}" for part in ("city",) if entry.get(part))


def _size(name: str, number: Any) -> Iterator[str]:
    if number:
        yield f"{name}={int(math.log2(float(number) + 1))}"


_ORGANISATION = (
    *("name", "description", "country", "industry", "lifecycle", "source", "website"),
    *("emails", "phones", "addresses", "employees", "annual_revenue"),
)
_PERSON = (
    *("job_title", "department", "country", "buying_role", "source", "languages", "emails", "phones", "addresses"),
    *("organisation__country", "organisation__industry", "organisation__employees"),
)

SUBJECTS: Sequence[Subject] = (
    Subject(Organisation, "industry", _ORGANISATION, _of_organisation),
    Subject(Organisation, "country", _ORGANISATION, _of_organisation),
    Subject(Organisation, "employees", _ORGANISATION, _of_organisation, is_number=True),
    Subject(Organisation, "lifecycle", _ORGANISATION, _of_organisation),
    Subject(Person, "country", _PERSON, _of_person),
    Subject(Person, "buying_role", _PERSON, _of_person),
    Subject(Person, "department", _PERSON, _of_person),
)


def estimated_fields(record_type: str) -> frozenset[str]:
    """The names of the fields of a type that are estimated."""
    return frozenset(subject.field for subject in SUBJECTS if subject.record_type == record_type)
