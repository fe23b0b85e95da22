"""Deciding about proposals, one or many: what was overtaken is set aside instead of being carried out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.core.problems import Problem

from .carrying import is_overtaken
from .models import Proposal, ProposalState

_BY_ITSELF = replace(SYSTEM, source="machine")


@dataclass(frozen=True)
class Decided:
    """What became of several proposals: how many were decided, which were overtaken, which refused and why."""

    done: int
    overtaken: tuple[Proposal, ...]
    refused: tuple[tuple[Proposal, str], ...]


def accept(
    proposal: Proposal, *, edits: Mapping[str, Any] | None = None, seen: Mapping[str, Any] | None = None
) -> Proposal:
    """Accept a proposal; afterwards its state says whether it was carried out or had been overtaken.

    `seen` tells what the person saw: {"seconds": 4.2, "sources": True, "bulk": False}.
    """
    if not set_aside_if_overtaken(proposal):
        proposal.accept(edits=edits, seen=seen)
    return proposal


def set_aside_if_overtaken(proposal: Proposal) -> bool:
    """Whether the proposal waited on ground that has changed, or too long; it is taken off the lists then."""
    if proposal.state != ProposalState.PENDING or proposal.is_plant:
        return False
    state = ProposalState.EXPIRED if proposal.expires_at <= now() else ProposalState.STALE
    if state is ProposalState.STALE and not is_overtaken(proposal):
        return False
    with acting_as(_BY_ITSELF):
        proposal.set_aside(state=state)
    return True


def accept_all(proposals: Iterable[Proposal], *, seen: Mapping[str, Any] | None = None) -> Decided:
    """Accept each; one that refuses or was overtaken does not hold up the others."""
    return _each(proposals, lambda proposal: accept(proposal, seen={**(seen or {}), "bulk": True}).state)


def reject_all(
    proposals: Iterable[Proposal], *, code: str = "", reason: str = "", seen: Mapping[str, Any] | None = None
) -> Decided:
    """Reject each, for the same reason."""

    def reject(proposal: Proposal) -> str:
        proposal.reject(code=code, reason=reason, seen={**(seen or {}), "bulk": True})
        return proposal.state

    return _each(proposals, reject)


def _each(proposals: Iterable[Proposal], decide: Callable[[Proposal], str]) -> Decided:
    done, overtaken, refused = 0, [], []
    for proposal in proposals:
        try:
            with transaction.atomic():
                state = decide(proposal)
        except ValidationError as refusal:
            refused.append((proposal, " ".join(refusal.messages)))
        except Problem as refusal:
            refused.append((proposal, str(refusal)))
        else:
            if state in (ProposalState.STALE, ProposalState.EXPIRED):
                overtaken.append(proposal)
            else:
                done += 1
    return Decided(done, tuple(overtaken), tuple(refused))
