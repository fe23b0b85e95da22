"""The person's estimate, and the machine's at the same moment."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.actors import Actor, ActorKind
from rapport.core.clock import now
from rapport.core.problems import Problem

from ..models import MachineEstimate, TrialCase, TrialState
from ..models.trial_case import MOST
from .registry import Foreseen, trialled


def waiting_of(user_id: UUID) -> "QuerySet[TrialCase]":
    """The cases that a person is still asked about, the oldest first."""
    asked = TrialCase._base_manager.filter(user_id=user_id, answered_at=None, lapsed_at=None, arm="")
    return asked.filter(trial__state=TrialState.RUNNING).order_by("entered_at", "pk")


def answer(case: TrialCase, percent: int | None, *, by: Actor) -> None:
    """Within a verb: keep what the person said, and beside it what the machine says now."""
    _refuse_unless_asked(case, by)
    if percent is not None and not 0 <= percent <= MOST:
        raise Problem(_("Give a number from 0 to 100."))
    known = trialled(case.trial.prediction)
    if case.subject_id not in known.open_among([case.subject_id]):
        raise Problem(_("This question has gone: the record is closed by now."))
    case.percent, case.answered_at = percent, now()
    case.due_at = case.answered_at + timedelta(days=known.horizon_days)
    keep_machine(case, known.foresee(case.subject_id))


def keep_machine(case: TrialCase, foreseen: Foreseen) -> None:
    """What the machine says of a case, beside it and out of sight."""
    MachineEstimate.objects.create(
        case=case,
        chance=foreseen.chance,
        estimator=foreseen.estimator,
        inputs=list(foreseen.inputs),
        why_not=foreseen.why_not,
    )


def _refuse_unless_asked(case: TrialCase, by: Actor) -> None:
    if by.kind is not ActorKind.HUMAN or by.user_id != case.user_id:
        raise Problem(_("The person who was asked answers, not a machine and nobody else."))
    if not case.trial.is_running:
        raise Problem(_("This trial is over."))
    if case.answered_at is not None:
        raise Problem(_("You gave your estimate already. It can't be changed: you know the machine's by now."))
    if case.arm or case.lapsed_at is not None:
        raise Problem(_("Nobody is asked about this case."))
