"""Asking the switch: which keys reach a call, and whether one of them is pulled."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _

from rapport.core.records import Record
from rapport.core.verbs import Call

from .problems import Stopped

INSTANCE = "instance"
STOPPED_STATE = "RP001"
"""The state (SQLSTATE) of the error with which the database refuses what a machine commits."""

_LONGEST = 100
_LINKS = ("person_id", "organisation_id", "link_id")
_PULLED = """
SELECT key FROM oversight_stopswitch WHERE is_pulled AND key = ANY(%s)
UNION ALL SELECT 'instance' WHERE NOT EXISTS (SELECT 1 FROM oversight_stopswitch WHERE key = 'instance')
"""


def action_key(action: str) -> str:
    """The key of a switch for one action."""
    return f"action:{action}"


def agent_key(agent: str) -> str:
    """The key of a switch for all that an agent does, by its name in the history."""
    return f"agent:{agent}"[:_LONGEST]


def estimator_keys(estimator: str) -> frozenset[str]:
    """The keys of switches for what one estimator or prompt computes: this version of it, and all its versions."""
    if not estimator:
        return frozenset()
    return frozenset(f"estimator:{name}"[:_LONGEST] for name in (estimator, estimator.rpartition("/")[0] or estimator))


def team_key(team_id: UUID) -> str:
    """The key of a switch for the machines of a team."""
    return f"team:{team_id}"


def record_key(record_id: UUID) -> str:
    """The key of a switch for all that concerns one record: “no machine for this person”."""
    return f"record:{record_id}"


def keys_of(call: Call) -> set[str]:
    """The switches for records that stop this call: its subject, what it is given, and whom these belong to."""
    given = [value for _name, value in call.arguments]
    subject = [] if isinstance(call.subject, type) else [call.subject]
    return {record_key(key) for key in _concerned([*subject, *given])}


def _concerned(values: Collection[Any]) -> Iterator[UUID]:
    for value in values:
        if isinstance(value, models.Model) and isinstance(value, Record):
            yield value.pk
            yield from filter(None, (value.__dict__.get(name) for name in _LINKS))
        elif isinstance(value, UUID):
            yield value
        elif isinstance(value, list | tuple | set | frozenset):
            yield from _concerned(list(value))


def pulled_among(keys: Collection[str]) -> list[str]:
    """Those of the switches that are pulled; the installation's counts as pulled when it can't be read."""
    with connection.cursor() as cursor:
        cursor.execute(_PULLED, [sorted({INSTANCE, *keys})])
        return [str(row[0]) for row in cursor.fetchall()]


def refuse_stopped(keys: Collection[str]) -> None:
    """Raise `Stopped` when one of the switches is pulled."""
    if pulled_among(keys):
        raise Stopped(_("The machine was stopped by its switch. An administrator lets it go on, under AI control."))
