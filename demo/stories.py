"""Stories: what an opportunity is about, and the words for it in the customer's language.

`tell` draws the facts once; `facts` gives them as the slots of the texts, with days that follow the day of writing.
"""

from datetime import date, timedelta

from demo.business import Line, Opportunity, Story
from demo.chance import Chance
from demo.people import LANGUAGE_COLUMN
from demo.records import Organisation, Person, User
from demo.sources import entries, rows
from demo.wording import day_text, money_text, month_text, time_text
from demo.workdays import months_later, next_weekday

# How both sides speak of a decider nobody has met: the customer, we to the customer, we among ourselves.
UNMET_DECIDERS = {
    "en": ("our managing director", "your managing director", "their managing director"),
    "fr": ("notre direction générale", "votre direction générale", "leur direction générale"),
    "pt": ("a nossa administração", "a vossa administração", "a administração deles"),
}
SOME_COMPETITOR = {"en": "another supplier", "fr": "un autre fournisseur", "pt": "concorrência"}


def tell(
    organisation: Organisation, *, decider: Person | None, lines: tuple[Line, ...], start: date, chance: Chance
) -> Story:
    """The facts of one opportunity."""
    amount = sum(line.total for line in lines)
    return Story(
        language=organisation.language,
        machine=chance.whole(0, len(rows("organisations", f"machines.{organisation.industry}")) - 1),
        problem=chance.whole(0, len(rows("organisations", "problems")) - 1),
        goal=chance.whole(0, len(rows("organisations", "goals")) - 1),
        objection=chance.whole(0, len(rows("organisations", "objections")) - 1),
        promise=chance.whole(0, len(rows("organisations", "promises")) - 1),
        points=_points(lines),
        cost=round(max(8_000, amount * chance.uniform(0.7, 1.9)) / 1_000) * 1_000,
        budget=max(1_000, round(amount * chance.uniform(0.75, 1.15) / 1_000) * 1_000),
        discount=chance.pick((5, 7, 8, 10, 12, 15)),
        weeks=chance.pick((3, 4, 5, 6, 8)),
        competitor=chance.pick(entries("company", "competitors")) if chance.happens(0.42) else "",
        decider=decider,
        deadline=months_later(start, months=chance.whole(2, 6)),
    )


def facts(opportunity: Opportunity, *, on: date, chance: Chance) -> dict[str, str]:
    """The slots for a text about this opportunity, written on that day."""
    return {
        **_subject_matter(opportunity.story, industry=opportunity.organisation.industry, chance=chance),
        **_figures(opportunity),
        **_names(opportunity),
        **days_ahead(opportunity.story.language, on=on, chance=chance),
        "deadline": month_text(max(opportunity.story.deadline, on + timedelta(days=40)), opportunity.story.language),
    }


def as_said_by(slots: dict[str, str], *, language: str, by_customer: bool) -> dict[str, str]:
    """The slots with an unmet decider named as this side of the conversation would."""
    ours, yours, theirs = UNMET_DECIDERS[language]
    return slots | {"decider": ours if by_customer else yours} if slots.get("decider") == theirs else slots


def days_ahead(language: str, *, on: date, chance: Chance) -> dict[str, str]:
    """Days after the day of writing: of a talk, of a promise, of an offer's end."""
    promised = chance.whole(2, 8)
    soon = promised + chance.whole(1, 5)
    return {
        "day": day_text(next_weekday(on + timedelta(days=soon)), language),
        "promise_day": day_text(next_weekday(on + timedelta(days=promised)), language),
        "valid": day_text(next_weekday(on + timedelta(days=30)), language),
        "time": time_text(chance.pick((9, 10, 11, 14, 15, 16)), chance.pick((0, 0, 30)), language),
        "stops": str(chance.whole(4, 19)),
        "hours": str(chance.whole(2, 7)),
    }


def _subject_matter(story: Story, *, industry: str, chance: Chance) -> dict[str, str]:
    column = LANGUAGE_COLUMN[story.language]
    words = {
        "machine": rows("organisations", f"machines.{industry}")[story.machine][column],
        "problem": rows("organisations", "problems")[story.problem][column],
        "goal": rows("organisations", "goals")[story.goal][column],
        "objection": rows("organisations", "objections")[story.objection][column],
        "answer": rows("organisations", "answers")[story.objection][column],
        "promise": rows("organisations", "promises")[story.promise][column],
    }
    capitals = {f"{name}_cap": text[0].upper() + text[1:] for name, text in words.items()}
    return {
        **words,
        **capitals,
        "problem_short": " ".join(words["problem"].split()[:3]),
        "industry_low": industry.lower(),
        "points": str(story.points),
        "discount": str(story.discount),
        "small_discount": str(max(2, story.discount // 2)),
        "weeks": str(story.weeks),
        "competitor": story.competitor or SOME_COMPETITOR[story.language],
        "fewer": str(max(1, story.points - chance.whole(2, 5))),
    }


def _figures(opportunity: Opportunity) -> dict[str, str]:
    story, language, currency = opportunity.story, opportunity.story.language, opportunity.organisation.currency
    amounts = {
        "amount": opportunity.amount,
        "cost": story.cost,
        "budget": story.budget,
        "limit": max(1_000, round(opportunity.amount / 2, -3)),
        "target": round(opportunity.amount * (100 - story.discount) / 100, -2),
        "low": round(opportunity.amount * 0.8, -2),
        "high": round(opportunity.amount * 1.2, -2),
    }
    return {name: money_text(amount, currency, language) for name, amount in amounts.items()} | {"currency": currency}


def _names(opportunity: Opportunity) -> dict[str, str]:
    organisation, story = opportunity.organisation, opportunity.story
    owner: User = opportunity.owner
    return {
        "company": organisation.short_name,
        "city": organisation.city,
        "contact": opportunity.contact.name,
        "title": opportunity.contact.title,
        "decider": story.decider.name if story.decider else UNMET_DECIDERS[story.language][2],
        "product": opportunity.lines[0].product.name.split(",")[0],
        "offer_no": f"Q-{opportunity.code[4:]}",
        "source": opportunity.source.lower(),
        "reason_low": _reason(opportunity),
        "lead": owner.manager.partition("@")[0].capitalize(),
        "seller": owner.first_name,
    }


def _points(lines: tuple[Line, ...]) -> int:
    """How many measuring points the lines make: their sensors, or ten in a kit."""
    sensors = sum(line.quantity for line in lines if line.product.family == "Sensors")
    return sensors or 10 * sum(line.quantity for line in lines if line.product.family == "Kits")


def _reason(opportunity: Opportunity) -> str:
    """Why it was lost, as a note says it."""
    column = {"en": 0, "fr": 2, "pt": 3}[opportunity.story.language]
    words = {row[0]: row[column].lower() for row in rows("company", "loss_reasons")}
    return words.get(opportunity.reason, opportunity.reason.lower())
