"""What allauth asks of us: addresses, secrets, what follows a log-in. It signs nobody up, and sends no mails itself."""

import time
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rapport.core.encryption import decrypted, encrypted
from rapport.identity.client_address import client_address
from rapport.identity.models import User
from rapport.web.ui.toasts import toast

from .devices import remember_device
from .requirement import note_due
from .throttle import guess

log = structlog.get_logger("rapport.signon")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Log-ins and proving once more who one is."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Users are made by administrators, or by a sign-on provider that they set up."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **rest: Any
    ) -> None:
        """Only what went wrong: what was done is told by its event."""
        if message:
            toast(request, message, bad=True)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """None: mails follow from events (see `jobs`)."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The one way to tell addresses."""
        return client_address(request.META)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Back to the log-in, with the reason."""
        toast(request, _("This account was deactivated. Ask your administrator."), bad=True)
        return redirect("log-in")

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Compare the password; wrong ones count as guesses."""
        attempt = guess(context.request, user.email or "", kind="password")
        if attempt.begin() or not user.check_password(password):
            return False
        attempt.was_right()
        return True

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """Not for some minutes after a log-in or a confirmation."""
        request: HttpRequest = context.request
        records = get_authentication_records(request, request.user)
        last = max((record["at"] for record in records), default=0)
        return bool(time.time() - last > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def get_login_stages(self) -> list[str]:
        """After the first proof only the second step: addresses are given by administrators."""
        return ["rapport.web.signon.stages.SecondStep"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page."""
        return str(settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponseBase:
        """The browser becomes a known device of the user."""
        response: HttpResponseBase = super().post_login(request, user, **details)
        records = get_authentication_records(request, user)
        if not any(record.get("asks") for record in records) and note_due(request, user):
            response = redirect("mfa_index")
        remember_device(request, response, user.email or "")
        ways = [record.get("type") or record["method"] for record in records]
        log.info("signed in", user=str(user.pk), ways=ways)
        return response


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets encrypted at rest, our name in authenticator apps."""

    def encrypt(self, text: str) -> str:
        """As it is stored."""
        return encrypted(text, purpose="second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used."""
        return decrypted(encrypted_text, purpose="second-factor")

    def get_totp_issuer(self) -> str:
        """What authenticator apps show beside the user's address."""
        return f"Rapport ({context.request.get_host()})"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys belong to."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Rapport"}

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - allauth's name for it
        """A name for a passkey whose owner gave none."""
        return str(_("Passkey"))
