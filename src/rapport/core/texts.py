"""Which characters a text may hold.

Refused are those that no page, file or database can show or keep: control characters, halves of surrogate pairs and
the code points Unicode reserves as no characters. What only ends a line in its own way is read as a line break.
All others stay exactly as they were typed, invisible ones and marks of writing direction among them.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

_TEXTS = (models.CharField, models.TextField, models.JSONField)
_UNKEPT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SHOWN_BEFORE = 20


def unkept(text: str) -> "re.Match[str] | None":
    """The first character that can't be kept, if any."""
    return None if text.isprintable() else _UNKEPT.search(text)


def without_unkept(text: str) -> str:
    """The text without such characters: for words beside an act that must not fail because of them."""
    return text if text.isprintable() else _UNKEPT.sub("", text)


def refusal_of(found: "re.Match[str]") -> str:
    """What to tell about such a character: its code, the text before it, and what to do."""
    code = f"U+{ord(found[0]):04X}" + (" NUL" if found[0] == "\x00" else "")
    before = found.string[max(0, found.start() - _SHOWN_BEFORE) : found.start()]
    sentence = _("The text holds a character that can't be shown (%(code)s, after “%(before)s”). Remove it.")
    return sentence % {"code": code, "before": before}


def unkept_in(value: Any) -> "re.Match[str] | None":
    """The same for a value with texts anywhere inside, as JSON columns hold them."""
    if isinstance(value, str):
        return unkept(value)
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        return next((found for item in value if (found := unkept_in(item))), None)
    return None


def check_texts(record: models.Model) -> None:
    """Raise `ValidationError` for each text of a record, or in its JSON, that holds such a character."""
    refused = {}
    for field in record._meta.concrete_fields:
        if isinstance(field, _TEXTS) and (found := unkept_in(getattr(record, field.attname))):
            refused[field.name] = refusal_of(found)
    if refused:
        raise ValidationError(refused)


def with_plain_line_breaks(text: str) -> str:
    """Every kind of line break as a line feed."""
    return text if text.isprintable() else _LINE_BREAKS.sub("\n", text)
