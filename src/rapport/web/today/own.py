"""One's own day: tasks, meetings, next steps, what closes, what stands still, new leads, contracts."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rapport.activities.models import Meeting, Task
from rapport.activities.queries import meetings_today, my_tasks
from rapport.core.actors import Actor
from rapport.core.clock import now, today
from rapport.core.often_asked import often_asked
from rapport.leads.models import Lead, LeadStatus
from rapport.orders.queries import notice_due
from rapport.pipeline.models import Opportunity
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
    titles_about,
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
CLOSING_WITHIN, STALLED_FOR = timedelta(days=14), timedelta(days=30)
_MINE = "f=status:is:open&f=owner:is:me"


def day_of(actor: Actor) -> tuple[Section, Section]:
    """Late tasks and those of today, or the next ones when there are none; and the meetings of the day."""
    found, meetings = my_tasks(actor, limit=60), _meetings(actor)
    pressing: list[Task] = [*found.overdue, *found.today]
    shown = (pressing or [*found.upcoming, *found.undated][:3])[:20]
    titles = titles_about([*shown, *meetings])
    title = _("To do today") if pressing or not shown else _("To do next")
    items = task_items(shown, titles, may_complete=actor.may("task.complete"))
    to_meet = meeting_items(meetings, titles)
    return (
        Section("tasks", title, "list-checks", items, "/tasks/?view=mine"),
        Section("meetings", _("Meetings today"), "calendar-days", to_meet, "/meetings/?view=mine"),
    )


@often_asked
def _meetings(actor: Actor) -> QuerySet[Meeting]:
    return meetings_today(actor)[:20]


_STANDS_STILL = ("stage_since", "next_step_on")


def selling_of(actor: Actor) -> list[Section]:
    """What one's own opportunities ask for."""
    return [
        Section(
            "steps",
            _("Next steps due"),
            "arrow-right",
            step_items(_steps_due(actor)) if _sees(actor, "next_step_on") else [],
            f"/opportunities/?{_MINE}&f=next_step_on:between:2000-01-01|today&sort=next_step_on",
        ),
        Section(
            "closing",
            _("Closing soon, or past their date"),
            "flag",
            closing_items(_closing(actor)) if _sees(actor, "expected_close") else [],
            f"/opportunities/?{_MINE}&f=expected_close:between:2000-01-01|today%2B14&sort=expected_close",
        ),
        Section(
            "stalled",
            _("Standing still"),
            "hourglass",
            stalled_items(_stalled(actor, since=now() - STALLED_FOR)) if _sees(actor, *_STANDS_STILL) else [],
            f"/opportunities/?{_MINE}&f=stage_since:before:today-30&sort=stage_since",
            _("A month or more in one stage, and nothing planned."),
        ),
    ]


def _sees(actor: Actor, *fields: str) -> bool:
    """Whether the actor may know what a section is chosen by."""
    return not any(f"opportunity.{name}" in actor.hidden_fields for name in fields)


@often_asked
def _steps_due(actor: Actor) -> QuerySet[Opportunity]:
    return _told(next_steps_due(actor), actor)


@often_asked
def _closing(actor: Actor) -> QuerySet[Opportunity]:
    return _told(closing_until(actor, today() + CLOSING_WITHIN), actor)


@often_asked
def _stalled(actor: Actor, *, since: datetime) -> QuerySet[Opportunity]:
    return _told(stalled_opportunities(actor, since=since), actor, "stage__name", "stage__attributes")


def _told(found: QuerySet[Opportunity], actor: Actor, *of_stage: str) -> QuerySet[Opportunity]:
    """One's own ones among those found, with what a line says."""
    mine = found.filter(owner_id=actor.user_id).select_related(None).only(*_TOLD, *of_stage)
    return (mine.select_related("stage") if of_stage else mine)[:SHOWN]


def leads_of(actor: Actor) -> Section:
    """New leads that are one's own or nobody's."""
    items = lead_items(_new_leads(actor), sees_chances="lead.chance_to_convert" not in actor.hidden_fields)
    return Section("leads", _("New leads"), "sprout", items, "/leads/?f=status:is:new&sort=-id")


@often_asked
def _new_leads(actor: Actor) -> QuerySet[Lead]:
    found = Lead.objects.visible_to(actor).filter(status=LeadStatus.NEW).order_by("-id")
    newest = [found.filter(whose).values("pk")[:SHOWN] for whose in (Q(owner_id=actor.user_id), Q(owner=None))]
    either = Lead.objects.filter(pk__in=newest[0].union(newest[1], all=True))
    return either.select_related("owner", "campaign").order_by("-id")[:SHOWN]


def contracts_of(actor: Actor) -> Section:
    """One's own contracts whose last day for notice comes up."""
    found = notice_due(actor).filter(owner_id=actor.user_id)
    title = _("Notice due within a month")
    return Section("contracts", title, "file-clock", contract_items(found[:SHOWN]), "/contracts/?view=mine")


def task_of(actor: Actor, task_id: UUID) -> Task | None:
    """A task the actor may see."""
    return Task.objects.visible_to(actor).filter(pk=task_id).first()
