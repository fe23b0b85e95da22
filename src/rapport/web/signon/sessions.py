"""Sessions: how long one lasts, where one is signed in, and signing out elsewhere."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from rapport.identity.sessions import end_session, end_sessions, sessions_of

from .fresh import fresh

NOTED_EVERY = 300  # seconds
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS")),
    *(("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


@dataclass(frozen=True)
class SignedInOn:
    """One browser on which somebody is signed in."""

    id: int
    device: str
    address: str
    since: datetime
    last_seen: datetime
    is_this: bool


def signed_in_on(user: User, *, session_key: str | None) -> list[SignedInOn]:
    """The browsers of a user, this one first."""
    found = [_described(session, session_key) for session in sessions_of(user)]
    return sorted(found, key=lambda place: not place.is_this)


def device_of(user_agent: str) -> str:
    """Browser and system in a word each; what browsers tell about themselves is rough."""
    browser = next((name for mark, name in _BROWSERS if f"{mark}/" in user_agent), _("Unknown browser"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} · {system}" if system else browser


def _described(session: UserSession, session_key: str | None) -> SignedInOn:
    return SignedInOn(
        id=session.pk,
        device=device_of(session.user_agent),
        address=session.ip,
        since=session.created_at,
        last_seen=session.last_seen_at,
        is_this=session.session_key == session_key,
    )


@require_POST
@fresh
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign out one browser of one's own."""
    user = get_object_or_404(User, pk=request.user.pk)
    if end_session(user, session_id):
        user.note_sessions_ended(reason=_("one session"), proof=Proof("fresh"))
    return redirect("mfa_index")


@require_POST
@fresh
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out every browser of one's own but this one."""
    user = get_object_or_404(User, pk=request.user.pk)
    if end_sessions(user, but=request.session.session_key):
        user.note_sessions_ended(reason=_("all other sessions"), proof=Proof("fresh"))
    return redirect("mfa_index")


def lasting(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: ends sessions that are too old or were idle too long; notes now and then where one is signed in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            _keep(request)
        return get_response(request)

    return middleware


def _keep(request: HttpRequest) -> None:
    moment = int(time.time())
    began, seen = request.session.get("began", moment), request.session.get("seen", 0)
    is_idle = seen and moment - seen > settings.SESSION_IDLE_SECONDS
    if is_idle or moment - began > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif moment - seen > NOTED_EVERY:
        request.session["began"], request.session["seen"] = began, moment
        UserSession.objects.create_from_request(request)
