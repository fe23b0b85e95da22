"""Whether an actor's rights reach a record, asked once per request: for some types the answer costs a query."""

from rapport.core.actors import Actor
from rapport.core.records import Record

_KEPT = "_reached_by"


def reaches(record: Record, actor: Actor) -> bool:
    """Whether the actor may change this very record, as far as the role allows the verb."""
    known: tuple[Actor, bool] | None = record.__dict__.get(_KEPT)
    if known is None or known[0] is not actor:
        known = (actor, record.may_be_changed_by(actor))
        record.__dict__[_KEPT] = known
    return known[1]
