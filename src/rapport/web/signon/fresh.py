"""Sensitive changes ask who one is once more, unless one said so a few minutes ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

View = TypeVar("View", bound=Callable[..., Any])


def fresh(view: View) -> View:
    """The view runs only after a fresh log-in or confirmation; what was sent waits in the session until then."""
    return cast("View", reauthentication_required(view))


def fresh_answers(view: View) -> View:
    """Anybody looks at the page; answers to its form count only after a fresh log-in, and wait for it meanwhile."""
    guarded = fresh(view)

    @wraps(view)
    def either(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        answer: HttpResponseBase = (guarded if request.method == "POST" else view)(request, *args, **kwargs)
        return answer

    return cast("View", either)


def fresh_form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for forms with a password or secret: what was typed is not kept, the form comes again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_reauthentication_required(request, app=""):
            return view(request, *args, **kwargs)
        ways = get_adapter().get_reauthentication_methods(request.user)
        return redirect(f"{ways[0]['url']}?{urlencode({'next': request.path})}")

    return guarded
