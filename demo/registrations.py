"""VAT numbers that pass their country's checksum, company numbers and telephone numbers, all drawn by chance.

The checksum rules are those the tax offices publish for the VAT information exchange system. A number may by chance
be somebody's; it stands for nobody.
"""

from collections.abc import Callable, Sequence
from string import ascii_uppercase

from demo.chance import Chance
from demo.sources import entries


def vat_number(country: str, *, chance: Chance) -> str:
    """A VAT number with a valid checksum, or nothing where the country has none."""
    maker = _MAKERS.get(country)
    return maker(chance) if maker else ""


def company_number(country: str, *, vat: str, chance: Chance) -> str:
    """The number in the trade register, in the form of the country; nothing where it is the VAT number."""
    if country == "FR":
        return vat[4:]
    if country == "GB":
        return f"{chance.whole(2_000_000, 14_999_999):08d}"
    if country == "DE":
        return f"HRB {chance.whole(1_000, 99_999)}"
    return vat[2:] if country in {"PT", "ES", "DK", "BE"} else ""


def telephone(country: str, *, kind: str, chance: Chance) -> str:
    """A number from a range nobody answers in; `kind` is phones or mobiles."""
    pattern = chance.pick(entries("places", f"{kind}.{country}"))
    return "".join(str(chance.whole(0, 9)) if sign == "#" else sign for sign in pattern)


def _digits(chance: Chance, *, count: int, first: int = 1) -> list[int]:
    return [chance.whole(first, 9), *(chance.whole(0, 9) for _ in range(count - 1))]


def _text(digits: Sequence[int]) -> str:
    return "".join(map(str, digits))


def _weighted(digits: Sequence[int], *, weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))


def _luhn(digits: Sequence[int]) -> int:
    """The digit that completes a number of even length after Luhn."""
    doubled = [digit * 2 if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))]
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10


def _france(chance: Chance) -> str:
    digits = _digits(chance, count=8, first=3)
    siren = _text([*digits, _luhn(digits)])
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def _portugal(chance: Chance) -> str:
    digits = [5, *_digits(chance, count=7, first=0)]
    check = 11 - _weighted(digits, weights=range(9, 1, -1)) % 11
    return f"PT{_text(digits)}{check if check < 10 else 0}"


def _britain(chance: Chance) -> str:
    digits = _digits(chance, count=7)
    check = -_weighted(digits, weights=range(8, 1, -1)) % 97
    return f"GB{_text(digits)}{check or 97:02d}"


def _germany(chance: Chance) -> str:
    digits = _digits(chance, count=8)
    remainder = 10
    for digit in digits:
        remainder = ((remainder + digit) % 10 or 10) * 2 % 11
    return f"DE{_text(digits)}{(11 - remainder) % 10}"


def _spain(chance: Chance) -> str:
    digits = _digits(chance, count=7, first=0)
    return f"ES{chance.pick('AB')}{_text(digits)}{_luhn(digits)}"


def _italy(chance: Chance) -> str:
    digits = [*_digits(chance, count=7, first=0), *chance.pick(((0, 1, 5), (0, 1, 7), (0, 3, 7)))]
    return f"IT{_text(digits)}{_luhn(digits)}"


def _netherlands(chance: Chance) -> str:
    while True:
        digits = _digits(chance, count=8)
        if (check := _weighted(digits, weights=range(9, 1, -1)) % 11) < 10:
            return f"NL{_text(digits)}{check}B01"


def _belgium(chance: Chance) -> str:
    digits = [0, *_digits(chance, count=7, first=4)]
    return f"BE{_text(digits)}{97 - int(_text(digits)) % 97:02d}"


def _ireland(chance: Chance) -> str:
    digits = _digits(chance, count=7)
    check = _weighted(digits, weights=range(8, 1, -1)) % 23
    return f"IE{_text(digits)}{'W' if check == 0 else ascii_uppercase[check - 1]}"


def _sweden(chance: Chance) -> str:
    digits = [5, 5, 6, *_digits(chance, count=6, first=0)]
    return f"SE{_text(digits)}{_luhn(digits)}01"


def _austria(chance: Chance) -> str:
    digits = _digits(chance, count=7)
    total = 0
    for place, digit in enumerate(digits):
        value = digit * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return f"ATU{_text(digits)}{(96 - total) % 10}"


def _poland(chance: Chance) -> str:
    while True:
        digits = _digits(chance, count=9)
        if (check := _weighted(digits, weights=(6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11) < 10:
            return f"PL{_text(digits)}{check}"


def _denmark(chance: Chance) -> str:
    while True:
        digits = _digits(chance, count=7)
        if (check := -_weighted(digits, weights=(2, 7, 6, 5, 4, 3, 2)) % 11) < 10:
            return f"DK{_text(digits)}{check}"


_MAKERS: dict[str, Callable[[Chance], str]] = {
    "FR": _france,
    "PT": _portugal,
    "GB": _britain,
    "DE": _germany,
    "ES": _spain,
    "IT": _italy,
    "NL": _netherlands,
    "BE": _belgium,
    "IE": _ireland,
    "SE": _sweden,
    "AT": _austria,
    "PL": _poland,
    "DK": _denmark,
}
