"""The organisations Northmere knows: groups and their plants, each with a life of its own over three years."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from demo.chance import Chance
from demo.company import Company
from demo.markets import Market, any_market
from demo.records import Organisation, Trajectory
from demo.registrations import company_number, telephone, vat_number
from demo.sources import entries, rows
from demo.team import seller_for

TOTAL = 312
LIVES = (
    (Trajectory.GROWING, 17),
    (Trajectory.STEADY, 31),
    (Trajectory.DECLINING, 8),
    (Trajectory.CHURNED, 7),
    (Trajectory.PROSPECT, 37),
)
REVENUE_PER_HEAD = 210_000


@dataclass(frozen=True)
class Naming:
    """An invented company: its industry, its name without and with the legal form."""

    industry: str
    short: str
    full: str

    @property
    def domain(self) -> str:
        """The name as a domain that can't exist."""
        return f"{_slug(self.short)}.example"


def add_organisations(company: Company) -> None:
    """Found all organisations; about one in nine belongs to an earlier one of the same country."""
    chance = company.chance.stream("organisations")
    names: set[str] = set()
    while len(company.organisations) < TOTAL:
        market = any_market(chance)
        naming = invent_name(market, chance=chance)
        if naming.short in names:
            continue
        names.add(naming.short)
        company.organisations.append(_found(company, market=market, naming=naming, chance=chance))


def invent_name(market: Market, *, chance: Chance) -> Naming:
    """An industry, and a name with a legal form of the country."""
    industry, words = chance.pick(rows("organisations", f"words.{market.name_language}"))
    word = chance.pick(words.split(","))
    stem = chance.pick(entries("organisations", f"stems.{market.name_language}"))
    short = f"{stem} {word}" if market.name_language in {"en", "de", "sv", "da", "nl"} else f"{word} {stem}"
    return Naming(industry=industry, short=short, full=f"{short} {chance.pick(market.forms)}")


def _found(company: Company, *, market: Market, naming: Naming, chance: Chance) -> Organisation:
    employees = min(9_000, max(12, round(chance.around(190, spread=1.1))))
    vat = vat_number(market.code, chance=chance)
    city, postal_code = chance.pick(rows("places", f"cities.{market.code}"))
    life = chance.weighted([each for each, _ in LIVES], weights=[weight for _, weight in LIVES])
    return Organisation(
        code=f"ACC-{len(company.organisations) + 1:04d}",
        name=naming.full,
        short_name=naming.short,
        parent=_parent(company, market=market, employees=employees, chance=chance),
        industry=naming.industry,
        employees=employees,
        revenue=round(employees * chance.around(REVENUE_PER_HEAD, spread=0.3) / 10_000) * 10_000,
        market=market,
        domain=naming.domain,
        phone=telephone(market.code, kind="phones", chance=chance),
        street=f"{chance.pick(_streets(market))} {chance.whole(1, 148)}",
        postal_code=postal_code,
        city=city,
        vat_number=vat,
        company_number=company_number(market.code, vat=vat, chance=chance),
        owner=seller_for(market.code, users=company.users, chance=chance),
        created=_first_day(company.today, life=life, chance=chance),
        trajectory=life,
        churned_on=company.today - timedelta(days=chance.whole(60, 500)) if life is Trajectory.CHURNED else None,
    )


def _parent(company: Company, *, market: Market, employees: int, chance: Chance) -> str:
    larger = [
        each
        for each in company.organisations
        if each.country == market.code and each.employees > 2 * employees and not each.parent
    ]
    return chance.pick(larger).name if larger and chance.happens(0.13) else ""


def _first_day(today: date, *, life: Trajectory, chance: Chance) -> date:
    """Most customers have been on the books from the start; prospects come in all the time."""
    if life is Trajectory.PROSPECT:
        return today - timedelta(days=chance.whole(20, 1_050))
    if life is Trajectory.CHURNED or chance.happens(0.72):
        return today - timedelta(days=chance.whole(1_060, 1_095))
    return today - timedelta(days=chance.whole(150, 1_060))


def _streets(market: Market) -> tuple[str, ...]:
    return entries("places", f"streets.{market.name_language}")


def _slug(name: str) -> str:
    plain = name.replace("ß", "ss").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
