"""Moving a card: at once where nothing is missing, else after asking for exactly what the stage needs."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import entry_of
from rapport.pipeline.models import Opportunity, Stage
from rapport.pipeline.models.opportunity.needs import StageNeeds
from rapport.pipeline.queries import board
from rapport.web.forms.offers import offers_of
from rapport.web.forms.record_form import RecordForm
from rapport.web.lists.tabs import saved_key
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.ui.shell import DIALOG

from .cards import cards_html, hidden_organisations, move_address
from .narrowing import Narrowing
from .views import column_context

_UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def move(request: ActingRequest, opportunity_id: UUID) -> HttpResponse:
    """Ask where to, or move there."""
    visible = Opportunity.objects.visible_to(request.actor).select_related("organisation", "owner", "stage", "pipeline")
    opportunity = get_object_or_404(visible, pk=opportunity_id)
    _must_be_allowed(request, opportunity)
    stage = _stage(request)
    if request.method == "GET" or stage is None:
        return render(request, "board/move.html", _choices(request, opportunity))
    return _move(request, opportunity, stage)


def _must_be_allowed(request: ActingRequest, opportunity: Opportunity) -> None:
    declared = VERBS["opportunity.move_to"]
    if not (request.actor.may(declared.permission) and opportunity.may_be_changed_by(request.actor)):
        raise Forbidden(_("You may not move “%(title)s”. Ask its owner.") % {"title": opportunity.title})


def _stage(request: ActingRequest) -> Stage | None:
    key = saved_key(request.POST.get("stage", ""))
    return Stage.objects.visible_to(request.actor).filter(pk=key).first() if key else None


def _choices(request: ActingRequest, opportunity: Opportunity) -> dict[str, Any]:
    """Where the card may go, and how it may end."""
    query, address = request.GET.urlencode(), record_address("opportunity", opportunity.pk)
    endings = [("win", "trophy"), ("lose", "circle-x"), ("park", "circle-parking")] if opportunity.is_open else []
    endings = endings or [("reopen", "rotate-ccw")]
    return {
        "opportunity": opportunity,
        "stages": opportunity.pipeline.ordered_stages(),
        "address": move_address(opportunity.pk, query),
        "back": _board_address(request),
        "endings": [
            (
                VERBS[f"opportunity.{verb}"].label,
                icon,
                f"{address}do/{verb}/?{urlencode({'next': _board_address(request)})}",
            )
            for verb, icon in endings
            if request.actor.may(VERBS[f"opportunity.{verb}"].permission)
        ],
    }


def _board_address(request: ActingRequest) -> str:
    query = Narrowing.read(request.GET.dict()).query
    return f"/pipeline/?{query}" if query else "/pipeline/"


def _move(request: ActingRequest, opportunity: Opportunity, stage: Stage) -> HttpResponse:
    left = opportunity.stage
    needed = _needed(opportunity, stage, request.actor)
    posted = request.POST if "answered" in request.POST else None
    offers = offers_of(opportunity, needed, request.actor)
    form = RecordForm(Opportunity, needed, record=opportunity, posted=posted, offers=offers)
    if needed and not form.is_valid:
        return _ask(request, opportunity, stage, form)
    try:
        done = form.attempt(lambda: (opportunity.move_to(stage, **form.values),))
    except StageNeeds as needs:
        form.problems.append(str(needs))
        done = None
    if done is None:
        return _ask(request, opportunity, stage, form)
    if request.headers.get("HX-Request") == "true" and not _from_menu(request):
        return _moved(request, opportunity, {left.pk if left else None, stage.pk})
    return redirect(_board_address(request))


def _needed(opportunity: Opportunity, stage: Stage, actor: Actor) -> list[Any]:
    """The fields that the stage needs and that are not known, as far as the actor may fill them in."""
    missing = opportunity.missing_for(stage)
    editable = entry_of("opportunity").editable_by(actor)
    return [field for field in StageNeeds(stage, missing).entries if field.name in editable] if missing else []


def _from_menu(request: ActingRequest) -> bool:
    """Whether the move was chosen in the dialog, so that the card still stands where it stood."""
    in_dialog = request.headers.get("HX-Target") == "dialog#dialog"
    return in_dialog and request.POST.get("dragged") != "1"


def _ask(request: ActingRequest, opportunity: Opportunity, stage: Stage, form: RecordForm) -> HttpResponse:
    """The form of what is missing: in the dialog for whoever moves with scripts, else as a page."""
    is_htmx = request.headers.get("HX-Request") == "true"
    context = {
        "opportunity": opportunity,
        "stage": stage,
        "form": form,
        "address": move_address(opportunity.pk, request.GET.urlencode()),
        "back": _board_address(request),
        "dragged": "" if _from_menu(request) or not is_htmx else "1",
        **({"layout": DIALOG, "in_dialog": True} if is_htmx else {}),
    }
    answer = render(request, "board/needs.html", context, status=_UNPROCESSABLE)
    if is_htmx:
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


def _moved(request: ActingRequest, opportunity: Opportunity, stage_ids: set[UUID | None]) -> HttpResponse:
    """The card as it is now, and the heads of the columns it left and entered."""
    narrowing = Narrowing.read(request.GET.dict())
    among, _notes = narrowing.among(request.actor)
    shown = board(request.actor, opportunity.pipeline, among=among, cards=1)
    columns = [column for column in shown.columns if column.stage.pk in stage_ids]
    first = [card for column in columns for card in column.page.cards]
    hidden = hidden_organisations([opportunity, *first], request.actor)
    card = cards_html([opportunity], request.actor, hidden=hidden, query=narrowing.query)
    touched = [column_context(column, request.actor, narrowing, hidden) for column in columns]
    in_dialog = request.headers.get("HX-Target") == "dialog#dialog"
    context = {"card": card, "card_id": f"card-{opportunity.pk}", "columns": touched, "apart": in_dialog}
    answer = HttpResponse(render_to_string("board/moved.html", context, request))
    if in_dialog:
        answer.headers["HX-Trigger"] = "dialog:close"
    return answer
