"""Mails about signing on, sent behind the pages, so that no page takes longer for an address that exists."""

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from rapport.core.events import Event
from rapport.core.jobs import job
from rapport.core.reactions import reaction
from rapport.core.verbs import VERBS
from rapport.identity.models import User

from .mails import send_to


def reset_path(user: User, token: str) -> str:
    """The address at which this user sets a new password."""
    return reverse("reset-password", args=[urlsafe_base64_encode(force_bytes(user.pk)), token])


@job(label=_("Mail a reset link"))
def mail_reset_link(email: str, base: str) -> None:
    """Mail a link for a new password, if an active user has this address."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is not None:
        send_to(user, "reset", link=base + reset_path(user, default_token_generator.make_token(user)))


@reaction("user.give_password", "user.change_own_password", "user.reset_own_password")
@reaction("user.note_factor_added", "user.note_factor_removed", "user.note_recovery_code_used", "user.reset_factors")
def tell_about_sign_on(event: Event) -> None:
    """Mail the user what was changed about their signing on, and by whom."""
    user = User.objects.filter(pk=event.subject_id).first() if event.subject_id else None
    if user is not None:
        past = VERBS[event.verb].past
        send_to(user, "notice", event=event, past=past, is_own=event.actor_id == user.pk)
