"""How one user signs in, and what an administrator can do about it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from rapport.web.signon.factors import ways_of
from rapport.web.signon.fresh import fresh
from rapport.web.signon.jobs import reset_path
from rapport.web.signon.mails import base_address
from rapport.web.signon.sessions import signed_in_on

from .access import needs


@require_GET
@needs("user.change")
def sign_on(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Password, second factors and sessions of a user."""
    user = _user(user_id)
    places = signed_in_on(user, session_key=request.session.session_key)
    return render(request, "settings/user_sign_on.html", {"account": user, **ways_of(user), "places": places})


@require_POST
@never_cache
@needs("user.offer_reset")
@fresh
def reset_link(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Make a reset link and show it, once."""
    user = _user(user_id)
    link = base_address(request) + reset_path(user, user.offer_reset(proof=Proof("fresh")))
    context = {"account": user, "link": link, "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
    return render(request, "settings/user_reset_link.html", context)


@require_POST
@needs("user.reset_factors")
@fresh
def reset_factors(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Forget a user's second factors, because all were lost."""
    _user(user_id).reset_factors(proof=Proof("fresh"))
    return redirect("settings-user-sign-on", user_id)


@require_POST
@needs("user.sign_out")
def sign_out(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign a user out everywhere."""
    _user(user_id).sign_out()
    return redirect("settings-user-sign-on", user_id)


def _user(user_id: UUID) -> User:
    return get_object_or_404(User.objects.visible_to(current_actor()), pk=user_id)
