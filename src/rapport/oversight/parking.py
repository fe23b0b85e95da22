"""Parking a call: it becomes a proposal that waits for a person, once."""

from typing import Any
from uuid import UUID

from rapport.core.clock import now
from rapport.core.events import batch
from rapport.core.records import Record
from rapport.core.verbs import Call
from rapport.core.work import apart

from .actions import Level
from .calls import encoded, field_names, fingerprint, ground_of
from .machine import RunUnderWay
from .models import Proposal, ProposalState

REMEMBERED = frozenset({ProposalState.PENDING, ProposalState.REJECTED})
"""The same call is not proposed again while it waits, nor after a person said no to it on the same ground."""


def park(call: Call, run: RunUnderWay, level: Level) -> Proposal:
    """The proposal that the call becomes; at the level “suggest” it is not kept."""
    values = _values(call, run, level)
    if level is Level.SUGGEST:
        return Proposal(**values)
    known = Proposal._base_manager.filter(fingerprint=values["fingerprint"], state__in=REMEMBERED).first()
    if known is not None:
        return known
    with apart(), batch(None):  # undoing the run withdraws what waits; it does not wipe it out
        return Proposal.park(**values)


def _values(call: Call, run: RunUnderWay, level: Level) -> dict[str, Any]:
    subject = None if isinstance(call.subject, type) else call.subject
    arguments = {name: encoded(value) for name, value in call.arguments}
    ground = ground_of(call, run.given.rests_on)
    return {
        "run": run.record,
        "action": run.action.name,
        "level": int(level),
        "verb_name": call.verb.name,
        "subject_type": call.subject.record_type,
        "subject_id": subject.pk if subject else None,
        "subject_title": subject.title[:300] if subject else "",
        "arguments": arguments,
        "before": ground.before,
        "rests_on": ground.rests_on,
        "fields": field_names(call),
        "fingerprint": fingerprint(call.verb.name, subject.pk if subject else None, arguments, ground.before),
        "expires_at": now() + run.given.expires_in,
        "asked_id": _asked(subject, run),
        **_grounds(run),
    }


def _grounds(run: RunUnderWay) -> dict[str, Any]:
    given = run.given
    return {
        "evidence": [one.as_stored() for one in given.evidence],
        "why": given.why,
        "words": dict(given.words),
        "confidence": given.confidence,
        "estimator": given.estimator,
        "cost": given.cost.as_stored(),
    }


def _asked(subject: Record | None, run: RunUnderWay) -> UUID | None:
    """The person it acts for; else who owns the record."""
    if run.person is not None:
        return run.person.pk
    owner = getattr(subject, "owner_id", None)
    return owner if isinstance(owner, UUID) else None
