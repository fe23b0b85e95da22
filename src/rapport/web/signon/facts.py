"""What allauth did becomes events: the facts about signing on that history keeps and mails tell."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.core.actors import acting_as
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from rapport.web.ui.toasts import has_toasts, toast

from .requirement import note_due


@receiver([authenticator_added, authenticator_reset])
def note_added(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **rest: Any) -> None:
    """Somebody has another way to prove who they are."""
    note_due(request, _myself(user))
    with acting_as(actor_for(_myself(user))):
        _myself(user).note_factor_added(reason=name_of(authenticator), proof=Proof("fresh"))
    if not has_toasts(request):  # recovery codes come with the first factor, and are shown on the next page
        toast(request, _("Added: %(factor)s") % {"factor": name_of(authenticator)})


@receiver(authenticator_removed)
def note_removed(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **rest: Any) -> None:
    """Somebody has one way less."""
    note_due(request, _myself(user))
    with acting_as(actor_for(_myself(user))):
        _myself(user).note_factor_removed(reason=name_of(authenticator), proof=Proof("fresh"))


@receiver(authenticator_used)
def note_used(sender: Any, user: Any, authenticator: Authenticator, **rest: Any) -> None:
    """A recovery code was used: rare enough to tell."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        with acting_as(actor_for(_myself(user), source="sign-on")):
            _myself(user).note_recovery_code_used(proof=Proof("recovery code"))


@receiver(authentication_step_completed)
def renew_session(sender: Any, request: HttpRequest, **details: Any) -> None:
    """Whoever confirmed who they are goes on under a new session key."""
    if not details.get("reauthenticated"):
        return
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def name_of(authenticator: Authenticator) -> str:
    """What a second factor is called, in the reader's language."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        return _("Passkey “%(name)s”") % {"name": authenticator.wrap().name}
    if authenticator.type == Authenticator.Type.TOTP:
        return _("Authenticator app")
    return _("Recovery codes")


def _myself(user: Any) -> User:
    return User.objects.get(pk=user.pk)
