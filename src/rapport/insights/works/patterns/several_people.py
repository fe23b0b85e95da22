"""Several people."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ..pattern import Pattern
from ..story import Contact


def _several(contacts: Sequence[Contact], _start: datetime) -> bool:
    return len({person for contact in contacts for person in contact.people}) > 1


PATTERN = Pattern(
    advice=_("Speak with more than one person"),
    told=_("two or more people of the customer took part in the first three weeks of a stage"),
    undone=_("At most one person of the customer took part in this stage yet."),
    days=21,
    followed=_several,
)
