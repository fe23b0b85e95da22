"""The people at the organisations: who decides, who uses, who has left and who turned up somewhere else."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from demo.chance import Chance
from demo.company import Company
from demo.records import Organisation, Person, Trajectory
from demo.registrations import telephone
from demo.sources import entries, rows

LANGUAGE_COLUMN = {"en": 0, "fr": 1, "pt": 2}
SHARE_WHO_LEFT = 0.055
WITHOUT_PEOPLE = 12


def add_people(company: Company) -> None:
    """One to nine people per organisation; the last ones come from a bought address list and have nobody yet."""
    chance = company.chance.stream("people")
    addresses: set[str] = set()
    for organisation in company.organisations[:-WITHOUT_PEOPLE]:
        titles = chance.sample(rows("organisations", "job_titles"), size=_head_count(organisation, chance=chance))
        if not any(row[3] == "decider" for row in titles[:3]):
            titles[-1] = rows("organisations", "job_titles")[0]
        for row in titles:
            _add_person(company, organisation=organisation, row=row, addresses=addresses, chance=chance)
    _let_some_leave(company, chance=chance)


def team_at(organisation: Organisation, *, people: list[Person]) -> list[Person]:
    """The people of an organisation who are still there."""
    return [person for person in people if person.organisation is organisation and person.left_on is None]


def _head_count(organisation: Organisation, *, chance: Chance) -> int:
    base = 1.4 if organisation.trajectory is Trajectory.PROSPECT else 2.5
    return min(9, max(1, round(chance.around(base + organisation.employees / 700, spread=0.45))))


def _add_person(
    company: Company, *, organisation: Organisation, row: tuple[str, ...], addresses: set[str], chance: Chance
) -> None:
    tongue = organisation.market.name_language
    while True:
        first, last = chance.pick(entries("names", f"first.{tongue}")), chance.pick(entries("names", f"last.{tongue}"))
        email = f"{plain_name(first)}.{plain_name(last)}@{organisation.domain}"
        if email not in addresses:
            break
    addresses.add(email)
    company.people.append(
        Person(
            code=f"CON-{len(company.people) + 1:04d}",
            first_name=first,
            last_name=last,
            title=row[LANGUAGE_COLUMN[organisation.language]],
            buying_role=row[3],
            organisation=organisation,
            email=email,
            phone=telephone(organisation.country, kind="phones", chance=chance) if chance.happens(0.75) else "",
            mobile=telephone(organisation.country, kind="mobiles", chance=chance) if chance.happens(0.55) else "",
            language=_mother_tongue(organisation, tongue=tongue),
            joined_on=organisation.created - timedelta(days=chance.whole(0, 2_500)),
        )
    )


def _mother_tongue(organisation: Organisation, *, tongue: str) -> str:
    return organisation.language if organisation.language != "en" else tongue


def _let_some_leave(company: Company, *, chance: Chance) -> None:
    """Some people leave; half of them start at another organisation that Northmere knows."""
    for place, person in enumerate(list(company.people)):
        known_days = (company.today - person.organisation.created).days
        colleagues = team_at(person.organisation, people=company.people)
        if known_days < 120 or len(colleagues) < 3 or not chance.happens(SHARE_WHO_LEFT):
            continue
        left_on = company.today - timedelta(days=chance.whole(30, known_days - 60))
        company.people[place] = replace(person, left_on=left_on)
        if chance.happens(0.5):
            _move(company, person=company.people[place], chance=chance)


def _move(company: Company, *, person: Person, chance: Chance) -> None:
    elsewhere = [
        each
        for each in company.organisations
        if each.country == person.organisation.country and each is not person.organisation
    ]
    if not elsewhere or person.left_on is None:
        return
    target = chance.pick(elsewhere)
    company.people.append(
        replace(
            person,
            organisation=target,
            email=f"{plain_name(person.first_name)}.{plain_name(person.last_name)}@{target.domain}",
            phone=telephone(target.country, kind="phones", chance=chance),
            joined_on=person.left_on + timedelta(days=14),
            left_on=None,
        )
    )


def plain_name(name: str) -> str:
    """The name as it would stand in a mail address."""
    plain = name.replace("ß", "ss").replace("ł", "l").replace("ø", "o").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "", plain)
