"""The person's estimate, and the machine's at the same moment."""

from datetime import timedelta

from django.utils.translation import gettext as _

from rapport.core.actors import Actor, ActorKind
from rapport.core.clock import now
from rapport.core.problems import Problem

from ..models import MachineEstimate, TrialCase
from ..models.trial_case import MOST
from .registry import Foreseen, trialled
from .shuffling import show_for_a_second_estimate


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
    foreseen = known.foresee(case.subject_id)
    case.held_back = case.held_back or foreseen.is_hidden
    show_for_a_second_estimate(case, keep_machine(case, foreseen), known)


def keep_machine(case: TrialCase, foreseen: Foreseen) -> MachineEstimate:
    """What the machine says of a case, beside it and out of sight."""
    return MachineEstimate.objects.create(
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
