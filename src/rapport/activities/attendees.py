"""Who attends a meeting: people and colleagues by link, others by the name or address that was written.

Each entry has a name, as it was then; one that is recognised has the type and id of a person or user beside it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.records import Record
from rapport.directory.models import Person
from rapport.governance.domains import Domain, ValueProblem
from rapport.governance.domains.base import text_of
from rapport.identity.models import User

Attendee = dict[str, str]

GUEST = "guest"
LINKED = (Person.record_type, User.record_type)
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Attendees(Domain):
    """People, colleagues and guests; a guest has a name only."""

    kind: ClassVar[str] = "attendees"

    def parse(self, raw: object) -> list[Attendee] | None:
        """The list as given, or names and addresses separated by commas or semicolons."""
        given = list(raw) if isinstance(raw, list | tuple) else re.split(r"[,;\n]", text_of(raw))
        try:
            return [attendee(one) for one in given if not isinstance(one, str) or one.strip()] or None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueProblem(_("An attendee was not understood. Write names or mail addresses.")) from error

    def display(self, value: Any) -> str:
        """Their names."""
        return ", ".join(one["name"] for one in value or [])

    def export(self, value: Any) -> str:
        """Their names; whoever was linked is recognised by it again."""
        return self.display(value)


def attendee(given: Any) -> Attendee:
    """The stored form of somebody given as a record, a stored form or a text; raises `ValueError` for anything else."""
    if isinstance(given, Record):
        return linked(given.record_type, given.pk, given.title)
    if not isinstance(given, Mapping):
        return {"type": GUEST, "name": _name(given)}
    if "id" in given:
        return linked(given["type"], given["id"], given["name"])
    return {"type": GUEST, "name": _name(given["name"])}


def linked(record_type: str, key: UUID | str, name: str) -> Attendee:
    """The stored form of a person or colleague."""
    if record_type not in LINKED:
        raise ValueError(record_type)
    return {"type": record_type, "id": str(UUID(str(key))), "name": _name(name)}


def people_among(attendees: Iterable[Attendee]) -> list[UUID]:
    """The ids of the people, colleagues and guests apart."""
    return [UUID(one["id"]) for one in attendees if one["type"] == Person.record_type]


def _name(written: object) -> str:
    name = " ".join(text_of(written).replace(",", " ").replace(";", " ").split())[:_LONGEST_NAME]
    if not name:
        raise ValueError("nobody")
    return name
