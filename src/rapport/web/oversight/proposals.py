"""Deciding about proposals: the inbox, one card at a time by key, with edits, or several at once after a preview."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rapport.core.actors import Actor
from rapport.core.often_asked import often_asked
from rapport.core.texts import without_unkept
from rapport.oversight.actions import action_named
from rapport.oversight.deciding import Decided, accept_all, reject_all
from rapport.oversight.deciding import accept as accept_one
from rapport.oversight.models import Proposal, ProposalState
from rapport.oversight.own_answers import withheld_from
from rapport.oversight.stopping import pulled_among
from rapport.oversight.trust import SEVERE
from rapport.web.forms.record_form import RecordForm
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .attention import plants_are_on, revealed
from .cards import cards_of
from .editing import edits_of, form_of

AT_ONCE = 25
MOST_AT_ONCE = 500
REASONS = {
    "wrong": gettext_lazy("It is wrong"),
    "source": gettext_lazy("The source doesn't say so"),
    "outdated": gettext_lazy("It was true once"),
    "unneeded": gettext_lazy("It isn't needed"),
    SEVERE: gettext_lazy("It would have done harm"),
}


@require_GET
def inbox(request: ActingRequest) -> HttpResponse:
    """What waits for this person, or for anybody who sees its record; newest last, so that none is left behind."""
    everyones = request.GET.get("view") == "all"
    kinds = [(kind, _kind(kind), number) for kind, number in _by_kind(request.actor, everyones)]
    chosen = request.GET.get("action", "")
    is_known = not chosen or chosen in {kind for kind, _label, _number in kinds}
    found = _oldest(request.actor, everyones, chosen) if is_known else []
    context = {
        "cards": cards_of(found[:AT_ONCE], request.actor),
        "has_more": len(found) > AT_ONCE,
        "everyones": everyones,
        "kinds": kinds,
        "chosen": chosen,
        "is_stopped": bool(pulled_among([])),
        "reasons": REASONS.items(),
        "tests_attention": plants_are_on(),
    }
    return render(request, "oversight/inbox.html", context)


def waiting_for(actor: Actor, *, everyones: bool = False) -> QuerySet[Proposal]:
    """The proposals that wait for somebody, oldest first."""
    waiting = Proposal.objects.visible_to(actor).filter(state=ProposalState.PENDING)
    mine = waiting if everyones else waiting.filter(asked_id=actor.user_id)
    return mine.order_by("pk")


@often_asked
def _oldest(actor: Actor, everyones: bool, action: str) -> QuerySet[Proposal]:  # noqa: FBT001 - shapes the question
    waiting = waiting_for(actor, everyones=everyones)
    return (waiting.filter(action=action) if action else waiting).select_related("run")[: AT_ONCE + 1]


@often_asked
def _by_kind(actor: Actor, everyones: bool) -> QuerySet[Proposal, tuple[str, int]]:  # noqa: FBT001 - as above
    waiting = waiting_for(actor, everyones=everyones)
    return waiting.order_by("action").values_list("action").annotate(Count("pk"))


def _kind(name: str) -> str:
    action = action_named(name)
    return str(action.label) if action else name


@require_GET
def one(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal on a page of its own."""
    return render(request, "oversight/proposal.html", _context(_found(request, proposal_id), request.actor))


def _context(proposal: Proposal, actor: Actor) -> dict[str, Any]:
    (card,) = cards_of([proposal], actor)
    return {"card": card, "reasons": REASONS.items()}


def _found(request: ActingRequest, proposal_id: UUID) -> Proposal:
    found: Proposal = get_object_or_404(
        Proposal.objects.visible_to(request.actor).select_related("run"), pk=proposal_id
    )
    return found


def seen_in(given: Mapping[str, str]) -> dict[str, Any]:
    """What the page tells of the deciding: seconds on the screen, and whether a source was opened."""
    try:
        seconds = round(float(given.get("seconds", "")), 2)
    except ValueError:
        seconds = None
    known = seconds if seconds is not None and 0 <= seconds < 86_400 else None
    return {"seconds": known, "sources": given.get("sources") == "1"}


