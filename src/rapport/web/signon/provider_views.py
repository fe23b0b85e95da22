"""Signing in through a provider: out to its page, and back."""

from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rapport.core.actors import acting_as
from rapport.core.problems import Problem
from rapport.identity.actors import actor_for
from rapport.identity.models import SignOnProvider
from rapport.identity.models.signs_on import Proof
from rapport.web.ui.toasts import toast

from .mails import base_address
from .openid import begin, finish
from .stages import ELSEWHERE
from .vouched import user_for

KEPT = "sign_on_provider"


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Send the browser to the provider."""
    provider = get_object_or_404(SignOnProvider, pk=provider_id, is_active=True)
    try:
        address, kept = begin(provider, return_to=return_address(request))
    except Problem as problem:
        return _back(request, problem)
    asked = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    request.session[KEPT] = {**kept, "provider": str(provider.pk), "next": asked if here else ""}
    return redirect(address)


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """The provider sent the browser back: sign the user in, or say why not."""
    kept = request.session.pop(KEPT, None)
    try:
        if kept is None:
            raise Problem(_("This sign-in was not begun here, or is too old. Begin again."))
        provider = get_object_or_404(SignOnProvider, pk=kept["provider"], is_active=True)
        claims = finish(provider, kept=kept, answer=request.GET.dict(), return_to=return_address(request))
        user = user_for(provider, claims)
    except Problem as problem:
        return _back(request, problem)
    with acting_as(actor_for(user, source="sign-on")):
        user.note_provider_used(reason=provider.name, proof=Proof("provider"))
    record_authentication(request, user, "provider", name=provider.name, asks=provider.asks_second_factor)
    state = {ELSEWHERE: provider.asks_second_factor}
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=kept["next"] or None, state=state))
    return response


def return_address(request: HttpRequest) -> str:
    """The address that the provider must know as ours."""
    return base_address(request) + reverse("provider-return")


def _back(request: HttpRequest, problem: Problem) -> HttpResponse:
    toast(request, str(problem), bad=True)
    return redirect("log-in")
