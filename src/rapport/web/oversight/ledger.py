"""The ledger: what machines proposed and did, who decided how, what it cost, whether it stands; also as CSV."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import merge
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.scopes import in_scope
from rapport.core.spreadsheets import neutral
from rapport.governance.dictionary import entries
from rapport.oversight.actions import actions
from rapport.oversight.models import Became, Outcome, Proposal, ProposalState
from rapport.oversight.own_answers import withheld_from
from rapport.web.middleware import ActingRequest
from rapport.web.settings.access import needs

from .ledger_line import ACTED, STATES, Line, line_of_event, line_of_proposal
from .ledger_place import Place
from .rates import rates_of

AT_ONCE = 50
FILTERS = ("action", "state", "whose", "estimator", "outcome")
_MOST_EXPORTED = 10_000


@require_GET
def ledger(request: ActingRequest) -> HttpResponse:
    """The newest lines under the filters of the address, and the rates by action and version."""
    place = Place.read(request.GET.get("until", ""))
    lines = lines_of(request, AT_ONCE + 1, after=place)
    context = {
        "lines": lines[:AT_ONCE],
        "older": place.after(lines[:AT_ONCE]).written() if len(lines) > AT_ONCE else "",
        "actions": [(action.name, action.label) for action in actions()],
        "states": STATES.items(),
        "outcomes": Became.choices,
        "chosen": {name: request.GET.get(name, "") for name in FILTERS},
        "filters": urlencode({name: request.GET[name] for name in FILTERS if request.GET.get(name)}),
        "rates": rates_of(request.actor),
        "may_export": request.actor.may("record.export"),
        "query": request.GET.urlencode(),
    }
    return render(request, "oversight/ledger.html", context)


def lines_of(request: ActingRequest, most: int, *, after: Place) -> list[Line]:
    """Proposals and what was done without one, together, newest first; each stream in its own order."""
    streams = (_proposed(request.actor, request.GET, after, most), _acted(request.actor, request.GET, after, most))
    newest = islice(merge(*streams, key=lambda line: line.at, reverse=True), most)
    return list(_with_outcomes(list(newest)))


def _with_outcomes(lines: Sequence[Line]) -> Iterator[Line]:
    acts = [line.event_id for line in lines if line.event_id is not None]
    proposals = [line.proposal_id for line in lines if line.proposal_id is not None]
    known = Outcome.objects.filter(Q(event_id__in=acts) | Q(proposal_id__in=proposals))
    became = {key: one for one in known for key in (one.event_id, one.proposal_id) if key is not None}
    for line in lines:
        found = [became[key] for key in (line.event_id, line.proposal_id) if key in became]
        yield replace(line, became=found[0] if found else None)


def _proposed(actor: Actor, asked: Any, after: Place, most: int) -> Iterator[Line]:
    """Part by part, since some may be left out of a part."""
    found = _asked_proposals(actor, asked)
    while part := list(found.filter(after.older_proposals).select_related("decided_by")[:most]):
        withheld = withheld_from(actor.user_id, part)
        shown = (one for one in part if one.pk not in withheld or not asked.get("estimator"))
        yield from (line_of_proposal(one, actor, is_withheld=one.pk in withheld) for one in shown)
        after = replace(after, proposal=(part[-1].proposed_at, part[-1].pk))


def _asked_proposals(actor: Actor, asked: Any) -> QuerySet[Proposal]:
    found: QuerySet[Proposal] = Proposal.objects.visible_to(actor).filter(
        ~Q(is_plant=True) | ~Q(state=ProposalState.PENDING)
    )
    if asked.get("state") == ACTED:
        return found.none()
    if asked.get("state") in ProposalState.values:
        found = found.filter(state=asked["state"])
    if asked.get("whose") == "me":
        found = found.filter(decided_by_id=actor.user_id)
    found = _filtered(found, asked)
    if asked.get("outcome"):
        chosen = Outcome.objects.filter(became=asked["outcome"])
        acts, rejected = chosen.filter(event_id=OuterRef("event_id")), chosen.filter(proposal_id=OuterRef("pk"))
        found = found.filter(Exists(acts) | Exists(rejected))
    return found.order_by("-proposed_at", "-pk")


def _filtered(found: QuerySet[Proposal], asked: Any) -> QuerySet[Proposal]:
    if asked.get("action"):
        found = found.filter(action=asked["action"])
    return found.filter(estimator=asked["estimator"]) if asked.get("estimator") else found


def _acted(actor: Actor, asked: Any, after: Place, most: int) -> Iterator[Line]:
    if asked.get("state") not in ("", None, ACTED):
        return
    types = [key for key, entry in entries().items() if entry.importable]
    seen = in_scope(actor, types, type_column="subject_type", id_column="subject_id")
    found = Event.objects.filter(seen, actor_kind="ai", undoes=None, detail__machine__proposal__isnull=True)
    found = found.exclude(verb="proposal.park")
    if asked.get("whose") == "me":
        found = found.filter(on_behalf_of=actor.user_id)
    for name in ("action", "estimator"):
        if asked.get(name):
            found = found.filter(**{f"detail__machine__{name}": asked[name]})
    if asked.get("outcome"):
        found = found.filter(Exists(Outcome.objects.filter(became=asked["outcome"], event_id=OuterRef("pk"))))
    for event in found.filter(after.older_events).order_by("-id")[:most]:
        yield line_of_event(event)


@require_GET
@needs("record.export")
def export(request: ActingRequest) -> HttpResponse:
    """What the filters show, as CSV."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    writer = csv.writer(response)
    names = ("at", "action", "what", "subject", "state", "decider", "estimator", "confidence", "edit_distance")
    writer.writerow([*names, "cost", "outcome", "outcome_at", "outcome_after_days", "own_answer_first"])
    for line in lines_of(request, _MOST_EXPORTED, after=Place.read(request.GET.get("until", ""))):
        became = line.became
        told = [became.became, became.at.isoformat(), became.days] if became else ["", "", ""]
        values = [*(getattr(line, name) for name in names), line.cost, *told, "yes" if line.is_withheld else ""]
        writer.writerow([neutral(str(one)) if one is not None else "" for one in values])
    return response
