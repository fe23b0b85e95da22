"""Speaking."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ..pattern import Pattern
from ..story import Contact


def _speaks(contacts: Sequence[Contact], _start: datetime) -> bool:
    spoken = sum(contact.kind != "mail" for contact in contacts)
    return spoken > 0 and 2 * spoken >= len(contacts)


PATTERN = Pattern(
    advice=_("Speak rather than write"),
    told=_("at least half of the contacts in the first two weeks of a stage were calls or meetings"),
    undone=_("Most of the contacts in this stage were written."),
    days=14,
    followed=_speaks,
)
