"""The choices of an own field: a code each, which is stored and never changes, and a label, which may."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from rapport.core.search_entries import normalise

from ..domains import Domain, ValueProblem
from ..domains.base import text_of

_LONGEST_KEY = 50
_MOST_CHOICES = 200
Choice = dict[str, str]


class Choices(Domain):
    """The choices of a field, written one to a line."""

    kind: ClassVar[str] = "choices"

    def parse(self, raw: object) -> list[Choice]:
        """Choices from lines of labels, or as they are stored."""
        given = raw if isinstance(raw, list) else text_of(raw).splitlines()
        if not all(isinstance(item, str | dict) for item in given):
            raise ValueProblem(gettext("Write one choice to a line."))
        try:
            return read_choices([text_of(item) if isinstance(item, str) else item for item in given])
        except ValidationError as refusal:
            raise ValueProblem(" ".join(refusal.messages)) from refusal

    def display(self, value: Any) -> str:
        """Their labels."""
        return ", ".join(choice["label"] for choice in value or [])

    def export(self, value: Any) -> str:
        """Their labels, one to a line."""
        return "\n".join(choice["label"] for choice in value or [])


def read_choices(given: Any) -> list[Choice]:
    """Choices with a code each, from labels or from choices that have codes already; raises `ValidationError`."""
    choices: list[Choice] = []
    for item in given or []:
        choice = {"label": str(item)} if isinstance(item, str) else {name: str(item[name]) for name in item}
        label = " ".join(choice.get("label", "").split())[:80]
        if label:
            taken = {known["code"] for known in choices}
            choices.append({"code": choice.get("code") or free(slug(label, "choice"), taken), "label": label})
    labels = [normalise(choice["label"]) for choice in choices]
    if not choices:
        raise ValidationError({"choices": gettext("Write at least one choice.")})
    if len(set(labels)) < len(labels):
        raise ValidationError({"choices": gettext("Two choices are called the same. Rename one of them.")})
    if len(choices) > _MOST_CHOICES:
        raise ValidationError({"choices": gettext("At most %(most)d choices fit.") % {"most": _MOST_CHOICES}})
    return choices


def free(wanted: str, taken: set[str]) -> str:
    """`wanted`, with a number behind it if it is taken."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def slug(label: str, otherwise: str) -> str:
    """A label as part of a key."""
    words = re.sub(r"[^a-z0-9]+", "_", normalise(label)).strip("_")
    return words[:_LONGEST_KEY].strip("_") or otherwise
