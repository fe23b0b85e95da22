"""Levels that fall by themselves.

After a harmful proposal, many corrections, or much that was undone; when what computes it is another version than the
one that was reviewed; when the stop switch failed its drill; when the history lacks something that a run did. On
alarms see `alarms`.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.core.jobs import job
from rapport.core.work import apart

from .actions import Level, action_named, actions
from .attention import plant_where_due
from .deciding import set_aside_if_overtaken
from .judging import judge_all, judge_what_is_new
from .models import AutonomyLevel, MachineRun, Proposal, ProposalState, RunState
from .trust import record_of

BY_ITSELF = replace(SYSTEM, name="Oversight", source="machine")
REASON = gettext_noop("Fell by itself: too much was corrected or undone, or something would have done harm.")
OTHER_VERSION = gettext_noop("Fell by itself: another version computes it than the one that was reviewed.")
MISSING_LOG = gettext_noop("Fell by itself: the history lacks something that a machine did.")
_AT_ONCE = 500
_MISSING = """
SELECT run.id FROM oversight_machinerun run
 WHERE run.started_at >= %(since)s AND run.state <> 'running'
   AND run.touched > (SELECT count(*) FROM core_event event JOIN core_change change ON change.event_id = event.id
                       WHERE event.batch = run.id AND event.actor_kind = 'ai')
"""
_LONGEST_RUN = timedelta(days=1)


def review(action: str) -> bool:
    """Lower the levels of an action if its record demands it; whether anything was lowered."""
    if not acts_by_itself(action):
        return False
    record = record_of(action)
    if not record.demands_lowering:
        return False
    lower(action, reason=REASON, evidence=record.as_stored())
    return True


def lower(action: str, *, reason: str, evidence: Mapping[str, Any]) -> None:
    """Take every level of an action above “draft for approval” down to it, as an event of its own."""
    with apart(), acting_as(BY_ITSELF):
        AutonomyLevel.fall(action=action, reason=reason, evidence=evidence)


def fell_for_other_version(action: str, estimator: str) -> bool:
    """Whether what computes a call is another version than those on whose record a level was raised; it falls then."""
    raised = AutonomyLevel._base_manager.filter(action=action, level__gt=Level.DRAFT)
    reviewed = {name for one in raised for name in one.evidence.get("estimators", [])}
    if not estimator or not reviewed or estimator in reviewed:
        return False
    lower(action, reason=OTHER_VERSION, evidence={"estimator": estimator})
    return True


def lower_everything(*, reason: str, evidence: Mapping[str, Any], but: Collection[str] = ()) -> None:
    """Take every action that acts by itself down to “draft for approval”."""
    for action in actions():
        if action.name not in but and acts_by_itself(action.name):
            lower(action.name, reason=reason, evidence=evidence)


def lower_where_the_history_is_short() -> None:
    """Lower everything when a run of the last day touched more than the history tells of."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, {"since": now() - _LONGEST_RUN})
        missing = [str(row[0]) for row in cursor.fetchall()]
    if missing:
        lower_everything(reason=MISSING_LOG, evidence={"runs": missing}, but={"oversight.drill"})


def acts_by_itself(action: str) -> bool:
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
    lower_where_the_history_is_short()
    for proposal in Proposal._base_manager.filter(state=ProposalState.PENDING, expires_at__lte=now())[:_AT_ONCE]:
        set_aside_if_overtaken(proposal)


@job(label=_("Look at what became of what machines did"), schedule="*/5 * * * *", lock="judge-machines")
def judge_new() -> None:
    """Keep the outcome of what is new, and of what lies on records that changed."""
    judge_what_is_new()


@job(label=_("Look again at what became of what machines did"), schedule="50 4 * * *", lock="judge-machines-again")
def judge_again() -> None:
    """Each night: look again at all of the last 180 days."""
    judge_all()


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
