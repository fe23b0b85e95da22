"""The lines of the Today page: a title, where it leads, a few words, and a state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.activities.about import titles_of
from rapport.activities.models import Activity, Meeting, Task
from rapport.core.clock import today
from rapport.leads.models import Lead
from rapport.orders.models import Contract
from rapport.pipeline.models import Opportunity
from rapport.web.places import record_address
from rapport.web.ui import formats


@dataclass(frozen=True)
class Item:
    """One line; `tone` colours the badge, whose text says the same."""

    key: UUID
    title: str
    href: str
    detail: str = ""
    badge: str = ""
    tone: str = ""
    complete: str = ""
    chance: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind; `more` leads to the list with all of them, `meaning` says why they are here."""

    key: str
    title: str
    icon: str
    items: Sequence[Item]
    more: str = ""
    meaning: str | SafeString = ""


def titles_about(activities: Iterable[Activity]) -> dict[UUID, str]:
    """The titles of what all of these are about, in one question."""
    return titles_of(UUID(entry["id"]) for one in activities for entry in _named(one.about))


def task_items(tasks: Sequence[Task], titles: Mapping[UUID, str], *, may_complete: bool) -> list[Item]:
    """Tasks with what they are about."""
    return [_task(task, titles, may_complete=may_complete) for task in tasks]


def _task(task: Task, titles: Mapping[UUID, str], *, may_complete: bool) -> Item:
    return Item(
        key=task.pk,
        title=task.title,
        href=record_address("task", task.pk),
        detail=_about(task.about, titles),
        badge=formats.nearby_day(task.due_on) if task.due_on else "",
        tone="bad" if task.is_overdue else "",
        complete=f"/today/tasks/{task.pk}/complete/" if may_complete else "",
    )


def meeting_items(meetings: Sequence[Meeting], titles: Mapping[UUID, str]) -> list[Item]:
    """Meetings with their time and place."""
    return [
        Item(
            meeting.pk,
            meeting.title,
            record_address("meeting", meeting.pk),
            detail=" · ".join(filter(None, [_about(meeting.about, titles), meeting.place])),
            badge=formats.clock(meeting.at),
        )
        for meeting in meetings
    ]


def _named(about: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return [entry for entry in about if not entry.get("implied")]


def _about(about: Iterable[Mapping[str, str]], titles: Mapping[UUID, str]) -> str:
    return ", ".join(titles[key] for entry in _named(about) if (key := UUID(entry["id"])) in titles)


def step_items(opportunities: Iterable[Opportunity]) -> list[Item]:
    """What is to be done next in opportunities."""
    return [_of_opportunity(one, one.next_step or _("Next step"), one.title, one.next_step_on) for one in opportunities]


def closing_items(opportunities: Iterable[Opportunity]) -> list[Item]:
    """Opportunities with the day they are expected to close."""
    return [_of_opportunity(one, one.title, money_of(one), one.expected_close) for one in opportunities]


def _of_opportunity(opportunity: Opportunity, title: str, detail: str, day: date | None) -> Item:
    address = record_address("opportunity", opportunity.pk)
    late = day is not None and day < today()
    return Item(opportunity.pk, title, address, detail, formats.nearby_day(day) if day else "", "bad" if late else "")


def stalled_items(opportunities: Iterable[Opportunity]) -> list[Item]:
    """Opportunities with how long they have stood still."""
    return [
        Item(
            one.pk,
            one.title,
            record_address("opportunity", one.pk),
            " · ".join(filter(None, [one.stage.title if one.stage else "", money_of(one)])),
            _days(one.days_in_stage or 0),
            "warning",
        )
        for one in opportunities
    ]


def _days(days: int) -> str:
    return ngettext("%(days)d day here", "%(days)d days here", days) % {"days": days}


def lead_items(leads: Iterable[Lead], *, sees_chances: bool) -> list[Item]:
    """Leads with where they come from, and how likely they are converted."""
    return [
        Item(
            lead.pk,
            lead.title,
            record_address("lead", lead.pk),
            " · ".join(
                filter(None, [lead.organisation_name if lead.organisation_name != lead.title else "", lead.source])
            ),
            "" if lead.owner_id else _("nobody's yet"),
            "" if lead.owner_id else "accent",
            chance=_chance(lead.chance_to_convert) if sees_chances else "",
        )
        for lead in leads
    ]


def _chance(percent: int | None) -> str:
    return "" if percent is None else formats.percent(percent / 100)


def contract_items(contracts: Iterable[Contract]) -> list[Item]:
    """Contracts with the last day for notice."""
    return [
        Item(
            one.pk,
            one.title,
            record_address("contract", one.pk),
            badge=formats.nearby_day(one.notice_by) if one.notice_by else "",
            tone="warning",
        )
        for one in contracts
    ]


def money_of(opportunity: Opportunity) -> str:
    """The amount with its currency; nothing where none is known."""
    if opportunity.amount is None:
        return ""
    return formats.money(opportunity.amount, opportunity.currency or settings.BASE_CURRENCY, compact=True)
