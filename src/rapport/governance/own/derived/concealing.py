"""What follows from what a reader must not see is hidden from that reader, too.

A formula is hidden with any field it reads. A roll-up is hidden with the fields it rolls up, and, unless an
administrator shows it to all, from everyone who does not see every record of the type that it rolls up.
"""

from dataclasses import replace

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES

from .force import in_force


def told_from(field: str) -> list[str]:
    """The derived fields that tell of a field, such as "opportunity.amount"."""
    return [f"{one.own.for_type}.{one.key}" for one in in_force().all if field in one.rests_on]


def conceal_what_follows(actor: Actor) -> Actor:
    """The actor, with what follows from what is hidden from it hidden as well."""
    derivations = in_force().all
    if not derivations:
        return actor
    partly_seen = {
        name
        for one in derivations
        for name in one.rolls_up
        if name in RECORD_TYPES and RECORD_TYPES[name].restricts(actor)
    }
    hidden = {
        f"{one.own.for_type}.{one.key}"
        for one in derivations
        if one.rests_on & actor.hidden_fields or one.rolls_up & partly_seen
    }
    if hidden <= actor.hidden_fields:
        return actor
    more = frozenset(hidden)
    return replace(actor, hidden_fields=actor.hidden_fields | more, locked_fields=actor.locked_fields | more)
