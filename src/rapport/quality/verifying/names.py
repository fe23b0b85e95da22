"""Names in each other's place, while they are typed."""

import re

from django.utils.translation import gettext as _

from ..checking import Verdict
from ..checking.verdict import doubtful
from ..swapping import swapped
from .question import Question

SWAPPED = "swapped"
OTHER_NAME = {"first_name": "last_name", "last_name": "first_name"}
_TYPES = frozenset({"person", "lead"})
_ADDRESS = re.compile(r"[^\s'\"<>]+@[^\s'\"<>]+")


def in_each_others_place(question: Question) -> Verdict | None:
    """Whether first and last name are the wrong way round; the other name is proposed, to be taken with this one."""
    name = question.field.name
    if question.record_type not in _TYPES or name not in OTHER_NAME:
        return None
    other = question.others.get(OTHER_NAME[name], "").strip()
    typed = question.text.strip()
    first, last = (typed, other) if name == "first_name" else (other, typed)
    sure = swapped(first, last, _addresses(question))
    if not sure:
        return None
    reason = _("First and last name are probably the wrong way round.")
    return doubtful(reason, other, confidence=sure, code=SWAPPED)


def _addresses(question: Question) -> list[str]:
    return [found for name in ("email", "emails") for found in _ADDRESS.findall(question.others.get(name, ""))]
