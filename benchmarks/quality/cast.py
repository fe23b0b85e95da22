"""An invented customer base in which some stand twice, with known kinds of difference: seeded, the same each time.

Strangers that look alike are there too: namesakes, brothers in one company, branches of a group, one switchboard.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

Row = dict[str, Any]
Changed = Callable[[Row, random.Random], Row]


def words(text: str) -> Sequence[str]:
    """The words of a text."""
    return text.split()


_GIVEN = words(
    "Ana João Maria Inês Rui António Élodie François Chloé Benoît Jürgen Jörg Käthe Ulrike Zoë Łukasz Agnieszka Søren"
    " Åsa Björn Núria José Íñigo Giulia Niccolò Minh Li Wei Priya Arjun Fatima Omar Aoife Seán Katarzyna Müge Çağla"
    " Thomas Anna Peter Laura Paul Julia Martin Sofia Marc Claire Hugo Emma Lars Nina Ivan Olga Tomás Eva Jan Lea"
)
_FAMILY = words(
    "Silva Santos Ferreira Gonçalves Magalhães Araújo Dupont Lefèvre Béranger Gauthier Müller Schäfer Groß Weiß Köhler"
    " Kowalski Wiśniewska Zieliński Jensen Sørensen Ågren Lindström García Muñoz Ibáñez Rossi D'Amico Nguyen Trần Wang"
    " Sharma Patel Haddad O'Brien McCarthy Yılmaz Öztürk Novák Dvořák Petrov Ionescu Papadakis Smith Brown Taylor"
)
_FAMILY_ENDS = ("", "", "", "son", "mann", "ski", "eiro", "ard", "elli", "ova", "es", "berg", "au", "ini", "ez", "feld")
_TOWNS = words("Porto Lyon München Kraków Málaga Cork Aarhus Brno Torino Gent Nantes Essen Faro Leeds Graz Göteborg")
_STEMS = words("Alt Ber Cor Dal Ere Fin Gal Hel Ind Jor Kel Lum Mar Nor Opt Pel Qua Ros Sol Tek Urb Vel Wes Xan Yor")
_ENDS = words("ano bris cora den eon fax gia hus ite jen kos lia mex nova ora pex rion stal tix ura vita wick")
_TRADES = words("Pumps Logistik Conseil Foods Textiles Software Química Metall Énergie Optics Packaging Hôtels Bau")
_FORMS = {
    "DE": "GmbH",
    "FR": "SAS",
    "PT": "Lda",
    "ES": "S.L.",
    "IT": "S.r.l.",
    "GB": "Ltd",
    "PL": "Sp. z o.o.",
    "SE": "AB",
}
_OTHER_FORMS = ("", "SA", "AG", "Limited", "Unipessoal Lda", "SARL", "KG")


@dataclass(frozen=True)
class Cast:
    """Rows as the search reads them, and for each pair of rows that is the same in what they differ."""

    record_type: str
    rows: Sequence[Row]
    same: Mapping[tuple[int, int], str]


def people(count: int, *, seed: int = 11) -> Cast:
    """Invented people, of whom a third stand twice."""
    dice = random.Random(seed)
    companies = [_company(number, dice) for number in range(max(count // 6, 1))]
    rows = [_person(number, dice.choice(companies), dice) for number in range(count)]
    rows += [_brother(row, dice) for row in dice.sample(rows, count // 20)]
    return _doubled("person", rows, PEOPLE_DIFFER, dice)


def companies(count: int, *, seed: int = 12) -> Cast:
    """Invented companies, of which a third stand twice; some have branches that are companies of their own."""
    dice = random.Random(seed)
    rows = [_company(number, dice) for number in range(count)]
    rows += [_branch(row, number, dice) for number, row in enumerate(dice.sample(rows, count // 20))]
    return _doubled("organisation", rows, COMPANIES_DIFFER, dice)


def _doubled(record_type: str, rows: Sequence[Row], differ: Mapping[str, Changed], dice: random.Random) -> Cast:
    kinds = sorted(differ)
    picked = dice.sample(range(len(rows)), len(rows) // 3)
    again = [(place, kinds[number % len(kinds)]) for number, place in enumerate(picked)]
    same = {(place, len(rows) + number): kind for number, (place, kind) in enumerate(again)}
    return Cast(record_type, [*rows, *(differ[kind](dict(rows[place]), dice) for place, kind in again)], same)


def _company(number: int, dice: random.Random) -> Row:
    stem = f"{dice.choice(_STEMS)}{dice.choice(_ENDS)}"
    country = dice.choice(sorted(_FORMS))
    domain = f"{_plain(stem)}{number if dice.random() < 0.7 else ''}.example"
    town = dice.choice(_TOWNS)
    return {
        "name": f"{stem} {dice.choice(_TRADES)} {_FORMS[country]}",
        "website": f"https://www.{domain}" if dice.random() < 0.8 else "",
        "host": domain,
        "vat_number": f"{country}{dice.randrange(10**8, 10**9)}" if dice.random() < 0.5 else "",
        "phones": [{"value": _phone(dice)}] if dice.random() < 0.7 else [],
        "emails": [{"value": f"info@{domain}"}] if dice.random() < 0.5 else [],
        "addresses": [{"city": town, "street": f"{dice.choice(_FAMILY)} {dice.randint(1, 90)}"}],
    }


def _person(number: int, company: Row, dice: random.Random) -> Row:
    given = _skewed(_GIVEN, dice)
    family = f"{_skewed(_FAMILY, dice)}{dice.choice(_FAMILY_ENDS)}"
    mail = f"{_plain(given)}.{_plain(family)}{number if dice.random() < 0.1 else ''}@{company['host']}"
    shared = company["phones"][0]["value"] if company["phones"] else _phone(dice)
    number_told = shared if dice.random() < 0.15 else _phone(dice)
    return {
        "first_name": given,
        "last_name": family,
        "organisation__name": company["name"] if dice.random() < 0.9 else "",
        "emails": [{"value": mail}] if dice.random() < 0.85 else [],
        "phones": [{"value": number_told}] if dice.random() < 0.75 else [],
        "addresses": company["addresses"] if dice.random() < 0.6 else [],
    }


def _brother(row: Row, dice: random.Random) -> Row:
    """Somebody of the same name at the same company, who is another."""
    other = dice.choice([name for name in _GIVEN if name[0] != row["first_name"][0]])
    return {**row, "first_name": other, "emails": [], "phones": [{"value": _phone(dice)}]}


def _branch(row: Row, number: int, dice: random.Random) -> Row:
    """A company of the same group in another town, with numbers and a web site of its own."""
    stem = row["name"].split()[0]
    domain = f"{_plain(stem)}-{_plain(dice.choice(_TRADES))}{number}.example"
    own = {"website": f"https://{domain}", "host": domain, "emails": [], "vat_number": ""}
    town = {"city": dice.choice(_TOWNS), "street": f"{dice.choice(_FAMILY)} {dice.randint(1, 90)}"}
    other = {"phones": [{"value": _phone(dice)}], "addresses": [town]}
    return {**row, **own, **other, "name": f"{stem} {dice.choice(_TRADES)} {dice.choice(sorted(_FORMS.values()))}"}


def _skewed(names: Sequence[str], dice: random.Random) -> str:
    """Some names are had by many."""
    return names[min(int(dice.expovariate(4 / len(names))), len(names) - 1)]


def _phone(dice: random.Random) -> str:
    return f"+{dice.choice((33, 49, 351, 44))} {dice.randrange(10**8, 10**9)}"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", normalize("NFKD", text.lower().replace("ß", "ss")))


def slip(text: str, dice: random.Random) -> str:
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
    local = f"{_plain(row['first_name'])[:1]}{_plain(row['last_name'])}{dice.randint(1, 99)}"
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
    "slip in the last name": lambda row, dice: {**row, "last_name": slip(row["last_name"], dice)},
    "slip in the first name": lambda row, dice: {**row, "first_name": slip(row["first_name"], dice)},
    "other spelling of accents": _respelt,
    "names swapped": lambda row, _dice: {**row, "first_name": row["last_name"], "last_name": row["first_name"]},
    "initial only": lambda row, _dice: {**row, "first_name": f"{row['first_name'][0]}."},
    "another e-mail": lambda row, dice: {**row, **_new_mail(row, dice)},
    "another number": lambda row, dice: {**row, "phones": [{"value": _phone(dice)}]},
    "written otherwise": _spaced,
    "no company": lambda row, _dice: {**row, "organisation__name": "", "addresses": []},
    "second surname": lambda row, dice: {**row, "last_name": f"{row['last_name']} {dice.choice(_FAMILY)}"},
    "names and company alone, a slip": lambda row, dice: {**_bare(row), "last_name": slip(row["last_name"], dice)},
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
        "last_name": slip(row["last_name"], dice),
        "emails": [{"value": slip(one["value"], dice)} for one in row["emails"]],
    },
}
COMPANIES_DIFFER: Mapping[str, Changed] = {
    "slip in the name": lambda row, dice: {**row, "name": slip(row["name"], dice)},
    "other legal form": lambda row, dice: {**row, "name": _without_form(row["name"], dice)},
    "in capitals, no accents": lambda row, _dice: {**row, "name": _spelt_out(row["name"]).upper()},
    "one word less": lambda row, _dice: {**row, "name": row["name"].split()[0]},
    "no web site": lambda row, _dice: {**row, "website": "", "emails": []},
    "another web site": lambda row, dice: {**row, **_other_site(row, dice), "emails": []},
    "moved": lambda row, dice: {
        **row,
        "phones": [{"value": _phone(dice)}],
        "addresses": [{"city": dice.choice(_TOWNS)}],
    },
    "no numbers": lambda row, _dice: {**row, "vat_number": "", "phones": []},
    "words in another order": lambda row, _dice: {**row, **_UNREACHABLE, "name": " ".join(_turned(row["name"]))},
}


def _turned(name: str) -> Sequence[str]:
    first, second, *rest = name.split()
    return second, first, *rest


def _without_form(name: str, dice: random.Random) -> str:
    return f"{' '.join(name.split()[:2])} {dice.choice(_OTHER_FORMS)}".strip()


def _other_site(row: Row, dice: random.Random) -> Row:
    domain = f"{row['host'].split('.')[0]}-{dice.choice(('group', 'online', 'shop'))}.example"
    return {"website": f"https://{domain}", "host": domain}


def kinds_of(cast: Cast) -> Iterator[tuple[str, set[tuple[int, int]]]]:
    """The pairs that are the same, by what they differ in."""
    for kind in sorted(set(cast.same.values())):
        yield kind, {pair for pair, told in cast.same.items() if told == kind}
