"""What the seller has entered on the page of an opportunity: the need, its impact, the next step."""

from datetime import date, timedelta

from demo.business import Opportunity, Outcome
from demo.chance import Chance
from demo.sources import rows
from demo.stories import facts
from demo.wording import fill, phrase
from demo.workdays import next_weekday, weekday

IMPACTS = {
    "en": "About {cost} a year; {stops} stops of {hours} hours last year.",
    "fr": "Environ {cost} par an ; {stops} arrêts de {hours} heures l'an dernier.",
    "pt": "Cerca de {cost} por ano; {stops} paragens de {hours} horas no ano passado.",
}


def needs(opportunity: Opportunity) -> tuple[str, str]:
    """Need and impact in the customer's language; nothing before they have been asked for."""
    if len(opportunity.stages) < 2:
        return "", ""
    story = opportunity.story
    column = ("en", "fr", "pt").index(story.language)
    problem = rows("organisations", "problems")[story.problem][column]
    goal = rows("organisations", "goals")[story.goal][column]
    chance = Chance(story.cost, opportunity.code)
    slots = facts(opportunity, on=opportunity.created, chance=chance)
    need = f"{problem[0].upper()}{problem[1:]}; {goal}."
    return need, fill(IMPACTS[story.language], slots=slots, chance=chance) if len(opportunity.stages) > 2 else ""


def next_step(opportunity: Opportunity, *, today: date, chance: Chance) -> tuple[str, date | None]:
    """What the seller means to do next and when; careless sellers leave it empty or let it pass."""
    own = chance.stream(f"next step {opportunity.code}")
    if opportunity.outcome is not Outcome.OPEN or not own.happens(0.2 + 0.75 * opportunity.owner.diligence):
        return "", None
    slots = facts(opportunity, on=today - timedelta(days=1), chance=own)
    step = phrase("internal", "next_step", language=opportunity.story.language, slots=slots, chance=own)
    late = own.happens(0.2)
    day = today + timedelta(days=-own.whole(1, 12) if late else own.whole(0, 12))
    return step, weekday(day) if late else next_weekday(day)
