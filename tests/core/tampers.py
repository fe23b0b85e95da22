"""Ways to tamper with a sealed history, by somebody with every right on the database; each says where it shows."""

import hmac
import random
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

from rapport.core import seal
from rapport.core.seal import Seal

Chain = list[tuple[int, int]]  # position and event, in order


@dataclass(frozen=True)
class Tamper:
    """What was done, and the position of the first link at which it must show."""

    what: str
    position: int


def tamper(chance: random.Random, chain: Chain) -> Tamper:
    """One of the ways, at some place."""
    way = chance.choice(WAYS)
    return way(chance, chain)


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _edit_event(chance: random.Random, chain: Chain) -> Tamper:
    position, event = chance.choice(chain)
    column, value = chance.choice(
        [
            ("actor_name", "'Somebody else'"),
            ("at", "at + interval '1 second'"),
            ("verb", "verb || 's'"),
            ("subject_label", "subject_label || ' '"),
            ("source", "'import'"),
            ("reason", "'because'"),
            ("actor_id", "gen_random_uuid()"),
            ("detail", "'{\"more\": 1}'"),
        ]
    )
    _run(f"UPDATE core_event SET {column} = {value} WHERE id = %s", event)
    return Tamper(f"edit {column} of event {event}", position)


def _edit_change(chance: random.Random, chain: Chain) -> Tamper:
    position, event = chance.choice(chain)
    side = chance.choice(["before", "after"])
    _run(f'UPDATE core_change SET "{side}" = \'{{"name": "Forged {chance.random()}"}}\' WHERE event_id = %s', event)
    return Tamper(f"edit {side} of event {event}", position)


def _delete_change(chance: random.Random, chain: Chain) -> Tamper:
    position, event = chance.choice(chain)
    _run("DELETE FROM core_change WHERE event_id = %s", event)
    return Tamper(f"delete the changes of event {event}", position)


def _insert_change(chance: random.Random, chain: Chain) -> Tamper:
    position, event = chance.choice(chain)
    _run(
        "INSERT INTO core_change (event_id, record_type, record_id, operation, after)"
        " VALUES (%s, 'team', gen_random_uuid(), 'create', '{}')",
        event,
    )
    return Tamper(f"insert a change into event {event}", position)


def _delete_event(chance: random.Random, chain: Chain) -> Tamper:
    position, event = chance.choice(chain)
    _run("DELETE FROM core_change WHERE event_id = %s", event)
    _run("DELETE FROM core_event WHERE id = %s", event)
    return Tamper(f"delete event {event}", position)


def _delete_link(chance: random.Random, chain: Chain) -> Tamper:
    position, _event = chance.choice(chain)
    _run("DELETE FROM core_seal WHERE position = %s", position)
    return Tamper(f"delete link {position}", position)


def _delete_event_and_link(chance: random.Random, chain: Chain) -> Tamper:
    """And close the gap, so that the positions run on."""
    position, event = chance.choice(chain)
    for table in ("core_change WHERE event_id", "core_event WHERE id", "core_seal WHERE event_id"):
        _run(f"DELETE FROM {table} = %s", event)
    _run("UPDATE core_seal SET position = -position WHERE position > %s", position)
    _run("UPDATE core_seal SET position = -position - 1 WHERE position < 0")
    return Tamper(f"delete event {event} with its link, close the gap", position)


def _insert_event(_chance: random.Random, chain: Chain) -> Tamper:
    """A copy of an event that is neither sealed nor waiting to be."""
    _run(
        "INSERT INTO core_event (at, verb, actor_kind, actor_name, subject_type, subject_label, source, reason, detail)"
        " SELECT at, verb, actor_kind, actor_name, subject_type, subject_label, source, reason, detail"
        " FROM core_event WHERE id = %s",
        chain[0][1],
    )
    return Tamper("insert an event", len(chain) + 1)


def _reorder(chance: random.Random, chain: Chain) -> Tamper:
    (first, one), (second, other) = sorted(chance.sample(chain, 2))
    _run("UPDATE core_seal SET event_id = -event_id WHERE position IN (%s, %s)", first, second)
    _run("UPDATE core_seal SET event_id = %s WHERE position = %s", other, first)
    _run("UPDATE core_seal SET event_id = %s WHERE position = %s", one, second)
    return Tamper(f"exchange links {first} and {second}", first)


def _truncate(chance: random.Random, chain: Chain) -> Tamper:
    """The end is cut off with all that belongs to it; what is left is a whole chain."""
    left = chance.randrange(1, len(chain))
    gone = [event for _position, event in chain[left:]]
    for table in ("core_change WHERE event_id", "core_event WHERE id", "core_seal WHERE event_id"):
        _run(f"DELETE FROM {table} = ANY(%s)", gone)
    return Tamper(f"cut off after {left}", left + 1)


def _rebuild(chance: random.Random, chain: Chain) -> Tamper:
    """An event is changed and the chain from there on made anew, but without the key."""
    place = chance.randrange(len(chain))
    position, event = chain[place]
    _run("UPDATE core_event SET actor_name = 'Somebody else' WHERE id = %s", event)
    before = Seal.objects.filter(position=position - 1).values_list("hash", flat=True).first()
    previous = bytes(before) if before is not None else seal.FIRST_HASH
    texts = dict(seal._canonical([event for _position, event in chain]))
    for number, key in chain[place:]:
        previous = hmac.new(b"guessed", previous + texts[key], sha256).digest()
        _run("UPDATE core_seal SET hash = %s WHERE position = %s", previous, number)
    return Tamper(f"rebuild from {position} without the key", position)


WAYS: list[Callable[[random.Random, Chain], Tamper]] = [
    _edit_event,
    _edit_change,
    _delete_change,
    _insert_change,
    _delete_event,
    _delete_link,
    _delete_event_and_link,
    _insert_event,
    _reorder,
    _truncate,
    _rebuild,
]
