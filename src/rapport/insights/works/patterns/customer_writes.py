"""The customer writes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ..pattern import Pattern
from ..story import Contact


def _answered(contacts: Sequence[Contact], _start: datetime) -> bool:
    return any(contact.is_incoming for contact in contacts)


PATTERN = Pattern(
    advice=_("Ask for an answer"),
    told=_("the customer wrote or called in the first two weeks of a stage"),
    undone=_("The customer has not written or called in this stage yet."),
    days=14,
    followed=_answered,
)
