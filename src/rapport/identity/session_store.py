"""Sessions as Django keeps them in the database. Every page begins by reading one, so it is a question asked often."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from rapport.core.often_asked import planned_once

_FORMER_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SessionStore(db.SessionStore):
    """One session. The name is Django's too: with it what is kept is signed."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's table."""
        return Session

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was kept; a session that names Django's backend was begun before ours took its place."""
        found: dict[str, Any] = super().decode(session_data)
        if found.get(BACKEND_SESSION_KEY) == _FORMER_BACKEND:
            found[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        return found

    def _get_session_from_db(self) -> Session | None:
        found = _session(session_key=str(self.session_key), moment=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


@planned_once
def _session(*, session_key: str, moment: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=moment)
