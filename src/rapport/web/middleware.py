"""Around each request: who acts, in which language and time zone, and which events were written."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from rapport.core.actors import ANONYMOUS, Actor, acting_as
from rapport.core.events import Event, collecting_events
from rapport.identity.actors import actor_for
from rapport.identity.at_home import at_home_with
from rapport.identity.models import User

Next = Callable[[HttpRequest], HttpResponseBase]


class ActingRequest(HttpRequest):
    """What a view gets: a request with its actor and the events written during it."""

    actor: Actor
    events: list[Event]
    unread_notifications: int


def without_nul(get_response: Next) -> Next:
    """Leave NUL characters out of a page's parameters: no text in the database holds one. The API refuses them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked and not request.path_info.startswith("/api/"):
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return get_response(request)

    return middleware


def acting(get_response: Next) -> Next:
    """Set `request.actor` and `request.events`; verbs called by the view are done by that actor."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        actor = actor_for(user) if isinstance(user, User) else ANONYMOUS
        with acting_as(actor), collecting_events() as events:
            request.actor, request.events = actor, events  # type: ignore[attr-defined]
            return get_response(request)

    return middleware


def at_home(get_response: Next) -> Next:
    """Speak the user's language (a cookie chosen on the spot wins) and show times in the user's zone.

    A language we don't speak is not taken from a cookie: what pages keep by language would grow with each.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return get_response(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else user.language
        with at_home_with(user, language=language):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            return get_response(request)

    return middleware
