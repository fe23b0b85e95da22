"""The backend that sessions name: Django's, which finds its user by SQL that is kept, as each page begins with it."""

from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from rapport.core.often_asked import planned_once

from .models import User


class Backend(ModelBackend):
    """Who signs in with address and password."""

    def get_user(self, user_id: UUID | str) -> User | None:
        """The user of a session; None when there is none any more, or the account was closed."""
        found = _user(key=UUID(str(user_id)))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@planned_once
def _user(*, key: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=key)
