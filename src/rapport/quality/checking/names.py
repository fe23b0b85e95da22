"""Names of people: placeholders, capitals, family name first, titles and what is no name at all."""

import re

from django.utils.translation import gettext as _

from .verdict import Context, Verdict, bad, doubtful, good
from .words import words as listed

PLACEHOLDERS = listed("placeholders")
_TITLES = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|m|mme|mlle|herr|frau|sr|sra|dra|eng|dipl\.?-ing)\.?\s+(?=\S)", re.IGNORECASE
)
_SMALL = listed("small_name_words")
_NOT_IN_NAMES = re.compile(r"[0-9@#$%^&*=+<>{}\[\]\\|~_/]")
_MARKS = re.compile(r"([\s'’-])")


def check_name(value: str, context: Context) -> Verdict:
    """Judge the name of a person."""
    del context
    text = " ".join(value.split())
    if text.casefold() in PLACEHOLDERS or set(text.casefold().split()) <= PLACEHOLDERS:
        return bad(_("It stands in the place of a name."), confidence=0.97, code="none")
    if _NOT_IN_NAMES.search(text):
        return bad(_("It holds signs that no name has."), confidence=0.95, code="none")
    if len(set(text.casefold()) - {" "}) == 1:
        return bad(
            _("It is one letter again and again.") if len(text) > 1 else _("It is a single letter."),
            confidence=0.9,
            code="none",
        )
    return _rewritten(value, text) or good(value, text, _("It can be a name."))


def _rewritten(value: str, text: str) -> Verdict | None:
    turned = _turned(text)
    bare = _TITLES.sub("", turned)
    cased = _cased(bare)
    if bare != turned:
        return doubtful(_("A title stands before the name."), cased, confidence=0.9, code="order")
    if turned != text:
        return doubtful(_("The family name stands first."), cased, confidence=0.95, code="order")
    if cased != text:
        reason = _("It is written in capitals only.") if text.isupper() else _("It is written in small letters.")
        return doubtful(reason, cased, confidence=0.9, code="case")
    return None


def _turned(text: str) -> str:
    """`Dupont, Jean` as people say it."""
    family, comma, given = text.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() and family.strip() else text


def _cased(text: str) -> str:
    """Capitals at the beginnings of words, where a name is all in one case; `DUPONT Jean` keeps neither as it is."""
    words = text.split()
    shouted = [word for word in words if len(word) > 2 and word.isupper()]
    if text.islower() or text.isupper():
        return " ".join(_word(word, is_first=place == 0) for place, word in enumerate(words))
    return " ".join(_word(word, is_first=True) if word in shouted else word for word in words)


def _word(word: str, *, is_first: bool) -> str:
    if not is_first and word.casefold() in _SMALL:
        return word.lower()
    parts = [part if _MARKS.fullmatch(part) else _part(part) for part in _MARKS.split(word)]
    return "".join(parts)


def _part(part: str) -> str:
    lowered = part.lower()
    if lowered.startswith("mc") and len(lowered) > 3:
        return f"Mc{lowered[2:].capitalize()}"
    return lowered.capitalize()
