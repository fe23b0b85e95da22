"""The board: each stage of a pipeline with its count, sums and first cards."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from rapport.catalog.queries import Rates, Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.often_asked import often_asked, often_summed, planned_once
from rapport.core.record_sets import RecordQuerySet

from ..models import Opportunity, Pipeline, Stage, Status
from ..models.opportunity.opportunity import NO_DAY, close_day

FOLLOWED_UP_FOR = timedelta(days=90)
_ON_CARDS = (
    *("name", "organisation", "organisation__name", "person", "owner", "owner__name", "team", "pipeline", "stage"),
    *("stage_since", "status", "amount", "currency", "probability", "expected_close", "opened_on", "closed_on"),
    *("next_step", "next_step_on", "updated_at", "attributes", "derived", "chance_to_win"),
)


@dataclass(frozen=True)
class CardPage:
    """Some cards of a column; `after` is the id of the last one when there are more."""

    cards: tuple[Opportunity, ...]
    after: UUID | None


@dataclass(frozen=True)
class Column:
    """One stage with what stands in it; the weighted total counts each amount by its probability.

    There is no total of what is hidden from the actor.
    """

    stage: Stage
    count: int
    total: Total | None
    weighted: Total | None
    page: CardPage


@dataclass(frozen=True)
class Board:
    """A pipeline with its columns; totals are in the base currency."""

    pipeline: Pipeline
    columns: tuple[Column, ...]


def board(actor: Actor, pipeline: Pipeline, *, among: Q | None = None, cards: int = 15) -> Board:
    """The board of a pipeline in six statements, however much is on it; `among` narrows it down."""
    stages = pipeline.ordered_stages()
    rates = current_rates()
    sums = _sums(actor, among, stages, rates)
    pages = _first_pages(actor, among, stages, cards)
    empty = _Sums(0, total_of([], rates), total_of([], rates))
    columns = [_column(actor, stage, sums.get(stage.pk, empty), pages[stage.pk]) for stage in stages]
    return Board(pipeline, tuple(columns))


def _column(actor: Actor, stage: Stage, found: "_Sums", page: CardPage) -> Column:
    sees_amount = "opportunity.amount" not in actor.hidden_fields
    sees_chance = "opportunity.probability" not in actor.hidden_fields
    total = found.total if sees_amount else None
    return Column(stage, found.count, total, found.weighted if sees_amount and sees_chance else None, page)


def cards_of(
    actor: Actor, stage: Stage, *, after: UUID | None = None, among: Q | None = None, cards: int = 15
) -> CardPage:
    """The cards of one column that come after a card."""
    rows = _in_stage(_standing(actor, among), stage.pk, is_selling=stage.is_selling)
    last = Opportunity.objects.visible_to(actor).filter(pk=after).first() if after else None
    if last:
        rows = rows.filter(_beyond(stage, last))
    ids = list(rows.values_list("pk", flat=True)[: cards + 1])
    return _page(stage, ids, _cards(ids), cards)


def _standing(actor: Actor, among: Q | None) -> RecordQuerySet[Opportunity]:
    visible = Opportunity.objects.visible_to(actor)
    return visible.filter(among) if among is not None else visible


def _in_stage(rows: RecordQuerySet[Opportunity], stage_id: UUID, *, is_selling: bool) -> RecordQuerySet[Opportunity]:
    """What stands in a stage: open ones by expected close, followed-up ones by when they were won, newest first."""
    if is_selling:
        return _open(rows).filter(stage=stage_id).alias(close_day=close_day()).order_by("close_day", "id")
    return _followed_up(rows).filter(stage=stage_id).order_by("-closed_on", "-id")


def _open(rows: RecordQuerySet[Opportunity]) -> RecordQuerySet[Opportunity]:
    return rows.filter(status=Status.OPEN)


def _followed_up(rows: RecordQuerySet[Opportunity]) -> RecordQuerySet[Opportunity]:
    return rows.filter(status=Status.WON, closed_on__gte=today() - FOLLOWED_UP_FOR)


def _beyond(stage: Stage, last: Opportunity) -> Q:
    if not stage.is_selling:
        earlier, same = Q(closed_on__lt=last.closed_on), Q(closed_on=last.closed_on, pk__lt=last.pk)
        return Q(closed_on__lte=last.closed_on) & (earlier | same)
    day = last.expected_close or NO_DAY
    return Q(close_day__gte=day) & (Q(close_day__gt=day) | Q(close_day=day, pk__gt=last.pk))


@dataclass(frozen=True)
class _Sums:
    count: int
    total: Total
    weighted: Total


def _sums(actor: Actor, among: Q | None, stages: Sequence[Stage], rates: Rates) -> dict[UUID, _Sums]:
    """Count and sums of each stage; grouped by currency in the database, weighed and added up here."""
    grouped: dict[UUID, list[_Group]] = defaultdict(list)
    for stage_id, *group in _groups(actor, among, _kinds(stages)):
        grouped[stage_id].append(_Group(*group))
    return {stage.pk: _added(grouped[stage.pk], stage, rates) for stage in stages if stage.pk in grouped}


def _kinds(stages: Sequence[Stage]) -> tuple[tuple[UUID, bool], ...]:
    """The stages, each with whether it is one of selling."""
    return tuple((stage.pk, stage.is_selling) for stage in stages)


@often_summed("{}")
def _groups(
    actor: Actor, among: Q | None, stages: tuple[tuple[UUID, bool], ...]
) -> QuerySet[Opportunity, tuple[Any, ...]]:
    selling = [key for key, is_selling in stages if is_selling]
    following = [key for key, is_selling in stages if not is_selling]
    first, *others = [
        _grouped(rows)
        for part in Opportunity.objects.filter(among or Q()).visible_parts(actor)
        for rows in (_open(part).filter(stage__in=selling), _followed_up(part).filter(stage__in=following))
    ]
    return first.union(*others, all=True)


def _grouped(rows: RecordQuerySet[Opportunity]) -> QuerySet[Opportunity, tuple[Any, ...]]:
    sums: Any = rows.order_by().values_list("stage_id", "currency")
    grouped: QuerySet[Opportunity, tuple[Any, ...]] = sums.annotate(
        count=Count("*"),
        total=Sum("amount"),
        own=Sum(F("amount") * F("probability")),
        by_stage=Sum("amount", filter=Q(probability=None)),
    )
    return grouped


@dataclass(frozen=True)
class _Group:
    """What stands in one stage in one currency; `own` are the amounts times their own probability."""

    currency: str
    count: int
    total: Decimal | None
    own: Decimal | None
    by_stage: Decimal | None


def _added(groups: Sequence[_Group], stage: Stage, rates: Rates) -> _Sums:
    amounts = [(group.currency, group.total) for group in groups if group.total is not None]
    weighted = [(group.currency, _weighted(group, stage)) for group in groups if group.total is not None]
    return _Sums(sum(group.count for group in groups), total_of(amounts, rates), total_of(weighted, rates))


def _weighted(group: _Group, stage: Stage) -> Decimal:
    """Each amount counts by its own probability, or by that of the stage."""
    return ((group.own or Decimal(0)) + (group.by_stage or Decimal(0)) * stage.probability) / Decimal(100)


def _first_pages(actor: Actor, among: Q | None, stages: Sequence[Stage], cards: int) -> dict[UUID, CardPage]:
    """The first cards of all columns: one statement finds them, one fetches them."""
    in_stage: dict[UUID, list[UUID]] = defaultdict(list)
    for key, stage_id in _first_ids(actor, among, _kinds(stages), cards + 1) if stages else []:
        in_stage[stage_id].append(key)
    fetched = _cards([key for ids in in_stage.values() for key in ids[:cards]])
    return {stage.pk: _page(stage, in_stage[stage.pk], fetched, cards) for stage in stages}


@often_asked
def _first_ids(
    actor: Actor, among: Q | None, stages: tuple[tuple[UUID, bool], ...], most: int
) -> QuerySet[Opportunity, tuple[UUID, UUID]]:
    rows = _standing(actor, among)
    parts: list[Any] = [
        _in_stage(rows, key, is_selling=is_selling).values_list("pk", "stage_id")[:most] for key, is_selling in stages
    ]
    first: QuerySet[Opportunity, tuple[UUID, UUID]] = parts[0]
    return first.union(*parts[1:], all=True) if len(parts) > 1 else first


def _cards(ids: list[UUID]) -> dict[UUID, Opportunity]:
    return {row.pk: row for row in _shown(ids=ids)} if ids else {}


@planned_once
def _shown(*, ids: list[UUID]) -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(pk__among=ids).select_related("organisation", "owner").only(*_ON_CARDS)


def _page(stage: Stage, ids: Sequence[UUID], fetched: dict[UUID, Opportunity], cards: int) -> CardPage:
    shown = [fetched[key] for key in ids[:cards]]
    for card in shown:
        card.stage = stage
    return CardPage(tuple(shown), ids[cards - 1] if len(ids) > cards else None)
