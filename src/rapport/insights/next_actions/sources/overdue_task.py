"""A task whose day has come or gone by."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.activities.models import Priority, Task
from rapport.core.clock import today
from rapport.pipeline.models import Opportunity

from ..chances import chance_of
from ..situation import Situation
from ..source import Source
from ..suggestion import Days, Effect, Evidence, How, Kind, Step, Suggestion, Told, Worth

NAME = "overdue_task"
_MINUTES = 15
_PRESSES = {Priority.LOW: 0.02, Priority.NORMAL: 0.04, Priority.HIGH: 0.08, Priority.URGENT: 0.12}
_TOLD = Told(_("assumed: a promise kept adds from 2%% (low) to 12%% (urgent) to what a deal promises"))


def _find(situation: Situation) -> Iterator[Suggestion]:
    known = {one.pk: one for one in situation.opportunities}
    for task in situation.tasks:
        if task.due_on is not None and task.due_on <= today():
            yield _suggestion(task, _about(task, known), situation)


def _about(task: Task, known: dict[UUID, Opportunity]) -> Opportunity | None:
    return next((known[key] for entry in task.about if (key := UUID(entry["id"])) in known), None)


def _suggestion(task: Task, about: Opportunity | None, situation: Situation) -> Suggestion:
    assert task.due_on is not None
    effect = Effect(_PRESSES[Priority(task.priority)], _TOLD)
    worth = Worth(situation.usual_sum.amount, situation.usual_sum.told, 0.2, _("assumed"), effect, _MINUTES)
    if about is not None:
        money, chance = (
            situation.sum_of(about.amount, about.currency, _("amount of its deal")),
            chance_of(about, situation),
        )
        worth = Worth(money.amount, money.told, chance.share, chance.told, effect, _MINUTES)
    late = (today() - task.due_on).days
    return Suggestion(
        source=NAME,
        record=task,
        kind=Kind.WORK,
        todo=Told("%(title)s", {"title": task.title}),
        why=Told(_("Due %(day)s."), {"day": task.due_on})
        if late == 0
        else Told(_("It was due on %(day)s (%(days)s late)."), {"day": task.due_on, "days": Days(late)}),
        worth=worth,
        day=task.due_on,
        episode=task.due_on.isoformat(),
        step=Step(How.OPEN),
        evidence=(Evidence(about.title, "opportunity", about.pk),) if about else (),
    )


SOURCE = Source(
    NAME,
    label=_("Tasks and promises due"),
    meaning=_("A task whose day has come or gone by."),
    record_type="task",
    rests_on=frozenset({"task.due_on", "task.status"}),
    find=_find,
    done_by=("task.complete", "task.change", "task.snooze"),
    moved_by=("task.complete", "answer"),
)
