"""The board: each stage of a pipeline with its count, sums and first cards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from rapport.catalog.queries import Rates, Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.records import RecordQuerySet

from ..models import Opportunity, Pipeline, Stage, Status
from ..models.opportunity.opportunity import NO_DAY, close_day

FOLLOWED_UP_FOR = timedelta(days=90)
_ON_CARDS = (
    *("name", "organisation", "organisation__name", "person", "owner", "owner__name", "team", "pipeline", "stage"),
    *("stage_since", "status", "amount", "currency", "probability", "expected_close", "opened_on", "closed_on"),
    *("next_step", "next_step_on", "updated_at", "attributes", "derived"),
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
    standing = _standing(actor, among)
    sums = _sums(standing, stages, rates)
    pages = _first_pages(standing, stages, cards)
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
    rows = _in_stage(_standing(actor, among), stage)
    last = Opportunity.objects.visible_to(actor).filter(pk=after).first() if after else None
    if last:
        rows = rows.filter(_beyond(stage, last))
    ids = list(rows.values_list("pk", flat=True)[: cards + 1])
    return _page(stage, ids, _cards(ids), cards)


def _standing(actor: Actor, among: Q | None) -> RecordQuerySet[Opportunity]:
    visible = Opportunity.objects.visible_to(actor)
    return visible.filter(among) if among is not None else visible


def _in_stage(rows: RecordQuerySet[Opportunity], stage: Stage) -> RecordQuerySet[Opportunity]:
    """What stands in a stage: open ones by expected close, followed-up ones by when they were won, newest first."""
    if stage.is_selling:
        return _open(rows).filter(stage=stage).alias(close_day=close_day()).order_by("close_day", "id")
    return _followed_up(rows).filter(stage=stage).order_by("-closed_on", "-id")


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


def _sums(rows: RecordQuerySet[Opportunity], stages: Sequence[Stage], rates: Rates) -> dict[UUID, _Sums]:
    """Count and sums of each stage; grouped by currency in the database, weighed and added up here."""
    selling = _grouped(_open(rows).filter(stage__in=[stage.pk for stage in stages if stage.is_selling]))
    following = _grouped(_followed_up(rows).filter(stage__in=[stage.pk for stage in stages if not stage.is_selling]))
    grouped: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in selling.union(following, all=True):
        grouped[row["stage_id"]].append(dict(row))
    return {stage.pk: _added(grouped[stage.pk], stage, rates) for stage in stages if stage.pk in grouped}


def _grouped(rows: RecordQuerySet[Opportunity]) -> QuerySet[Opportunity, dict[str, Any]]:
    sums: Any = rows.order_by().values("stage_id", "currency")
    grouped: QuerySet[Opportunity, dict[str, Any]] = sums.annotate(
        count=Count("pk"),
        total=Sum("amount"),
        own=Sum(F("amount") * F("probability")),
        by_stage=Sum("amount", filter=Q(probability=None)),
    )
    return grouped


def _added(rows: Sequence[dict[str, Any]], stage: Stage, rates: Rates) -> _Sums:
    amounts = [(row["currency"], row["total"]) for row in rows if row["total"] is not None]
    weighted = [(row["currency"], _weighted(row, stage)) for row in rows if row["total"] is not None]
    return _Sums(sum(row["count"] for row in rows), total_of(amounts, rates), total_of(weighted, rates))


def _weighted(row: Mapping[str, Any], stage: Stage) -> Decimal:
    """Each amount counts by its own probability, or by that of the stage."""
    return ((row["own"] or Decimal(0)) + (row["by_stage"] or Decimal(0)) * stage.probability) / Decimal(100)


def _first_pages(rows: RecordQuerySet[Opportunity], stages: Sequence[Stage], cards: int) -> dict[UUID, CardPage]:
    """The first cards of all columns: one statement finds them, one fetches them."""
    parts: list[QuerySet[Opportunity, Any]] = [
        _in_stage(rows, stage).values_list("pk", "stage_id")[: cards + 1] for stage in stages
    ]
    found = list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(*parts)
    in_stage: dict[UUID, list[UUID]] = defaultdict(list)
    for key, stage_id in found:
        in_stage[stage_id].append(key)
    fetched = _cards([key for ids in in_stage.values() for key in ids[:cards]])
    return {stage.pk: _page(stage, in_stage[stage.pk], fetched, cards) for stage in stages}


def _cards(ids: Iterable[UUID]) -> dict[UUID, Opportunity]:
    rows = Opportunity.objects.filter(pk__in=list(ids)).select_related("organisation", "owner")
    return {row.pk: row for row in rows.only(*_ON_CARDS)}


def _page(stage: Stage, ids: Sequence[UUID], fetched: dict[UUID, Opportunity], cards: int) -> CardPage:
    shown = [fetched[key] for key in ids[:cards]]
    for card in shown:
        card.stage = stage
    return CardPage(tuple(shown), ids[cards - 1] if len(ids) > cards else None)
