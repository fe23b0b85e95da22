"""Meeting soon."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ..pattern import Pattern
from ..story import Contact


def _met(contacts: Sequence[Contact], _start: datetime) -> bool:
    return any(contact.kind == "meeting" for contact in contacts)


PATTERN = Pattern(
    advice=_("Meet within two weeks"),
    told=_("there was a meeting in the first two weeks of a stage"),
    undone=_("No meeting in this stage yet."),
    days=14,
    followed=_met,
)
