"""Sessions: on which browsers a user is signed in, and how that ends. The rows are allauth's."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession

from .models import User


def sessions_of(user: User) -> list[UserSession]:
    """The sessions that still hold, those seen last first."""
    found: Iterable[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


def end_session(user: User, session_id: int) -> bool:
    """End one session of the user; False when there is none of this number."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        return False
    session.end()
    return True


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End all sessions of the user, but the one with this key; how many there were."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)
