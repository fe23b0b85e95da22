"""A line of the ledger: a proposal, or what was done without one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.verbs import VERBS
from rapport.oversight.models import Became, Outcome, Proposal, ProposalState
from rapport.web.places import record_address
from rapport.web.ui import formats

from .rates import action_label

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


def line_of_proposal(one: Proposal, actor: Actor, *, is_withheld: bool) -> Line:
    """What the actor is told of a proposal."""
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


def line_of_event(event: Event) -> Line:
    """What is told of something a machine did by itself."""
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
