"""Reading what is expected of a record: only what an actor may see."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from rapport.core.actors import Actor
from rapport.governance.dictionary import entry_of

from ..models import Expectation
from . import of_type, outlooks
from .outlook import Outlook


def may_see(outlook: Outlook, actor: Actor) -> bool:
    """Whether nothing it rests on or appears in is hidden from the actor."""
    if outlook.rests_on & actor.hidden_fields:
        return False
    return set(outlook.columns) <= set(entry_of(outlook.record_type).readable_by(actor))


def expectations_of(record_type: str, record_id: UUID, actor: Actor) -> Sequence[Expectation]:
    """What outlooks say of a record that the actor may see; those `withheld` have no number."""
    names = [one.name for one in of_type(record_type) if may_see(one, actor)]
    found = Expectation.objects.filter(record_id=record_id, outlook__in=names).select_related("estimator")
    return list(found.defer("estimator__artefact", "estimator__signature").order_by("outlook"))


def expectations_among(name: str, record_ids: Collection[UUID], actor: Actor) -> Mapping[UUID, Expectation]:
    """What one outlook says of several records with a number or more, in one question; nothing for who may not see it.

    That the records are visible to the actor is for the caller to know.
    """
    if not record_ids or not may_see(outlooks()[name], actor):
        return {}
    found = Expectation.objects.filter(outlook=name, record_id__in=record_ids, withheld="")
    return {one.record_id: one for one in found.only("record_id", "value", "detail", "as_of")}
