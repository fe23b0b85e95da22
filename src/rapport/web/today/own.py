"""One's own day: tasks, meetings, next steps, what closes, what stands still, new leads, contracts."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.activities.models import Task
from rapport.activities.queries import meetings_today, my_tasks
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.leads.models import LeadStatus
from rapport.leads.queries import leads_to_work
from rapport.orders.queries import notice_due
from rapport.pipeline.queries import closing_until, next_steps_due, stalled_opportunities

from .items import (
    Section,
    closing_items,
    contract_items,
    lead_items,
    meeting_items,
    stalled_items,
    step_items,
    task_items,
)

SHOWN = 8
_TOLD = (
    "name",
    "amount",
    "currency",
    "next_step",
    "next_step_on",
    "expected_close",
    "stage",
    "stage_since",
    "attributes",
    "derived",
)
CLOSING_WITHIN = timedelta(days=14)
_MINE = "f=status:is:open&f=owner:is:me"


def tasks_of(actor: Actor) -> Section:
    """Late tasks and those of today; when there are none, the next ones."""
    found = my_tasks(actor, limit=60)
    pressing: list[Task] = [*found.overdue, *found.today]
    shown = pressing or [*found.upcoming, *found.undated][:3]
    title = _("To do today") if pressing or not shown else _("To do next")
    items = task_items(shown[:20], may_complete=actor.may("task.complete"))
    return Section("tasks", title, "list-checks", items, "/tasks/?view=mine")


def meetings_of(actor: Actor) -> Section:
    """The meetings of the day."""
    items = meeting_items(list(meetings_today(actor)[:20]))
    return Section("meetings", _("Meetings today"), "calendar-days", items, "/meetings/?view=mine")


def selling_of(actor: Actor) -> list[Section]:
    """What one's own opportunities ask for."""
    mine = Q(owner_id=actor.user_id)
    day = today() + CLOSING_WITHIN
    closing = closing_until(actor, day).filter(mine).select_related(None).only(*_TOLD)[:SHOWN]
    return [
        Section(
            "steps",
            _("Next steps due"),
            "arrow-right",
            step_items(next_steps_due(actor).filter(mine).select_related(None).only(*_TOLD)[:SHOWN]),
            f"/opportunities/?{_MINE}&f=next_step_on:between:2000-01-01|today&sort=next_step_on",
        ),
        Section(
            "closing",
            _("Closing soon, or past their date"),
            "flag",
            closing_items(closing),
            f"/opportunities/?{_MINE}&f=expected_close:between:2000-01-01|today%2B14&sort=expected_close",
        ),
        Section(
            "stalled",
            _("Standing still"),
            "hourglass",
            stalled_items(
                stalled_opportunities(actor)
                .filter(mine)
                .select_related(None)
                .select_related("stage")
                .only(*_TOLD, "stage__name", "stage__attributes")[:SHOWN]
            ),
            f"/opportunities/?{_MINE}&f=stage_since:before:today-30&sort=stage_since",
            _("A month or more in one stage, and nothing planned."),
        ),
    ]


def leads_of(actor: Actor) -> Section:
    """New leads that are one's own or nobody's."""
    found = leads_to_work(actor).filter(Q(owner_id=actor.user_id) | Q(owner=None), status=LeadStatus.NEW)
    return Section("leads", _("New leads"), "sprout", lead_items(found[:SHOWN]), "/leads/?f=status:is:new&sort=-id")


def contracts_of(actor: Actor) -> Section:
    """One's own contracts whose last day for notice comes up."""
    found = notice_due(actor).filter(owner_id=actor.user_id)
    title = _("Notice due within a month")
    return Section("contracts", title, "file-clock", contract_items(found[:SHOWN]), "/contracts/?view=mine")


def task_of(actor: Actor, task_id: UUID) -> Task | None:
    """A task the actor may see."""
    return Task.objects.visible_to(actor).filter(pk=task_id).first()
