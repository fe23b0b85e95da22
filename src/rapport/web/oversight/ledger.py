"""The ledger: what machines proposed and did, who decided how, what it cost, whether it stands; also as CSV."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.scopes import in_scope
from rapport.core.spreadsheets import neutral
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import entries
from rapport.oversight.actions import actions
from rapport.oversight.models import Became, Outcome, Proposal, ProposalState
from rapport.oversight.own_answers import withheld_from
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.settings.access import needs
from rapport.web.ui import formats

from .ledger_place import Place
from .rates import action_label, rates_of

AT_ONCE = 50
FILTERS = ("action", "state", "whose", "estimator", "outcome")
_MOST_EXPORTED = 10_000
ACTED = "acted"
STATES = {**dict(ProposalState.choices), ACTED: gettext_lazy("done by itself")}
TONES = {"accepted": "good", "edited": "good", "rejected": "warning", ACTED: "accent", "pending": "accent"}


@dataclass(frozen=True)
class Line:
    """One line of the ledger; `seconds` is told to nobody but the person who decided.

    While the reader's own answer comes first, a line tells neither how sure the machine is nor what computed it.
    """

    key: str
    at: datetime
    action: str
    what: str
    subject: str
    href: str
    state: str
    decider: str
    estimator: str
    confidence: float | None
    edit_distance: float | None
    seconds: float | None
    cost: str
    event_id: int | None
    proposal_id: UUID | None = None
    became: Outcome | None = None
    is_withheld: bool = False

    @property
    def state_label(self) -> str:
        """What became of it."""
        return str(STATES.get(self.state, self.state))

    @property
    def tone(self) -> str:
        """The colour of the badge that says so."""
        return TONES.get(self.state, "")

    @property
    def outcome(self) -> str:
        """What became of it, as far as it was looked at; nothing while it waits."""
        if self.became is None:
            return ""
        label = str(Became(self.became.became).label)
        if self.became.became in (Became.STANDS, Became.STAYED_OUT):
            return label
        days = self.became.days
        return ngettext("%(what)s after %(n)d day", "%(what)s after %(n)d days", days) % {"what": label, "n": days}

    @property
    def sure(self) -> str:
        """How sure the machine was."""
        return formats.percent(min(self.confidence, 0.99)) if self.confidence is not None else ""


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
        yield from (_of_proposal(one, actor, is_withheld=one.pk in withheld) for one in shown)
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


def _of_proposal(one: Proposal, actor: Actor, *, is_withheld: bool) -> Line:
    own = one.decided_by_id is not None and one.decided_by_id == actor.user_id
    return Line(
        key=str(one.pk),
        at=one.proposed_at,
        action=action_label(one.action),
        what=_verb(one.verb_name),
        subject=one.subject_title,
        href=f"/proposals/{one.pk}/",
        state=one.state,
        decider=one.decided_by.name if one.decided_by else "",
        estimator="" if is_withheld else one.estimator,
        confidence=None if is_withheld else one.confidence,
        edit_distance=one.edit_distance,
        seconds=one.seconds if own else None,
        cost="" if is_withheld else _cost(one.cost),
        event_id=one.event_id,
        proposal_id=one.pk,
        is_withheld=is_withheld,
    )


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
        yield _of_event(event)


def _of_event(event: Event) -> Line:
    told = event.detail.get("machine", {})
    address = record_address(event.subject_type, event.subject_id) if event.subject_id else ""
    return Line(
        key=str(event.pk),
        at=event.at,
        action=action_label(str(told.get("action", ""))),
        what=_verb(event.verb),
        subject=event.subject_label,
        href=address,
        state=ACTED,
        decider="",
        estimator=str(told.get("estimator", "")),
        confidence=told.get("confidence"),
        edit_distance=None,
        seconds=None,
        cost="",
        event_id=event.pk,
    )


def _verb(name: str) -> str:
    declared = VERBS.get(name)
    return str(declared.label) if declared else name


def _cost(stored: dict[str, Any]) -> str:
    parts = [
        _("%(seconds)s s") % {"seconds": formats.number(round(stored["seconds"], 2))} if stored.get("seconds") else "",
        _("%(tokens)s tokens") % {"tokens": formats.number(stored["tokens"])} if stored.get("tokens") else "",
        str(stored.get("money", "")),
    ]
    return ", ".join(filter(None, parts))


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
