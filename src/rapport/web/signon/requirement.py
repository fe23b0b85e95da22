"""Leading people to set up the second factor that their role needs; before the day it is needed they may go on."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from rapport.core.clock import today
from rapport.identity.models import User
from rapport.identity.second_factor import due_from

DUE = "second_factor_due"
_OPEN = (
    "/settings/sign-in/",
    "/settings/account/password/",
    "/login/",
    "/logout/",
    "/language/",
    "/static/",
    "/preferences/",
)


def note_due(request: HttpRequest, user: User) -> bool:
    """Keep in the session since when a second factor is missing; whether one is."""
    due = due_from(user)
    if due is None:
        request.session.pop(DUE, None)
    else:
        request.session[DUE] = due.isoformat()
    return due is not None


def due_in(request: HttpRequest) -> date | None:
    """The day kept by `note_due`."""
    kept = request.session.get(DUE)
    return date.fromisoformat(kept) if kept else None


def requiring(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whoever needs a second factor now sees only the pages on which to set one up."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        due = due_in(request) if request.user.is_authenticated else None
        if due is None or due > today() or request.path.startswith(_OPEN):
            return get_response(request)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")

    return middleware
