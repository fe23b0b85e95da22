"""Users as actors: the rights a signed-in user acts with."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor, ActorKind
from rapport.core.problems import Forbidden

from .models import User
from .rights import rights_in_force
from .roles import OWN_RIGHTS, ROLE_PERMISSIONS, SEES_EVERYTHING, Role

CONSEQUENCES: list[Callable[[Actor], Actor]] = []


def in_full(actor: Actor) -> Actor:
    """The actor with what higher layers make follow from its rights."""
    for follow in CONSEQUENCES:
        actor = follow(actor)
    return actor


def actor_for(user: User, *, source: str = "web") -> Actor:
    """The actor a user is: permissions by role, own team, and for managers all teams below it."""
    role = Role(user.role)
    rights = rights_in_force(user.pk, role, user.team_id, leads_team=role is Role.MANAGER)
    actor = Actor(
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
        own_rights={kind: by_role[role] for kind, by_role in OWN_RIGHTS.items() if role in by_role},
    )
    return in_full(actor)


def actor_now(user_id: UUID | str, *, source: str = "web") -> Actor:
    """What a user may do at this moment, read anew: long work asks again before each part.

    Raises `Forbidden` when the account was closed meanwhile.
    """
    user = User._base_manager.get(pk=user_id)
    if not user.is_active:
        raise Forbidden(_("The account of “%(name)s” was closed, so this was stopped.") % {"name": user.name})
    return actor_for(user, source=source)


def refuse_if_rights_changed(actor: Actor) -> None:
    """Raise `Forbidden` when the user has other rights by now than the actor: what it was to get may be too much."""
    if actor.user_id is not None and _rights(actor_now(actor.user_id, source=actor.source)) != _rights(actor):
        raise Forbidden(_("Your rights were changed meanwhile, so this was stopped. Start it again."))


def _rights(actor: Actor) -> tuple[object, ...]:
    reach = (actor.team_ids, dict(actor.scopes), actor.shared_types, actor.territory_ids)
    return (actor.permissions, dict(actor.own_rights), actor.sees_everything, actor.hidden_fields, *reach)


def ai_acting_for(user: User, *, name: str, source: str = "ai") -> Actor:
    """A machine acting for a user: never more rights than that user."""
    own = actor_for(user)
    return replace(own, kind=ActorKind.AI, name=name, on_behalf_of=user.pk, source=source)
