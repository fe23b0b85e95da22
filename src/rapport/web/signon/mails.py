"""Mails about signing on: plain text, in the language of whoever gets them."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from rapport.identity.models import User


def base_address(request: HttpRequest) -> str:
    """Scheme and host that links in mails begin with."""
    return settings.PUBLIC_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")


def send_to(user: User, template: str, **context: Any) -> None:
    """Send `mails/<template>.txt`, whose first line is the subject; nothing when the user has no address."""
    if not user.email:
        return
    with translation.override(user.language):
        text = render_to_string(f"mails/{template}.txt", {"user": user, **context}).strip()
    subject, _line, body = text.partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject.strip(), body.strip() + "\n", to=[user.email], headers=headers).send()
