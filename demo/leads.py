"""Leads: those that became opportunities, and the larger number that did not."""

from dataclasses import replace
from datetime import date, timedelta

from demo.business import Card, Lead, Opportunity
from demo.chance import Chance
from demo.company import Company
from demo.markets import any_market
from demo.organisations import invent_name
from demo.people import LANGUAGE_COLUMN, plain_name
from demo.records import Person
from demo.registrations import telephone
from demo.sources import entries, rows, sections
from demo.stories import facts
from demo.team import seller_for
from demo.wording import fill, month_text
from demo.workdays import busyness, next_weekday, weekday

TOTAL = 420
CONVERTED_SHARE = 0.6
UNCONVERTED = (("New", 24), ("Working", 30), ("Qualified", 12), ("Parked", 22), ("Discarded", 62))
DISCARD_REASONS = ("No need", "Too small", "No budget", "Not reachable", "Student", "Competitor")
COLD = {"Outbound", "Existing customer"}


def add_leads(company: Company) -> None:
    """Leads behind opportunities that came from a campaign, then the others; numbered by date."""
    chance = company.chance.stream("leads")
    drafts = [
        _converted(each, chance=chance)
        for each in company.opportunities
        if each.campaign and each.source not in COLD and chance.happens(CONVERTED_SHARE)
    ]
    while len(drafts) < TOTAL:
        drafts.append(_other(company, chance=chance))
    for number, draft in enumerate(sorted(drafts[:TOTAL], key=lambda each: each.created), start=1):
        company.leads.append(replace(draft, code=f"LEA-{number:04d}"))


def _converted(opportunity: Opportunity, *, chance: Chance) -> Lead:
    slots = facts(opportunity, on=opportunity.created, chance=chance)
    source, campaign, language = opportunity.source, opportunity.campaign, opportunity.organisation.language
    return Lead(
        code="",
        card=_card_of(opportunity.contact, chance=chance),
        source=source,
        campaign=campaign,
        status="Converted",
        created=weekday(opportunity.created - timedelta(days=chance.whole(1, 24))),
        owner=opportunity.owner,
        message=_say(campaign, source=source, language=language, slots=slots, chance=chance),
        opportunity=opportunity,
    )


def _card_of(person: Person, *, chance: Chance) -> Card:
    """What they told when they came, not what was found out since; who means it tells more."""
    organisation = person.organisation
    return Card(
        first_name=person.first_name,
        last_name=person.last_name,
        title=person.title,
        email=person.email,
        phone=person.phone if chance.happens(0.9) else "",
        company=organisation.name,
        market=organisation.market,
        city=organisation.city,
        industry=organisation.industry,
        employees=organisation.employees if chance.happens(0.8) else None,
    )


def _other(company: Company, *, chance: Chance) -> Lead:
    """Somebody from a company that is not on the books."""
    card = _new_card(chance)
    created = _day(company.today, chance=chance)
    status = _status(created, today=company.today, chance=chance)
    reason = chance.pick(DISCARD_REASONS) if status == "Discarded" else ""
    source, campaign = _campaign(created, chance=chance)
    channel = "student" if reason == "Student" else campaign
    slots = _slots(company, card=card, created=created, chance=chance)
    return Lead(
        code="",
        card=card,
        source=source,
        campaign=campaign,
        status=status,
        created=created,
        owner=seller_for(card.market.code, users=company.users, chance=chance),
        message=_say(channel, source=source, language=card.market.language, slots=slots, chance=chance),
        reason=reason,
        revisit_on=next_weekday(company.today + timedelta(days=chance.whole(1, 120))) if status == "Parked" else None,
    )


def _new_card(chance: Chance) -> Card:
    market = any_market(chance)
    naming = invent_name(market, chance=chance)
    first, last = (chance.pick(entries("names", f"{part}.{market.name_language}")) for part in ("first", "last"))
    return Card(
        first_name=first,
        last_name=last,
        title=chance.pick(rows("organisations", "job_titles"))[LANGUAGE_COLUMN[market.language]],
        email=f"{plain_name(first)}.{plain_name(last)}@{naming.domain}",
        phone=telephone(market.code, kind="mobiles", chance=chance) if chance.happens(0.4) else "",
        company=naming.full,
        market=market,
        city=chance.pick(rows("places", f"cities.{market.code}"))[0],
        industry=naming.industry,
        employees=round(chance.around(120, spread=1.0)) if chance.happens(0.4) else None,
    )


def _day(today: date, *, chance: Chance) -> date:
    while True:
        day = weekday(today - timedelta(days=1 + round(1_080 * chance.uniform(0, 1) ** 2.0)))
        if chance.happens(busyness(day) / 1.3):
            return day


def _status(created: date, *, today: date, chance: Chance) -> str:
    """Young leads are new or in work, old ones have been decided."""
    age = (today - created).days
    fitting = [row for row in UNCONVERTED if age <= 45 or row[0] in {"Parked", "Discarded"}]
    if age <= 9:
        return "New"
    return chance.weighted([row[0] for row in fitting], weights=[row[1] for row in fitting])


def _campaign(day: date, *, chance: Chance) -> tuple[str, str]:
    running = [row for row in rows("company", "campaigns") if row[2] == "0" or 0 <= day.month - int(row[2]) <= 2]
    name, source, *_ = chance.pick(running)
    return source, name


def _slots(company: Company, *, card: Card, created: date, chance: Chance) -> dict[str, str]:
    column = LANGUAGE_COLUMN[card.market.language]
    slots = {
        name: chance.pick(rows("organisations", section))[column]
        for name, section in (
            ("machine", f"machines.{card.industry}"),
            ("problem", "problems"),
            ("goal", "goals"),
            ("objection", "objections"),
        )
    }
    product = chance.pick([each for each in company.products if each.family == "Sensors"])
    return slots | {
        "points": str(chance.whole(8, 160)),
        "city": card.city,
        "product": product.name.split(",")[0],
        "competitor": chance.pick(entries("company", "competitors")),
        "cost": f"{chance.whole(9, 240)},000 EUR",
        "deadline": month_text(created + timedelta(days=chance.whole(40, 160)), card.market.language),
    }


def _say(campaign: str, *, source: str, language: str, slots: dict[str, str], chance: Chance) -> str:
    """What was said, fitting the way it came; a student writes in English."""
    known = sections("leads")
    channel = "calculator" if "calculator" in campaign else source
    wanted = ["en.student"] if campaign == "student" else [f"{language}.{channel}", language]
    return fill(chance.pick(next(known[each] for each in wanted if each in known)), slots=slots, chance=chance)
