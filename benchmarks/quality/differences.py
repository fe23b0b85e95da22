"""In what two records of one customer differ: slips, other spellings, moves, what one of them lacks."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from benchmarks.quality.words_of_cast import FAMILY, OTHER_FORMS, TOWNS, phone, plain

Row = dict[str, Any]
Changed = Callable[[Row, random.Random], Row]


def _slip(text: str, dice: random.Random) -> str:
    """One key too many, missing, wrong or swapped, but for the first."""
    place = dice.randrange(1, max(len(text) - 1, 2))
    letter = dice.choice("aeinorst")
    return dice.choice(
        (
            text[:place] + letter + text[place:],
            text[:place] + text[place + 1 :],
            text[:place] + letter + text[place + 1 :],
            text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
        )
    )


def _spelt_out(text: str) -> str:
    for sign, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ø", "oe"), ("å", "aa")):
        text = text.replace(sign, letters)
    return "".join(char for char in normalize("NFKD", text) if char.isascii())


def _new_mail(row: Row, dice: random.Random) -> Row:
    local = f"{plain(row['first_name'])[:1]}{plain(row['last_name'])}{dice.randint(1, 99)}"
    return {"emails": [{"value": f"{local}@mail.example"}]}


def _respelt(row: Row, dice: random.Random) -> Row:
    del dice
    return {**row, "first_name": _spelt_out(row["first_name"]), "last_name": _spelt_out(row["last_name"])}


def _spaced(row: Row, dice: random.Random) -> Row:
    del dice
    told = [{"value": " ".join(re.findall("..?", one["value"].replace("+", "00")))} for one in row["phones"]]
    return {**row, "phones": told, "last_name": row["last_name"].upper()}


_UNREACHABLE: Row = {"emails": [], "phones": [], "website": "", "vat_number": ""}


def _bare(row: Row) -> Row:
    return {**row, "emails": [], "phones": [], "addresses": []}


def _crossed(number: str, dice: random.Random) -> str:
    place = dice.randrange(6, len(number) - 1)
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


PEOPLE_DIFFER: Mapping[str, Changed] = {
    "slip in the last name": lambda row, dice: {**row, "last_name": _slip(row["last_name"], dice)},
    "slip in the first name": lambda row, dice: {**row, "first_name": _slip(row["first_name"], dice)},
    "other spelling of accents": _respelt,
    "names swapped": lambda row, _dice: {**row, "first_name": row["last_name"], "last_name": row["first_name"]},
    "initial only": lambda row, _dice: {**row, "first_name": f"{row['first_name'][0]}."},
    "another e-mail": lambda row, dice: {**row, **_new_mail(row, dice)},
    "another number": lambda row, dice: {**row, "phones": [{"value": phone(dice)}]},
    "written otherwise": _spaced,
    "no company": lambda row, _dice: {**row, "organisation__name": "", "addresses": []},
    "second surname": lambda row, dice: {**row, "last_name": f"{row['last_name']} {dice.choice(FAMILY)}"},
    "names and company alone, a slip": lambda row, dice: {**_bare(row), "last_name": _slip(row["last_name"], dice)},
    "names and company alone, swapped": lambda row, _dice: {
        **_bare(row),
        "first_name": row["last_name"],
        "last_name": row["first_name"],
    },
    "names and number alone, its digits swapped": lambda row, dice: {
        **_bare(row),
        "organisation__name": "",
        "phones": [{"value": _crossed(one["value"], dice)} for one in row["phones"]],
    },
    "two slips": lambda row, dice: {
        **row,
        "last_name": _slip(row["last_name"], dice),
        "emails": [{"value": _slip(one["value"], dice)} for one in row["emails"]],
    },
}
COMPANIES_DIFFER: Mapping[str, Changed] = {
    "slip in the name": lambda row, dice: {**row, "name": _slip(row["name"], dice)},
    "other legal form": lambda row, dice: {**row, "name": _without_form(row["name"], dice)},
    "in capitals, no accents": lambda row, _dice: {**row, "name": _spelt_out(row["name"]).upper()},
    "one word less": lambda row, _dice: {**row, "name": row["name"].split()[0]},
    "no web site": lambda row, _dice: {**row, "website": "", "emails": []},
    "another web site": lambda row, dice: {**row, **_other_site(row, dice), "emails": []},
    "moved": lambda row, dice: {
        **row,
        "phones": [{"value": phone(dice)}],
        "addresses": [{"city": dice.choice(TOWNS)}],
    },
    "no numbers": lambda row, _dice: {**row, "vat_number": "", "phones": []},
    "words in another order": lambda row, _dice: {**row, **_UNREACHABLE, "name": " ".join(_turned(row["name"]))},
}


def _turned(name: str) -> Sequence[str]:
    first, second, *rest = name.split()
    return second, first, *rest


def _without_form(name: str, dice: random.Random) -> str:
    return f"{' '.join(name.split()[:2])} {dice.choice(OTHER_FORMS)}".strip()


def _other_site(row: Row, dice: random.Random) -> Row:
    domain = f"{row['host'].split('.')[0]}-{dice.choice(('group', 'online', 'shop'))}.example"
    return {"website": f"https://{domain}", "host": domain}
