"""The stories of opportunities, read from stays in stages and timelines with a few statements for any number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from rapport.activities.models import Call, Mail, Meeting, TimelineEntry
from rapport.activities.models.call import Direction
from rapport.activities.models.meeting import MeetingStatus
from rapport.catalog.queries import Rates, current_rates
from rapport.pipeline.models import Opportunity, Stage, StageVisit
from rapport.pipeline.models.opportunity.facts import Status
from rapport.pipeline.models.stage import StageKind

from .story import Contact, Stay, Story

MOST = 20_000


def stories(among: Collection[UUID] | None = None) -> list[Story]:
    """The newest opportunities (or those named), the oldest first; for the system, which sees all."""
    found = Opportunity.objects.select_related("organisation")
    rows = list(found.filter(pk__in=among) if among is not None else found.order_by("-opened_on", "-id")[:MOST])
    keys = [row.pk for row in rows]
    reading = _Reading(_stays_of(keys), _contacts_of(keys), _ladders(), current_rates(), _first_wins(rows))
    told = (reading.story_of(row) for row in rows)
    return sorted((one for one in told if one.stays), key=lambda one: (one.opened, one.opportunity))


@dataclass(frozen=True)
class _Reading:
    stays: Mapping[UUID, Sequence[tuple[UUID, datetime]]]
    contacts: Mapping[UUID, Sequence[Contact]]
    ladders: Mapping[UUID, tuple[int, bool]]
    rates: Rates
    first_wins: Mapping[UUID, date]

    def story_of(self, row: Opportunity) -> Story:
        entered = list(self.stays.get(row.pk, ()))
        if row.stage_id and row.stage_since:
            entered.append((row.stage_id, row.stage_since))
        sold = [(self.ladders[stage], since) for stage, since in sorted(entered, key=_moment) if stage in self.ladders]
        ended = _end_of(row.closed_on) if row.status in (Status.WON, Status.LOST) and row.closed_on else None
        is_won = row.status == Status.WON
        at_goal = [since for (_place, is_goal), since in sold if is_goal]
        size = self.rates.in_base(row.amount, row.currency) if row.amount is not None else None
        return Story(
            opportunity=row.pk,
            opened=_start_of(row.opened_on),
            stays=tuple(Stay(place, since) for (place, _is_goal), since in sold),
            contacts=tuple(self.contacts.get(row.pk, ())),
            goal_at=at_goal[0] if at_goal else ended if is_won else None,
            ended=ended,
            is_won=is_won,
            size=float(size) if size is not None else None,
            is_customer=self._bought_before(row),
            industry=row.organisation.industry if row.organisation else "",
            source=row.source,
            seller=str(row.owner_id or ""),
        )

    def _bought_before(self, row: Opportunity) -> bool:
        first = self.first_wins.get(row.organisation_id) if row.organisation_id else None
        return first is not None and first < row.opened_on


def goal_label() -> str:
    """The name of the stage that is the goal, in the active language; empty where pipelines have different ones."""
    goals = {stage.title_of({"code": stage.code, "name": stage.name}) for stage in _last_stages()}
    return goals.pop() if len(goals) == 1 else ""


def _last_stages() -> list[Stage]:
    last = {
        stage.pipeline_id: stage for stage in Stage.objects.filter(kind=StageKind.SELLING).order_by("position", "id")
    }
    return list(last.values())


def _ladders() -> dict[UUID, tuple[int, bool]]:
    """The stages that are sold in: the place in their pipeline, and whether each is the last one."""
    found: dict[UUID, tuple[int, bool]] = {}
    places: dict[UUID, int] = defaultdict(int)
    last = {stage.pk for stage in _last_stages()}
    for stage in Stage.objects.filter(kind=StageKind.SELLING).order_by("position", "id"):
        found[stage.pk] = (places[stage.pipeline_id], stage.pk in last)
        places[stage.pipeline_id] += 1
    return found


def _stays_of(keys: Collection[UUID]) -> dict[UUID, list[tuple[UUID, datetime]]]:
    found: dict[UUID, list[tuple[UUID, datetime]]] = defaultdict(list)
    visits = StageVisit.objects.filter(opportunity__in=keys).values_list("opportunity_id", "stage_id", "entered_at")
    for opportunity, stage, entered in visits:
        found[opportunity].append((stage, entered))
    return found


def _contacts_of(keys: Collection[UUID]) -> dict[UUID, list[Contact]]:
    """Mails, calls and held meetings by opportunity, the oldest first."""
    kinds = ("mail", "call", "meeting")
    entries = TimelineEntry.objects.filter(item_type__in=kinds)
    placed = entries.filter(record_id__in=keys).order_by("at").values_list("record_id", "item_id", "item_type", "at")
    placed_rows = list(placed)
    items = {item for _record, item, _kind, _at in placed_rows}
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for item, person in entries.filter(item_id__in=items, record_type="person").values_list("item_id", "record_id"):
        people[item].add(person)
    incoming, unheld = _incoming(items), _unheld(items)
    found: dict[UUID, list[Contact]] = defaultdict(list)
    for record, item, kind, at in placed_rows:
        if item not in unheld:
            found[record].append(Contact(at, kind, item in incoming, frozenset(people[item])))
    return found


def _incoming(items: Iterable[UUID]) -> set[UUID]:
    keys = list(items)
    return {
        key
        for kind in (Mail, Call)
        for key in kind.objects.filter(pk__in=keys, direction=Direction.IN).values_list("pk", flat=True)
    }


def _unheld(items: Iterable[UUID]) -> set[UUID]:
    """Meetings that were called off."""
    cancelled = Meeting.objects.filter(pk__in=list(items), status=MeetingStatus.CANCELLED)
    return set(cancelled.values_list("pk", flat=True))


def _first_wins(rows: Iterable[Opportunity]) -> dict[UUID, date]:
    """When each organisation bought for the first time."""
    customers = {row.organisation_id for row in rows if row.organisation_id}
    won = Opportunity.objects.filter(status=Status.WON, organisation__in=customers, closed_on__isnull=False)
    newest_first = won.order_by("-closed_on").values_list("organisation_id", "closed_on")
    return {organisation: closed for organisation, closed in newest_first if closed}


def _moment(entered: tuple[UUID, datetime]) -> datetime:
    return entered[1]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)
