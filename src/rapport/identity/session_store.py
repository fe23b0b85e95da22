"""Sessions as Django keeps them in the database. Every page begins by reading one, so it is a question asked often."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from rapport.core.often_asked import often_asked


class SessionStore(db.SessionStore):
    """One session. The name is Django's too: with it what is kept is signed."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _session(session_key=str(self.session_key), moment=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


@often_asked
def _session(*, session_key: str, moment: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=moment)
