"""Users as actors: the rights a signed-in user acts with."""

from dataclasses import replace

from rapport.core.actors import Actor, ActorKind

from .models import User
from .rights import rights_in_force
from .roles import ROLE_PERMISSIONS, SEES_EVERYTHING, Role


def actor_for(user: User, *, source: str = "web") -> Actor:
    """The actor a user is: permissions by role, own team, and for managers all teams below it."""
    role = Role(user.role)
    rights = rights_in_force(user.pk, role, user.team_id, leads_team=role is Role.MANAGER)
    return Actor(
        kind=ActorKind.HUMAN,
        name=user.name,
        user_id=user.pk,
        permissions=ROLE_PERMISSIONS[role],
        team_ids=rights.team_ids,
        sees_everything=role in SEES_EVERYTHING,
        source=source,
        scopes=rights.scopes,
        hidden_fields=rights.hidden_fields,
        locked_fields=rights.locked_fields,
        shared_types=rights.shared_types,
        territory_ids=rights.territory_ids,
        edited_territory_ids=rights.edited_territory_ids,
    )


def ai_acting_for(user: User, *, name: str, source: str = "ai") -> Actor:
    """A machine acting for a user: never more rights than that user."""
    own = actor_for(user)
    return replace(own, kind=ActorKind.AI, name=name, on_behalf_of=user.pk, source=source)
