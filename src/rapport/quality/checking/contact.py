"""Phone numbers, by the numbering plan of their country, to E.164."""

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from .verdict import Context, Verdict, bad, doubtful, good

_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_WRONG_LENGTH = {
    ValidationResult.TOO_SHORT: gettext_noop("It has too few digits for its country."),
    ValidationResult.TOO_LONG: gettext_noop("It has too many digits for its country."),
    ValidationResult.INVALID_LENGTH: gettext_noop("No number of its country has this many digits."),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: gettext_noop("The area code is missing."),
    ValidationResult.INVALID_COUNTRY_CODE: gettext_noop("There is no country with this prefix."),
}


def check_phone(value: str, context: Context) -> Verdict:
    """Judge a number; without a prefix it is read as one of the context's country."""
    mended = _without_letters(value, context)
    if mended:
        return mended
    number = _read(value, context.country)
    if number is not None and phonenumbers.is_valid_number(number):
        return _belonging(value, number, context)
    return _repaired(value, context) or _wrong(value, number, context)


def _belonging(value: str, number: PhoneNumber, context: Context) -> Verdict:
    region = phonenumbers.region_code_for_number(number)
    regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)  # islands share their state's prefix
    if region and context.country and context.country not in regions and value.strip().startswith(("+", "00")):
        reason = _("It is a number of %(region)s, not of %(country)s.") % {"region": region, "country": context.country}
        return doubtful(reason, _written(number), confidence=0.7, code="elsewhere")
    return good(value, _written(number), _("Its country gives out such numbers."))


def _without_letters(value: str, context: Context) -> Verdict | None:
    """Letters that look like digits among digits are slips; `1-800-FLOWERS` spells a word, and stays."""
    lettered = value.translate(_LETTERS)
    if lettered == value or any(char.isalpha() for char in lettered.partition("x")[0]):
        return None
    number = _read(lettered, context.country)
    if number is None or not phonenumbers.is_valid_number(number):
        number = _read(value, context.country)
        if number is None or not phonenumbers.is_valid_number(number):
            return None
        return doubtful(_("A letter stands for a digit."), _written(number), confidence=0.8, code="rewritten")
    return bad(_("A letter stands for a digit."), _written(number), confidence=0.98, code="rewritten")


def _repaired(value: str, context: Context) -> Verdict | None:
    """What a usual slip explains: 00 for +, or the plus left out."""
    digits = "".join(char for char in value if char.isdigit())
    if value.lstrip("( ").startswith("00"):
        return _prefixed(digits.removeprefix("00"), _("The prefix 00 is not understood everywhere; write +."), 0.99)
    if not value.startswith("+") and not context.country and len(digits) >= 10:
        return _prefixed(digits, _("The country is not known; read with its first digits as the prefix."), 0.6)
    return None


def _prefixed(digits: str, reason: str, confidence: float) -> Verdict | None:
    number = _read(f"+{digits}", "")
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    return doubtful(reason, _written(number), confidence=confidence, code="rewritten")


def _wrong(value: str, number: PhoneNumber | None, context: Context) -> Verdict:
    digits = sum(char.isdigit() for char in value)
    if number is None:
        if not context.country and 6 <= digits <= 15 and not value.startswith("+"):
            return doubtful(
                _("The country is not known: write it with + and its prefix."), confidence=0.9, code="countryless"
            )
        return bad(_("It is no phone number: write it like +351 213 000 000."), confidence=0.99, code="length")
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible in _WRONG_LENGTH:
        return bad(_(_WRONG_LENGTH[possible]), confidence=0.97, code="length")
    return bad(_("Its country gives out no such numbers."), confidence=0.9, code="unassigned")


def _read(value: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(value, country or None)
    except NumberParseException:
        return None


def _written(number: PhoneNumber) -> str:
    extension = f" x{number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension
