"""A seller who sees by a territory alone: owns nothing, and everybody else's records are seen by their owners only."""

from django.db import transaction

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import RECORD_TYPES
from rapport.identity.models import OwnedRecord, Scope, Team, Territory, TerritoryPlace, User, VisibilityRule
from rapport.identity.roles import Role

_EMAIL = "territory@rapport.example"
_QUERY = "match=any&f=country:is:FR&f=country:is:DE"


def member_of_a_territory() -> User:
    """The seller; made with team, territory and rules when they are not there yet."""
    found = User.objects.filter(email=_EMAIL).first() or _make()
    print(f"The territory holds {TerritoryPlace.objects.count():,} organisations.", flush=True)
    return found


def _make() -> User:
    with transaction.atomic(), acting_as(SYSTEM):
        for model in RECORD_TYPES.values():
            if issubclass(model, OwnedRecord) and model.is_shareable:
                VisibilityRule.create(for_type=model.record_type, scope=Scope.OWNER)
        team = Team.create(name="Territories")
        user = User.create(name="Tess Territory", email=_EMAIL, role=Role.SELLER, team=team)
        Territory.draw(name="France and Germany", query=_QUERY, members=[(user, None)])
    return user
