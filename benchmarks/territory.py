"""A seller who sees by a territory alone: owns nothing, and everybody else's records are seen by their owners only."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import RECORD_TYPES
from rapport.identity.models import OwnedRecord, Scope, Team, Territory, TerritoryPlace, User, VisibilityRule
from rapport.identity.roles import Role

EMAIL = "territory@rapport.example"
_QUERY = "match=any&f=country:is:FR&f=country:is:DE"


@contextmanager
def member_of_a_territory() -> Iterator[User]:
    """The seller; rules and territory are there inside the block only, so that others' figures stay as they are."""
    user = User.objects.filter(email=EMAIL).first() or _make()
    withdraw()
    with transaction.atomic(), acting_as(SYSTEM):
        for model in RECORD_TYPES.values():
            if issubclass(model, OwnedRecord) and model.is_shareable:
                VisibilityRule.create(for_type=model.record_type, scope=Scope.OWNER)
        Territory.draw(name="France and Germany", query=_QUERY, members=[(user, None)])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE identity_territoryplace")
    print(f"The territory holds {TerritoryPlace.objects.count():,} organisations.", flush=True)
    try:
        yield user
    finally:
        withdraw()


def _make() -> User:
    with transaction.atomic(), acting_as(SYSTEM):
        team = Team.create(name="Territories")
        return User.create(name="Tess Territory", email=EMAIL, role=Role.SELLER, team=team)


def withdraw() -> None:
    """Take rules and territory away; a run that was killed leaves them behind."""
    with transaction.atomic(), acting_as(SYSTEM):
        for record in (*VisibilityRule.objects.all(), *Territory.objects.all()):
            record.remove()
