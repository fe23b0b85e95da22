"""Pages of the second factor that are ours: one's own ways to sign in, a new passkey. The rest are allauth's views."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from rapport.identity.models import User

from .requirement import due_in
from .sessions import signed_in_on


@require_GET
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """How one signs in, with what second factor, and where one is signed in now."""
    user = get_object_or_404(User, pk=request.user.pk)
    context = {
        "account": user,
        "due": due_in(request),
        **ways_of(user),
        "places": signed_in_on(user, session_key=request.session.session_key),
    }
    return render(request, "settings/sign_in.html", context)


def ways_of(user: User) -> dict[str, Any]:
    """A user's second factors, as pages show them: `app`, `passkeys`, `codes_left`."""
    kinds: dict[str, list[Authenticator]] = {}
    for authenticator in Authenticator.objects.filter(user_id=user.pk).order_by("pk"):
        kinds.setdefault(authenticator.type, []).append(authenticator)
    app = kinds.get(Authenticator.Type.TOTP, [])
    codes = kinds.get(Authenticator.Type.RECOVERY_CODES, [])
    return {
        "app": app[0] if app else None,
        "passkeys": [
            {"authenticator": passkey, "name": passkey.wrap().name}
            for passkey in kinds.get(Authenticator.Type.WEBAUTHN, [])
        ],
        "has_codes": bool(codes),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
    }


class NewPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """A passkey that signs in by itself: kept on the device, and asking for finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asks the browser for such a passkey."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "form": kwargs.get("form") or context["form"], "js_data": {"creation_options": options}}
