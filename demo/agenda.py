"""What lies ahead: meetings of today and the coming days, tasks due, late and done."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.business import Opportunity, Outcome
from demo.chance import Chance
from demo.company import Company
from demo.spoken import add_meeting
from demo.stories import facts
from demo.touches import Task
from demo.wording import phrase
from demo.workdays import next_weekday, weekday

DONE_TASKS = 245
CUSTOMER_TASKS = 60
TODAY_PER_SELLER = 2


@dataclass(frozen=True)
class Due:
    """When a task was made, is due and was done."""

    created: date
    due_on: date
    completed_on: date | None = None


def add_agenda(company: Company) -> None:
    """Planned meetings, then tasks."""
    chance = company.chance.stream("agenda")
    running = [each for each in company.opportunities if each.outcome is Outcome.OPEN]
    _plan_meetings(company, running=running, chance=chance)
    for opportunity in running:
        if chance.happens(0.85):
            _add_task(company, opportunity, due=_open_due(company.today, chance=chance), kind="task", chance=chance)
    closed = [each for each in company.opportunities if each.closed_on]
    for opportunity in chance.sample(closed, size=DONE_TASKS):
        _add_task(company, opportunity, due=_done_due(opportunity, chance=chance), kind="task", chance=chance)
    won = [each for each in closed if each.outcome is Outcome.WON and not each.organisation.churned_on]
    for opportunity in chance.sample(won, size=CUSTOMER_TASKS):
        due = _open_due(company.today, chance=chance)
        _add_task(company, opportunity, due=due, kind="task.customer", chance=chance)


def _plan_meetings(company: Company, *, running: list[Opportunity], chance: Chance) -> None:
    """Each seller has something today; a third of the rest meets within two weeks."""
    busy: dict[str, int] = {}
    for opportunity in running:
        owner = opportunity.owner.code
        beat = "close" if len(opportunity.stages) > 4 else "demo" if len(opportunity.stages) > 2 else "first"
        if busy.get(owner, 0) < TODAY_PER_SELLER:
            busy[owner] = busy.get(owner, 0) + 1
            add_meeting(company, opportunity, beat=beat, day=company.today, chance=chance, planned=True)
        elif chance.happens(0.34):
            day = next_weekday(company.today + timedelta(days=chance.whole(1, 14)))
            add_meeting(company, opportunity, beat=beat, day=day, chance=chance, planned=True)


def _open_due(today: date, *, chance: Chance) -> Due:
    """Due today, late, or in the next weeks."""
    shift = chance.weighted((0, -1, 1), weights=(3, 4, 9))
    days = {0: 0, -1: -chance.whole(1, 18), 1: chance.whole(1, 21)}[shift]
    due_on = today if shift == 0 else weekday(today + timedelta(days=days))
    return Due(created=weekday(min(due_on, today) - timedelta(days=chance.whole(2, 12))), due_on=due_on)


def _done_due(opportunity: Opportunity, *, chance: Chance) -> Due:
    """Somewhere on the way to the decision, done a few days early or late."""
    closed_on = opportunity.closed_on or opportunity.created
    span = max(3, (closed_on - opportunity.created).days)
    due_on = weekday(opportunity.created + timedelta(days=chance.whole(2, span)))
    created = max(opportunity.created, due_on - timedelta(days=chance.whole(1, 9)))
    completed_on = min(closed_on, max(created, due_on + timedelta(days=chance.whole(-2, 5))))
    return Due(created=created, due_on=due_on, completed_on=weekday(max(completed_on, created)))


def _add_task(company: Company, opportunity: Opportunity, *, due: Due, kind: str, chance: Chance) -> None:
    slots = facts(opportunity, on=due.created, chance=chance)
    company.tasks.append(
        Task(
            code=f"TSK-{len(company.tasks) + 1:04d}",
            subject=phrase("internal", kind, language=opportunity.story.language, slots=slots, chance=chance),
            due_on=due.due_on,
            status="Completed" if due.completed_on else chance.weighted(("Open", "In progress"), weights=(4, 1)),
            priority=chance.weighted(("High", "Normal", "Low"), weights=(2, 7, 1)),
            owner=opportunity.owner,
            created=due.created,
            completed_on=due.completed_on,
            organisation=opportunity.organisation.code,
            opportunity=opportunity.code,
        )
    )
