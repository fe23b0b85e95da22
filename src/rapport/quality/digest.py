"""The weekly digest: what is wrong in one's own records, and for whoever leads a team in the team's, by mail."""

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from rapport.core.actors import Actor
from rapport.identity.actors import actor_for
from rapport.identity.models import User

from .board.figures import Asked, Figures, figures_for
from .models import DigestRefusal

log = structlog.get_logger("rapport.quality")
_SHOWN = 8


def send_digests() -> int:
    """Write to everybody who reads the board, did not refuse, and has something to put right; returns how many."""
    refused = DigestRefusal.objects.values_list("user_id", flat=True)
    sent = 0
    for user in User.objects.filter(is_active=True).exclude(pk__in=refused).exclude(email="").order_by("pk"):
        actor = actor_for(user)
        if actor.may("quality.read"):
            sent += _send(user, _figures(user, actor))
    return sent


def _figures(user: User, actor: Actor) -> Figures:
    """The team's for whoever leads one, one's own for others."""
    if actor.may("team.lead") and user.team_id:
        return figures_for(actor, Asked(team_id=user.team_id))
    return figures_for(actor, Asked(owner_id=user.pk))


def _send(user: User, figures: Figures) -> int:
    if not figures.open:
        return 0
    address = f"{settings.PUBLIC_URL.rstrip('/')}/quality/" if settings.PUBLIC_URL else ""
    with translation.override(user.language):
        context = {"user": user, "figures": figures, "lines": figures.lines[:_SHOWN], "address": address}
        text = render_to_string("mails/quality_digest.txt", context).strip()
    subject, _line, body = text.partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject.strip(), body.strip() + "\n", to=[str(user.email)], headers=headers).send()
    except (SMTPException, OSError, ValueError) as problem:  # one address must not keep the mail from all others
        log.warning("digest not sent", user=str(user.pk), problem=str(problem))
        return 0
    return 1
