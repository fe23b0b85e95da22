"""Amounts with currencies, signs of thousands, decimal commas, thousands and millions as a letter, and minus signs in
front, behind or as brackets."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from babel import Locale
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_CURRENCY = r"[A-Z]{3}\$?|[A-Z]{1,2}\$|KR\.?|ZŁ|[^\w\s.,()+-]"
_MANY = {"K": 1e3, "TSD": 1e3, "M": 1e6, "MM": 1e6, "MN": 1e6, "MIO": 1e6, "B": 1e9, "BN": 1e9, "MRD": 1e9}
_LETTERS = "|".join(sorted(_MANY, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"^(?P<open>\()?(?P<minus>-)?(?P<before>{_CURRENCY})?(?P<sign>[+-])?"
    r"(?P<digits>\d[\d.,']*|[.,]\d+)(?P<power>E[+-]?\d+)?"
    rf"(?:(?P<many>{_LETTERS})(?:(?![A-Z])|(?=[A-Z]{{3}}$))\.?)?"
    rf"(?P<behind>-)?(?P<after>{_CURRENCY})?(?P<close>\))?$"
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009_]")
_GROUPS = re.compile(r"^\d{1,3}([.,]\d{2,3})*[.,]\d{3}$")
_NO_CENTS = re.compile(r"(?<=\d)[.,]-+")
_CODE = re.compile(r"[A-Z]{3}")
_THOUSANDS = re.compile(r"^[1-9]\d{0,2}([.,]\d{3})+$")


def numbers_of(texts: Sequence[str | None]) -> Floats:
    """The number in each cell, shape (rows,); NaN where there is none."""
    plain = {text: _cleaned(text) for text in set(texts) if text}
    comma = _comma_is_decimal(plain.values())
    known = {text: _number(cleaned, comma=comma) for text, cleaned in plain.items()}
    return np.array([known.get(text or "", np.nan) for text in texts], dtype=np.float64)


def _cleaned(text: str) -> str:
    plain = _SPACES.sub("", text).replace("−", "-").replace("–", "-").replace("’", "'").upper()
    return _NO_CENTS.sub("", plain)


def _comma_is_decimal(texts: Iterable[str]) -> bool:
    """Told by the cells that leave no doubt: `1.234,50`, `12,5`. Where all are like `1,234`, commas part thousands."""
    votes = {",": 0, ".": 0}
    for text in texts:
        sign = _decimal_sign(text)
        if sign:
            votes[sign] += 1
    return votes[","] > votes["."]


def _decimal_sign(text: str) -> str:
    digits = re.sub(r"[^\d.,]", "", text)
    comma, point = digits.count(","), digits.count(".")
    if comma and point:
        return "," if digits.rfind(",") > digits.rfind(".") else "."
    if comma + point != 1:
        return {(True, False): ".", (False, True): ","}.get((comma > 1, point > 1), "")
    return "" if _THOUSANDS.match(digits) else "," if comma else "."


def _number(text: str, *, comma: bool) -> float:
    found = _AMOUNT.match(text)
    if not found or not all(_is_currency(found[place]) for place in ("before", "after")):
        return float("nan")
    digits = found["digits"].replace("'", "")
    thousands, decimal = (".", ",") if comma else (",", ".")
    whole = digits.split(decimal)[0]
    if digits.count(decimal) > 1 or (thousands in whole and not _GROUPS.match(whole)):
        return float("nan")
    digits = digits.replace(thousands, "").rstrip(decimal).replace(decimal, ".")
    number = float(digits + (found["power"] or "")) * _MANY.get(found["many"], 1.0)
    below_zero = found["open"] or found["minus"] or found["sign"] == "-" or found["behind"]
    return -number if below_zero else number


def _is_currency(text: str | None) -> bool:
    """`USD` is one; `ACC` in `ACC1001` begins a key, which is no amount."""
    code = _CODE.match(text or "")
    return code is None or code[0] in _currencies()


@cache
def _currencies() -> frozenset[str]:
    return frozenset(Locale("en").currencies)
