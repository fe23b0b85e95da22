"""What a value looks like, whatever it says."""

import math
import re
import unicodedata

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WITH_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[.\s'’]\d{3})+)(?:,\d+)?")
_WITH_UNIT = re.compile(
    r"\s*(?P<before>[^\w\s.,+-]?)\s*(?P<number>[+-]?[\d][\d.,]*)\s*(?P<after>[^\d\-,;:/_]*(-?[a-z]+)?)", re.I
)
_NATURAL = re.compile(r"[^\W\d_]+(?:['’.,&/()\s-]+[^\W\d_]*)*")
_MIXED = re.compile(r"\w*(?:\d[^\W\d_]|[^\W\d_]\d)\w*")


def shape(text: str) -> str:
    """Digits as 9 (how many: 9999), letters as a or A, a run as one; other signs as they are.

    >>> shape("12/02/2011 6:55 a.m.")
    '99/99/9999 9:99 a.a.'
    """
    signs = []
    for char in text:
        if char.isdigit():
            signs.append("9")
        elif char.isalpha():
            kind = "A" if char.isupper() else "a"
            if not signs or signs[-1] != kind:
                signs.append(kind)
        else:
            signs.append(char)
    return "".join(signs)


def outline(text: str) -> str:
    """A coarser shape: words with what stands between them as a, digits as 9 however many, a mixture as x.

    >>> outline("12.0 oz."), outline("O'Neil & Sons (Leeds)"), outline("1C1I7A6R")
    ('9.9 a', 'a', 'x')
    """
    plain = _NATURAL.sub("a", _MIXED.sub("§", text))
    return re.sub(r"\s+", " ", re.sub(r"\d+", "9", plain)).replace("§", "x").strip()


def squeezed(text: str) -> str:
    """Small letters and digits alone, without accents: what is left when only the writing differs."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if char.isalnum())


def number_of(text: str) -> float:
    """The number a text is, NaN when it is none; thousands may be parted by commas."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return math.nan
    number = float(text.replace(",", ""))
    return number if math.isfinite(number) else math.nan


def number_with_comma(text: str) -> float:
    """The number a text is where a comma parts the decimals, and dots or blanks the thousands; NaN when it is none."""
    text = text.strip()
    if not _WITH_COMMA.fullmatch(text):
        return math.nan
    return number_of(re.sub(r"[.\s'’]", "", text).replace(",", "."))


def number_with_unit(text: str) -> tuple[str, str] | None:
    """A number and the unit before or after it (`("12.0", "oz.")`), None where there is no such thing."""
    found = _WITH_UNIT.fullmatch(text)
    if not found or not (found["before"] or found["after"].strip()):
        return None
    return found["number"], (found["before"] + " " + found["after"]).strip()
