"""Quick start."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from ..pattern import Pattern
from ..story import Contact


def _quickly(contacts: Sequence[Contact], start: datetime) -> bool:
    return any(contact.at - start <= timedelta(days=3) for contact in contacts)


PATTERN = Pattern(
    advice=_("Get in touch within three days"),
    told=_("there was contact within three days of entering a stage"),
    undone=_("No contact in the first three days of this stage."),
    days=14,
    followed=_quickly,
)
