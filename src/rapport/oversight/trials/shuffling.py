"""The control by shuffled advice: of the numbers that people look at after their estimate, a share is another record's.

Whoever follows such a number as readily as a true one follows blindly. It is chosen when the trial is registered, said
above each number, and revealed at once after the second estimate. Until then the number stands on the page of the
question alone, and its person decides nothing about the record: `guard` refuses what is asked about it, and
`guard_what_is_written` whatever changes it in another way: with others at once, or by undoing an earlier change.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import ActorKind
from rapport.core.clock import now
from rapport.core.events import OUTLETS, Event
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import GATES, Call

from ..models import MachineEstimate, TrialCase
from ..models.trial_case import MOST
from .arms import chance_drawn
from .registry import Trialled
from .withholding import running

APART = 0.1
"""So far at least another record's number lies from the machine's own: to follow one alike would tell nothing."""
_OTHERS = 200


def register() -> None:
    """Done once, when Django is ready."""
    GATES.append(guard)
    OUTLETS.append(guard_what_is_written)


def show_for_a_second_estimate(case: TrialCase, kept: MachineEstimate, known: Trialled) -> None:
    """Within a verb: draw the number that the person looks at next, where the trial asks twice."""
    share = case.trial.registered.shuffled
    if not share or case.held_back or case.percent is None or kept.chance is None:
        return
    is_drawn = chance_drawn(case.trial_id, f"shuffled:{case.subject_id}") < share
    other = _another(case, kept.chance, known) if is_drawn else None
    kept.shown_of, kept.shown = other or (None, kept.chance)
    kept.save(update_fields=["shown", "shown_of"])
    case.asked_again_at = now()


def _another(case: TrialCase, own: float, known: Trialled) -> tuple[UUID, float] | None:
    """Another record of the trial with its number, drawn by chance; None where all are too near."""
    others = TrialCase._base_manager.filter(trial_id=case.trial_id).exclude(pk=case.pk).order_by("pk")
    said = known.said(list(others.values_list("subject_id", flat=True)[:_OTHERS]))
    far = [
        (chance_drawn(case.trial_id, f"{case.subject_id}:{key}"), key, one.chance)
        for key, one in said.items()
        if one.chance is not None and not one.is_hidden and abs(one.chance - own) >= APART
    ]
    return min(far)[1:] if far else None


def answer_again(case: TrialCase, percent: int | None, *, by_id: UUID | None) -> None:
    """Within a verb: keep the second estimate; with None the person has it revealed without one."""
    if by_id is None or by_id != case.user_id:
        raise Problem(_("The person who was asked answers, not a machine and nobody else."))
    if not case.is_asked_again:
        raise Problem(_("There is no second question here, or it was answered."))
    if percent is not None and not 0 <= percent <= MOST:
        raise Problem(_("Give a number from 0 to 100."))
    case.final_percent, case.final_at = percent, now()


def guard(call: Call) -> None:
    """Let nobody decide about a record while they have seen a number that may be another record's."""
    if call.actor.kind is not ActorKind.SYSTEM:
        touched = {record.pk for record in _records(call) if not isinstance(record, TrialCase)}
        _refuse_where_asked_again(call.actor.user_id, touched)


def guard_what_is_written(event: Event) -> None:
    """Within the event's transaction: let nothing that this person did change such a record."""
    if event.actor_kind != ActorKind.SYSTEM and (waiting := _subjects_asked_again(event.actor_id)):
        touched = event.changes.filter(record_id__in=waiting).values_list("record_id", flat=True)
        _refuse_where_asked_again(event.actor_id, set(touched))


def _refuse_where_asked_again(user_id: UUID | None, touched: set[UUID]) -> None:
    if touched & _subjects_asked_again(user_id):
        raise Problem(
            _(
                "The number that you saw of this record may be another record's. Give your second estimate first, or"
                " have it revealed: under Insights, Human and machine, Your estimates."
            )
        )


def _subjects_asked_again(user_id: UUID | None) -> set[UUID]:
    """The records of which a person owes a second estimate."""
    shuffled = [trial.pk for trial in running() if trial.form.get("shuffled")]
    if not shuffled or user_id is None:
        return set()
    owed = TrialCase._base_manager.filter(trial_id__in=shuffled, user_id=user_id, asked_again_at__isnull=False)
    return set(owed.filter(final_at=None).values_list("subject_id", flat=True))


def _records(call: Call) -> Iterator[Record]:
    given: list[Any] = [call.subject]
    for _name, value in call.arguments:
        given += value if isinstance(value, list | tuple | set) else [value]
    return (one for one in given if isinstance(one, Record))