@require_POST
def accept(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Carry it out as it stands."""
    proposal = _found(request, proposal_id)
    accept_one(proposal, seen=seen_in(request.POST))
    return _decided(request, proposal)


@require_POST
def reject(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Say no, perhaps with a reason."""
    proposal = _found(request, proposal_id)
    code = request.POST.get("code", "")
    proposal.reject(
        code=code if code in REASONS else "",
        reason=without_unkept(request.POST.get("reason", ""))[:2000],
        seen=seen_in(request.POST),
    )
    return _decided(request, proposal)


def _decided(request: ActingRequest, proposal: Proposal) -> HttpResponse:
    """The card as it is now, for whoever stays on the page; otherwise back to where the person came from."""
    if told := _overtaken(proposal) or revealed(proposal):
        toast(request, told, bad=proposal.state != ProposalState.REJECTED)
    if request.headers.get("HX-Request") == "true":
        return render(request, "oversight/decided.html", {"proposal": proposal})
    return redirect("proposals")


def _overtaken(proposal: Proposal) -> str:
    if proposal.state not in (ProposalState.STALE, ProposalState.EXPIRED):
        return ""
    return _("This was overtaken: the record has changed since. Nothing was done.")


@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Change what is proposed, then accept it."""
    proposal = _found(request, proposal_id)
    if withheld_from(request.actor.user_id, [proposal]):
        return redirect("proposal-answer", proposal_id)
    form = form_of(proposal, request.POST if request.method == "POST" else None)
    if form.is_valid and _accepted(request, proposal, form):
        return redirect("proposals")
    context = {"card": cards_of([proposal], request.actor)[0], "form": form}
    return render(request, "oversight/edit.html", context, status=422 if form.has_errors else 200)


def _accepted(request: ActingRequest, proposal: Proposal, form: RecordForm) -> bool:
    """Whether the edited proposal was decided; what the verb refuses stands in the form."""
    edits, seen = edits_of(proposal, form), seen_in(request.POST)
    if form.attempt(lambda: accept_one(proposal, edits=edits, seen=seen)) is None:
        return False
    if told := _overtaken(proposal) or revealed(proposal):
        toast(request, told, bad=True)
    return True


@require_POST
def several(request: ActingRequest) -> HttpResponse:
    """The chosen ones side by side; with `decide` they are accepted or rejected together."""
    keys = request.POST.getlist("pick")[:MOST_AT_ONCE]
    chosen = list(_picked(request.actor, keys))
    decide = request.POST.get("decide", "")
    withheld = withheld_from(request.actor.user_id, chosen)
    chosen = [one for one in chosen if one.pk not in withheld]
    if not chosen:
        toast(request, _nothing_chosen(withheld), bad=True)
        return redirect("proposals")
    if decide not in ("accept", "reject"):
        return render(request, "oversight/several.html", {"cards": cards_of(chosen, request.actor)})
    seen = seen_in(request.POST)
    done = accept_all(chosen, seen=seen) if decide == "accept" else reject_all(chosen, seen=seen)
    request.events.clear()
    toast(request, _told(done), bad=bool(done.refused and not done.done))
    return redirect("proposals")


def _nothing_chosen(withheld: Collection[UUID]) -> str:
    if withheld:
        return _("Much hangs on these: say first of each what you would do.")
    return _("Nothing was chosen. Tick proposals first.")


def _picked(actor: Actor, keys: list[str]) -> QuerySet[Proposal]:
    known = [UUID(key) for key in keys if _is_id(key)]
    waiting = Proposal.objects.visible_to(actor).filter(Q(pk__in=known), state=ProposalState.PENDING)
    return waiting.select_related("run").order_by("pk")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _told(done: Decided) -> str:
    parts = [ngettext("%(n)d proposal decided.", "%(n)d proposals decided.", done.done) % {"n": done.done}]
    if done.overtaken:
        number = len(done.overtaken)
        parts.append(ngettext("%(n)d was overtaken.", "%(n)d were overtaken.", number) % {"n": number})
    if done.refused:
        proposal, reason = done.refused[0]
        words = {"n": len(done.refused), "title": proposal.subject_title, "reason": reason}
        parts.append(_("%(n)d refused, first “%(title)s”: %(reason)s") % words)
    return " ".join(parts)
