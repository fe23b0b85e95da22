"""Recognising guests of meetings as the people and colleagues they are: by mail address, or by full name.

A few questions for however many meetings. What could mean two people means neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from rapport.core.actors import current_actor
from rapport.core.search_entries import normalise
from rapport.directory.models import Person
from rapport.directory.queries import people_by_email
from rapport.identity.models import User

from .attendees import GUEST, LINKED, Attendee, linked
from .domains import bare_address


def recognise(meetings: Iterable[list[Attendee]], *, before: Sequence[Attendee] = ()) -> None:
    """Put links in the place of guests, in place; whoever was linked `before` under the same name is so again."""
    lists = list(meetings)
    known = {one["name"]: one for one in before if one["type"] in LINKED}
    unknown = {one["name"] for attendees in lists for one in attendees if one["type"] == GUEST} - set(known)
    if unknown:
        known |= _found(unknown)
    for attendees in lists:
        attendees[:] = [known.get(one["name"], one) if one["type"] == GUEST else one for one in attendees]


def _found(written: set[str]) -> dict[str, Attendee]:
    addresses = {name: bare_address(name).lower() for name in written if "@" in name}
    names = {name: normalise(name) for name in written - set(addresses)}
    people = _people(people_by_email(current_actor(), addresses.values())) if addresses else {}
    keys = {**addresses, **names}
    known = {**people, **_people_named(names.values()), **_colleagues()}
    return {name: known[key] for name, key in keys.items() if key in known}


def _people(ids: dict[str, UUID]) -> dict[str, Attendee]:
    titles = {person.pk: person.title for person in Person.objects.filter(pk__in=set(ids.values()))}
    return {address: linked(Person.record_type, key, titles[key]) for address, key in ids.items()}


def _people_named(names: Iterable[str]) -> dict[str, Attendee]:
    """By first and last name, wherever the one ends and the other begins."""
    turned = {key: name for name in names for key in _turned(name)}
    found: dict[str, list[Person]] = defaultdict(list)
    if turned:
        for person in Person.objects.visible_to(current_actor()).filter(sort_name__in=turned):
            found[turned[person.sort_name]].append(person)
    alone = {name: people[0] for name, people in found.items() if len(people) == 1}
    return {name: linked(Person.record_type, person.pk, person.title) for name, person in alone.items()}


def _turned(name: str) -> list[str]:
    """Last name first, as people are sorted."""
    parts = name.split(" ")
    return [" ".join([*parts[place:], *parts[:place]]) for place in range(1, len(parts))]


def _colleagues() -> dict[str, Attendee]:
    """Everybody of ours, by address and by name."""
    found: dict[str, list[Attendee]] = defaultdict(list)
    for key, name, email in User.objects.values_list("pk", "name", "email"):
        for spelled in {normalise(name), (email or "").lower()} - {""}:
            found[spelled].append(linked(User.record_type, key, name))
    return {spelled: users[0] for spelled, users in found.items() if len(users) == 1}
