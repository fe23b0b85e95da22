"""Reach beyond owner and team: records that lie in one's territories, and single records shared with oneself.

An actor that has neither costs nothing: no condition is added.
"""

from uuid import UUID

from django.db.models import OuterRef, Q

from rapport.core.actors import Actor
from rapport.core.scopes import ExistsInShortTable

from .share import shares_in_force
from .territory import TerritoryPlace


def reach_beyond(actor: Actor, record_type: str, *, territory_path: str) -> Q:
    """The condition for records seen by share or territory; empty when there is neither."""
    reach = Q()
    if record_type in actor.shared_types:
        reach |= Q(pk__in=shares_in_force(actor, record_type).values("record_id"))
    if actor.territory_ids and territory_path:
        places = TerritoryPlace.objects.filter(territory_id__in=actor.territory_ids, record_id=OuterRef(territory_path))
        reach |= Q(ExistsInShortTable(places))
    return reach


def may_edit_beyond(actor: Actor, record_type: str, record_id: UUID, organisation_id: UUID | None) -> bool:
    """Whether a share or a territory lets the actor edit a record; asks only where there is one."""
    if record_type in actor.shared_types:
        editable = shares_in_force(actor, record_type).filter(record_id=record_id, may_edit=True)
        if editable.exists():
            return True
    if not actor.edited_territory_ids or organisation_id is None:
        return False
    places = TerritoryPlace.objects.filter(territory_id__in=actor.edited_territory_ids, record_id=organisation_id)
    return places.exists()
