"""The opportunities of three years: how many an organisation gives, how long they take, and how they end.

What decides is planted so that it can be found again: the seller's skill and rhythm, contact at least weekly, a decider
who was met, an existing customer, a referral help; a competitor, a large amount and a cold start hurt.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from demo.business import Line, Opportunity, Outcome, Story
from demo.chance import Chance
from demo.company import Company
from demo.offers import lines_for
from demo.records import Organisation, Person, Trajectory
from demo.sources import rows
from demo.stories import tell
from demo.workdays import busyness, next_weekday, weekday

PER_LIFE = {
    Trajectory.GROWING: 3.8,
    Trajectory.STEADY: 2.25,
    Trajectory.DECLINING: 2.0,
    Trajectory.CHURNED: 1.9,
    Trajectory.PROSPECT: 0.85,
}
LEANING = {
    Trajectory.GROWING: 0.8,
    Trajectory.STEADY: 0.45,
    Trajectory.DECLINING: -0.2,
    Trajectory.CHURNED: 0.1,
    Trajectory.PROSPECT: -1.1,
}
SOURCE_LEANING = {"Referral": 1.3, "Partner": 0.5, "Outbound": -0.9, "Existing customer": 0.9}
STAGES_LOST_IN = (0.2, 0.4, 0.6, 0.9, 0.9, 1.0)
STAGE_STARTS = (0.0, 0.08, 0.25, 0.48, 0.78)
PARKED_SHARE = 0.03


@dataclass(frozen=True)
class Course:
    """How an opportunity goes: how long it takes, how far it has come by today, how it ends."""

    days: int
    closes: date
    outcome: Outcome
    progress: float

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.outcome is Outcome.OPEN


@dataclass(frozen=True)
class Prospect:
    """An opportunity about to begin: who, when, from where, and what speaks for it."""

    organisation: Organisation
    contact: Person
    decider: Person | None
    created: date
    source: str
    campaign: str
    rhythm: float
    is_customer: bool


def add_opportunities(company: Company) -> None:
    """All opportunities in the order of their creation."""
    chance = company.chance.stream("opportunities")
    prospects = [each for organisation in company.organisations for each in _prospects(company, organisation, chance)]
    for prospect in sorted(prospects, key=lambda each: (each.created, each.organisation.code)):
        company.opportunities.append(_play(company, prospect=prospect, chance=chance))


def _prospects(company: Company, organisation: Organisation, chance: Chance) -> list[Prospect]:
    size = 0.8 + 0.25 * math.log10(organisation.employees / 20)
    wanted = round(chance.around(PER_LIFE[organisation.trajectory] * size, spread=0.35))
    end = organisation.churned_on - timedelta(days=40) if organisation.churned_on else company.today
    days = sorted(_seasonal_day(organisation.created, end, chance=chance) for _ in range(min(wanted, 9)))
    return [
        prospect
        for order, day in enumerate(days)
        if (prospect := _prospect(company, organisation, day=day, order=order, chance=chance))
    ]


def _seasonal_day(start: date, end: date, *, chance: Chance) -> date:
    """A weekday between both; busy months and recent years are more likely."""
    span = max(2, (end - start).days)
    while True:
        day = weekday(start + timedelta(days=round(span * chance.uniform(0, 1) ** 0.95)))
        if start <= day < end and chance.happens(busyness(day) / 1.3):
            return day
        if span <= 9:
            return start


def _prospect(
    company: Company, organisation: Organisation, *, day: date, order: int, chance: Chance
) -> Prospect | None:
    present = [
        person
        for person in company.people
        if person.organisation is organisation and (person.left_on is None or person.left_on > day + timedelta(days=90))
    ]
    if not present:
        return None
    drivers = [person for person in present if person.buying_role in {"champion", "user", "buyer", "decider"}]
    contact = chance.pick(drivers or present)
    deciders = [person for person in present if person.buying_role == "decider" and person is not contact]
    is_customer = organisation.trajectory is not Trajectory.PROSPECT and (order > 0 or chance.happens(0.5))
    source, campaign = _source(day, is_customer=is_customer, chance=chance)
    return Prospect(
        organisation=organisation,
        contact=contact,
        decider=chance.pick(deciders) if deciders and chance.happens(0.55) else None,
        created=day,
        source=source,
        campaign=campaign,
        rhythm=max(2.5, chance.around(organisation.owner.rhythm, spread=0.45)),
        is_customer=is_customer,
    )


def _source(day: date, *, is_customer: bool, chance: Chance) -> tuple[str, str]:
    if is_customer and chance.happens(0.75):
        return "Existing customer", ""
    running = [row for row in rows("company", "campaigns") if row[2] == "0" or 0 <= day.month - int(row[2]) <= 2]
    name, source, *_ = chance.pick(running)
    return source, name


def _play(company: Company, *, prospect: Prospect, chance: Chance) -> Opportunity:
    lines = lines_for(prospect.organisation, products=company.products, chance=chance)
    story = tell(prospect.organisation, decider=prospect.decider, lines=lines, start=prospect.created, chance=chance)
    course = _course(company.today, prospect=prospect, story=story, lines=lines, chance=chance)
    return Opportunity(
        code=f"OPP-{len(company.opportunities) + 1:04d}",
        name=_title(prospect, lines_name=lines[0].product.name, points=story.points, chance=chance),
        organisation=prospect.organisation,
        contact=prospect.contact,
        owner=prospect.organisation.owner,
        outcome=course.outcome,
        created=prospect.created,
        expected_close=_expected(company.today, course=course, chance=chance),
        closed_on=None if course.is_open else course.closes,
        source=prospect.source,
        campaign=prospect.campaign,
        reason=_reason(course.outcome, story=story, chance=chance),
        lines=lines,
        stages=_stage_days(prospect.created, days=course.days, progress=course.progress),
        progress=course.progress,
        rhythm=prospect.rhythm,
        story=story,
    )


def _course(today: date, *, prospect: Prospect, story: Story, lines: tuple[Line, ...], chance: Chance) -> Course:
    amount = sum(line.total for line in lines)
    days = _duration(prospect, amount=amount, chance=chance)
    closes = weekday(prospect.created + timedelta(days=days))
    outcome = _outcome(prospect, story=story, amount=amount, chance=chance)
    if closes >= today:
        return Course(days, closes, Outcome.OPEN, progress=(today - prospect.created).days / days)
    return Course(days, closes, outcome, chance.pick(STAGES_LOST_IN) if outcome is Outcome.LOST else 1.0)


def _duration(prospect: Prospect, *, amount: float, chance: Chance) -> int:
    """Days from first contact to the decision."""
    pace = 0.75 if prospect.is_customer else 1.0
    middle = (14 + 26 * math.log10(max(amount, 1_500) / 1_000)) * pace * (prospect.rhythm / 8) ** 0.35 * 2.1
    return max(9, round(chance.around(middle, spread=0.4)))


def _outcome(prospect: Prospect, *, story: Story, amount: float, chance: Chance) -> Outcome:
    leaning = -0.3 + prospect.organisation.owner.skill + LEANING[prospect.organisation.trajectory]
    leaning += SOURCE_LEANING.get(prospect.source, 0.0)
    leaning += 1.5 if prospect.rhythm <= 7 else -1.2
    leaning += 0.9 if prospect.decider else -0.5
    leaning -= 0.65 if story.competitor else 0.0
    leaning -= 0.35 * max(0.0, math.log10(amount / 20_000)) if amount > 0 else 0.0
    if chance.happens(1 / (1 + math.exp(-leaning))):
        return Outcome.WON
    return Outcome.PARKED if chance.happens(PARKED_SHARE / 0.45) else Outcome.LOST


def _reason(outcome: Outcome, *, story: Story, chance: Chance) -> str:
    if outcome is Outcome.WON:
        return chance.pick(rows("company", "win_reasons"))[0]
    if outcome in {Outcome.PARKED, Outcome.OPEN}:
        return "Timing" if outcome is Outcome.PARKED else ""
    reasons = [row for row in rows("company", "loss_reasons") if story.competitor or row[0] != "Lost to competitor"]
    return chance.weighted([row[0] for row in reasons], weights=[float(row[1]) for row in reasons])


def _expected(today: date, *, course: Course, chance: Chance) -> date:
    """What the seller believes: near the truth, for open ones never before today."""
    guess = next_weekday(course.closes + timedelta(days=chance.whole(-6, 15)))
    return max(guess, next_weekday(today + timedelta(days=chance.whole(1, 12)))) if course.is_open else guess


def _stage_days(created: date, *, days: int, progress: float) -> tuple[date, ...]:
    reached = [start for start in STAGE_STARTS if start <= progress]
    return tuple(weekday(created + timedelta(days=round(start * days))) for start in reached)


def _title(prospect: Prospect, *, lines_name: str, points: int, chance: Chance) -> str:
    where, what = prospect.organisation.city, lines_name.partition(" (")[0].partition(",")[0]
    what = " ".join(what.split()[:2])
    pattern = chance.pick(("{what}, {where}", "{points} points, {where}", "{where}: {what} for {points} points"))
    return pattern.format(what=what, where=where, points=points)
