"""Leads whose source nobody else has, so that a page that tells of it tells of them."""

from datetime import timedelta

from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.identity.models import User
from rapport.leads.models import Lead

BEFORE = timedelta(days=40)


def make_lead(owner: User | None, source: str = "Whisper") -> Lead:
    """A lead of an earlier month, whose source nobody else has."""
    with acting_as(SYSTEM):
        return Lead.create(last_name="Meyer", source=source, received_on=today() - BEFORE, owner=owner)


def told(client: Client, *words: str) -> set[str]:
    """Which of the words the page, the file or the page of a value tell."""
    texts = [client.get(f"/insights/trends/{path}").content.decode() for path in ("", "export/")]
    return {word for word in words if any(word in text for text in texts)}
