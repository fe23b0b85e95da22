"""The page of the board, and the cards that come as a column scrolls."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.catalog.queries import Total
from rapport.core.actors import Actor
from rapport.core.often_asked import often_asked
from rapport.core.problems import Forbidden
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity, Pipeline, Stage
from rapport.pipeline.queries import Board, board, cards_of
from rapport.pipeline.queries.board import Column
from rapport.web.lists.tabs import saved_key
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats

from .cards import cards_html, hidden_organisations
from .narrowing import Narrowing, Offer

CARDS = 12
_MOST_PEOPLE = 60


@require_GET
def pipeline(request: ActingRequest) -> HttpResponse:
    """The board of one pipeline."""
    must_read(request.actor)
    narrowing = Narrowing.read(request.GET.dict())
    pipelines = _pipelines_of(request.actor)
    chosen = next((one for one in pipelines if str(one.pk) == narrowing.pipeline), pipelines[0] if pipelines else None)
    if chosen is None:
        return render(request, "board/page.html", {"columns": [], "notes": []})
    among, notes = narrowing.among(request.actor)
    shown = board(request.actor, chosen, among=among, cards=CARDS)
    hidden = hidden_organisations((card for column in shown.columns for card in column.page.cards), request.actor)
    context = {
        "pipeline": chosen,
        "pipelines": _pipelines(pipelines, chosen),
        "columns": [column_context(column, request.actor, narrowing, hidden) for column in shown.columns],
        "summary": _summary(shown),
        "is_empty": not any(column.count for column in shown.columns),
        "sees_some_only": Opportunity.restricts(request.actor),
        "narrowing": narrowing,
        "owners": narrowing.owners(_colleagues(request.actor)),
        "owner_words": narrowing.words(request.actor),
        "notes": notes,
    }
    return render(request, "board/page.html", context)


@often_asked
def _pipelines_of(actor: Actor) -> QuerySet[Pipeline]:
    return Pipeline.objects.visible_to(actor).order_by("-is_default", "position", "id")


def must_read(actor: Actor) -> None:
    """Raise `Forbidden` for a role that does not read opportunities."""
    if Opportunity.restricts(actor) and not actor.may("opportunity.read"):
        raise Forbidden(_("Your role does not include these records. Ask an administrator."))


def column_context(column: Column, actor: Actor, narrowing: Narrowing, hidden: frozenset[UUID]) -> dict[str, Any]:
    """What the templates show of one column; `hidden` organisations are not named."""
    page = column.page
    more = f"/pipeline/stages/{column.stage.pk}/cards/?after={page.after}&{narrowing.query}" if page.after else ""
    return {
        "id": f"stage-{column.stage.pk}",
        "stage": column.stage,
        "count": formats.number(column.count),
        "sums": _sums(column),
        "cards": cards_html(page.cards, actor, hidden=hidden, query=narrowing.query),
        "more": more,
    }


def _sums(column: Column) -> str:
    if not column.count:
        return ""
    return _joined(column.total, column.weighted)


def _joined(total: Total | None, weighted: Total | None) -> str:
    """The sums, as far as they may be seen."""
    if total is None or weighted is None:
        return _compact(total) if total else ""
    words = {"total": _compact(total), "weighted": _compact(weighted)}
    return _("%(total)s · weighted %(weighted)s") % words


def _compact(total: Total) -> str:
    shown = formats.money(total.amount, total.currency, compact=True)
    return f"{shown}*" if total.left_out else shown


def _summary(shown: Board) -> str:
    """What is open on the whole board, in words."""
    selling = [column for column in shown.columns if column.stage.is_selling]
    if not selling:
        return ""
    total = _together(column.total for column in selling)
    weighted = _together(column.weighted for column in selling)
    count = _("%(count)s open") % {"count": formats.number(sum(column.count for column in selling))}
    without = _without(total.left_out) if total and total.left_out else ""
    return " · ".join(part for part in (count, _joined(total, weighted), without) if part)


def _together(totals: Iterable[Total | None]) -> Total | None:
    """The sum of all columns; None where it may not be seen."""
    found = [total for total in totals if total is not None]
    if not found:
        return None
    left_out = tuple(sorted({code for total in found for code in total.left_out}))
    return Total(sum((total.amount for total in found), start=Decimal(0)), found[0].currency, left_out)


def _without(currencies: tuple[str, ...]) -> str:
    """What the star beside a sum means."""
    return _("* without %(currencies)s: no exchange rate is set") % {"currencies": ", ".join(currencies)}


def _pipelines(pipelines: list[Pipeline], chosen: Pipeline) -> list[Offer]:
    """The pipelines to switch between, where there are several."""
    if len(pipelines) < 2:
        return []
    return [Offer(one.name, f"/pipeline/?pipeline={one.pk}", one.pk == chosen.pk) for one in pipelines]


def _colleagues(actor: Actor) -> dict[str, str]:
    """Names by id of those whose cards one may ask for: one's teams, or everybody for who sees everything."""
    return {str(key): name for key, name in _named_colleagues(actor)}


@often_asked
def _named_colleagues(actor: Actor) -> QuerySet[User, tuple[UUID, str]]:
    users = User.objects.visible_to(actor).filter(~Q(("pk", actor.user_id)), is_active=True)
    if not actor.sees_everything:
        users = users.filter(team_id__in=actor.team_ids)
    return users.order_by("name").values_list("pk", "name")[:_MOST_PEOPLE]


@require_GET
def cards(request: ActingRequest, stage_id: UUID) -> HttpResponse:
    """The next cards of a column: for htmx the cards alone, else the whole board."""
    must_read(request.actor)
    stage = get_object_or_404(Stage.objects.visible_to(request.actor), pk=stage_id)
    narrowing = Narrowing.read(request.GET.dict())
    after = saved_key(request.GET.get("after", ""))
    if request.GET.get("after") and after is None:
        raise Http404
    among, _notes = narrowing.among(request.actor)
    page = cards_of(request.actor, stage, after=after, among=among, cards=CARDS)
    more = f"/pipeline/stages/{stage.pk}/cards/?after={page.after}&{narrowing.query}" if page.after else ""
    hidden = hidden_organisations(page.cards, request.actor)
    written = cards_html(page.cards, request.actor, hidden=hidden, query=narrowing.query)
    context = {"cards": written, "more": more, "stage": stage}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "board/cards.html" if is_part else "board/stage.html", context)
