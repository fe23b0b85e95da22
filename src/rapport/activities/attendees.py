"""Who attends a meeting: people and colleagues by link; others, until somebody says who they are, by what was written.

Guests written as mail addresses are recognised when the meeting is kept: one question for however many meetings.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.records import Record
from rapport.directory.models import Person
from rapport.directory.queries import people_by_email
from rapport.governance.domains import ValueProblem
from rapport.governance.domains.base import text_of
from rapport.identity.models import User

from .about import titles_of
from .domains import AboutRecords, bare_address

GUEST = "guest"
_LINKED = (Person.record_type, User.record_type)
_LINK = re.compile(rf"({'|'.join(_LINKED)}):([0-9a-f-]{{36}})")
_LONGEST_NAME = 200

Attendee = dict[str, str]


@dataclass(frozen=True)
class Attendees(AboutRecords):
    """People, colleagues and guests, stored as a list; a guest has a name and no id."""

    def parse(self, raw: object) -> list[dict[str, Any]] | None:
        """The list as given, or names, addresses and links (“person:id”) separated by commas or semicolons."""
        given = list(raw) if isinstance(raw, list | tuple) else re.split(r"[,;\n]", text_of(raw))
        try:
            found = [attendee for one in given for attendee in _read(one)]
        except (ValueError, KeyError) as error:
            raise ValueProblem(_("An attendee was not understood. Choose a person or write a name.")) from error
        return found or None

    def display(self, value: Any) -> str:
        """Their names."""
        titles = titles_of(UUID(stored["id"]) for stored in value or [] if "id" in stored)
        names = [titles.get(UUID(stored["id"])) if "id" in stored else stored["name"] for stored in value or []]
        return ", ".join(name for name in names if name)

    def export(self, value: Any) -> str:
        """What `parse` reads back."""
        links = [f"{one['type']}:{one['id']}" if "id" in one else one["name"] for one in value or []]
        return ", ".join(links)


def attendee(given: Any) -> Attendee:
    """The stored form of somebody given as a record, a stored form or a text; raises `ValueError` for anything else."""
    if isinstance(given, Record):
        return _linked(given.record_type, given.pk)
    if isinstance(given, Mapping):
        return _linked(given["type"], given["id"]) if "id" in given else _guest(given["name"])
    if isinstance(given, tuple):
        return _linked(*given)
    return _guest(given)


def recognise(meetings: Iterable[list[Attendee]]) -> None:
    """Make guests whose mail address is known the colleagues or people they are, in place."""
    lists = list(meetings)
    addresses = {address for attendees in lists for one in attendees if (address := _address_of(one))}
    if not addresses:
        return
    people = people_by_email(current_actor(), addresses)
    known = {address: _linked(Person.record_type, key) for address, key in people.items()} | _colleagues(addresses)
    for attendees in lists:
        attendees[:] = [known.get(_address_of(one), one) for one in attendees]


def _colleagues(addresses: Iterable[str]) -> dict[str, Attendee]:
    rows = User.objects.filter(email__in=list(addresses)).values_list("email", "pk")
    return {email.lower(): _linked(User.record_type, key) for email, key in rows if email}


def _address_of(one: Attendee) -> str:
    address = bare_address(one["name"]).lower() if one["type"] == GUEST else ""
    return address if "@" in address else ""


def _read(given: Any) -> Sequence[Attendee]:
    if not isinstance(given, str):
        return [attendee(given)]
    links = _LINK.findall(given)
    if links:
        return [_linked(record_type, key) for record_type, key in links]
    return [_guest(given)] if given.strip() else []


def _linked(record_type: str, key: UUID | str) -> Attendee:
    if record_type not in _LINKED:
        raise ValueError(record_type)
    return {"type": record_type, "id": str(UUID(str(key)))}


def _guest(name: object) -> Attendee:
    written = " ".join(str(name).split())[:_LONGEST_NAME]
    if not written:
        raise ValueError("nobody")
    return {"type": GUEST, "name": written}
