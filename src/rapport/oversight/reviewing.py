"""Levels that fall by themselves: after a harmful proposal, many corrections, or much that was undone."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.core.jobs import job
from rapport.core.work import apart

from .actions import Level, action_named, actions
from .attention import plant_where_due
from .deciding import set_aside_if_overtaken
from .models import AutonomyLevel, MachineRun, Proposal, ProposalState, RunState
from .trust import record_of

_BY_ITSELF = replace(SYSTEM, name="Oversight", source="machine")
REASON = gettext_noop("Fell by itself: too much was corrected or undone, or something would have done harm.")
_AT_ONCE = 500
_LONGEST_RUN = timedelta(days=1)


def review(action: str) -> bool:
    """Lower the levels of an action if its record demands it; whether anything was lowered."""
    if not _acts(action):
        return False
    record = record_of(action)
    if not record.demands_lowering:
        return False
    with apart(), acting_as(_BY_ITSELF):
        AutonomyLevel.fall(action=action, reason=REASON, evidence=record.as_stored())
    return True


def _acts(action: str) -> bool:
    """Whether machines do it without asking, anywhere."""
    chosen = AutonomyLevel._base_manager.filter(action=action)
    known = action_named(action)
    if chosen.filter(level__gt=Level.DRAFT).exists():
        return True
    return known is not None and known.default > Level.DRAFT and not chosen.filter(team=None, role="").exists()


@job(label=_("Review what machines may do"), schedule="*/5 * * * *", lock="review-machines")
def review_all() -> None:
    """Lower levels that no longer stand on their record, and set aside what expired."""
    for action in actions():
        review(action.name)
    for proposal in Proposal._base_manager.filter(state=ProposalState.PENDING, expires_at__lte=now())[:_AT_ONCE]:
        set_aside_if_overtaken(proposal)


@job(label=_("Test attention"), schedule="40 * * * *", lock="test-attention")
def test_attention() -> None:
    """Where tests are on: put a wrong proposal among those of whoever decided fifty since the last."""
    plant_where_due()


@job(label=_("Set aside proposals that were overtaken"), schedule="20 4 * * *", lock="overtaken-proposals")
def set_aside_overtaken() -> None:
    """Each night: take proposals off the lists whose records changed since, and end levels and runs that lapsed."""
    for proposal in Proposal._base_manager.filter(state=ProposalState.PENDING).order_by("pk").iterator(_AT_ONCE):
        set_aside_if_overtaken(proposal)
    for level in AutonomyLevel._base_manager.filter(expires_on__lt=today(), level__gt=Level.DRAFT):
        AutonomyLevel.fall(action=level.action, reason=gettext_noop("Its ninety days were over."), evidence={})
    for run in MachineRun._base_manager.filter(state=RunState.RUNNING, started_at__lt=now() - _LONGEST_RUN):
        run.end(state=RunState.FAILED, problem="")
