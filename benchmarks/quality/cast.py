"""An invented customer base in which some stand twice, with known kinds of difference: seeded, the same each time.

Strangers that look alike are there too: namesakes, brothers in one company, branches of a group, one switchboard.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.quality.differences import COMPANIES_DIFFER, PEOPLE_DIFFER, Changed, Row
from benchmarks.quality.words_of_cast import ENDS, FAMILY, FAMILY_ENDS, FORMS, GIVEN, STEMS, TOWNS, TRADES, phone, plain


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


def kinds_of(cast: Cast) -> Iterator[tuple[str, set[tuple[int, int]]]]:
    """The pairs that are the same, by what they differ in."""
    for kind in sorted(set(cast.same.values())):
        yield kind, {pair for pair, told in cast.same.items() if told == kind}


def _doubled(record_type: str, rows: Sequence[Row], differ: Mapping[str, Changed], dice: random.Random) -> Cast:
    kinds = sorted(differ)
    picked = dice.sample(range(len(rows)), len(rows) // 3)
    again = [(place, kinds[number % len(kinds)]) for number, place in enumerate(picked)]
    same = {(place, len(rows) + number): kind for number, (place, kind) in enumerate(again)}
    return Cast(record_type, [*rows, *(differ[kind](dict(rows[place]), dice) for place, kind in again)], same)


def _company(number: int, dice: random.Random) -> Row:
    stem = f"{dice.choice(STEMS)}{dice.choice(ENDS)}"
    country = dice.choice(sorted(FORMS))
    domain = f"{plain(stem)}{number if dice.random() < 0.7 else ''}.example"
    town = dice.choice(TOWNS)
    return {
        "name": f"{stem} {dice.choice(TRADES)} {FORMS[country]}",
        "website": f"https://www.{domain}" if dice.random() < 0.8 else "",
        "host": domain,
        "vat_number": f"{country}{dice.randrange(10**8, 10**9)}" if dice.random() < 0.5 else "",
        "phones": [{"value": phone(dice)}] if dice.random() < 0.7 else [],
        "emails": [{"value": f"info@{domain}"}] if dice.random() < 0.5 else [],
        "addresses": [{"city": town, "street": f"{dice.choice(FAMILY)} {dice.randint(1, 90)}"}],
    }


def _person(number: int, company: Row, dice: random.Random) -> Row:
    given = _skewed(GIVEN, dice)
    family = f"{_skewed(FAMILY, dice)}{dice.choice(FAMILY_ENDS)}"
    mail = f"{plain(given)}.{plain(family)}{number if dice.random() < 0.1 else ''}@{company['host']}"
    shared = company["phones"][0]["value"] if company["phones"] else phone(dice)
    number_told = shared if dice.random() < 0.15 else phone(dice)
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
    other = dice.choice([name for name in GIVEN if name[0] != row["first_name"][0]])
    return {**row, "first_name": other, "emails": [], "phones": [{"value": phone(dice)}]}


def _branch(row: Row, number: int, dice: random.Random) -> Row:
    """A company of the same group in another town, with numbers and a web site of its own."""
    stem = row["name"].split()[0]
    domain = f"{plain(stem)}-{plain(dice.choice(TRADES))}{number}.example"
    own = {"website": f"https://{domain}", "host": domain, "emails": [], "vat_number": ""}
    town = {"city": dice.choice(TOWNS), "street": f"{dice.choice(FAMILY)} {dice.randint(1, 90)}"}
    other = {"phones": [{"value": phone(dice)}], "addresses": [town]}
    return {**row, **own, **other, "name": f"{stem} {dice.choice(TRADES)} {dice.choice(sorted(FORMS.values()))}"}


def _skewed(names: Sequence[str], dice: random.Random) -> str:
    """Some names are had by many."""
    return names[min(int(dice.expovariate(4 / len(names))), len(names) - 1)]
