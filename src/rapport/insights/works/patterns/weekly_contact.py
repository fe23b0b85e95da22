"""In touch every week."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ..pattern import Pattern
from ..story import Contact


def _each_week(contacts: Sequence[Contact], start: datetime) -> bool:
    return {(contact.at - start).days // 7 for contact in contacts} >= {0, 1, 2}


PATTERN = Pattern(
    advice=_("Be in touch every week"),
    told=_("there was contact with the customer in each of the first three weeks of a stage"),
    undone=_("No contact in one of the weeks of this stage yet."),
    days=21,
    followed=_each_week,
)
