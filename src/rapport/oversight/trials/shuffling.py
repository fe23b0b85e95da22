"""The control by shuffled advice: of the numbers that people look at after their estimate, a share is another record's.

Whoever follows such a number as readily as a true one follows blindly. It is chosen when the trial is registered, said
above each number, and revealed at once after the second estimate. Until then the number stands on the page of the
question alone, and its person decides nothing about the record: `guard` refuses what is asked about it, `guard_part`
has it left out of what is done to many, and `guard_what_is_written` refuses whatever changes it in another way, such as
by undoing an earlier change.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.events import OUTLETS, Event
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.several import PART_GATES
from rapport.core.verbs import GATES, Call
from rapport.core.work import Work

from ..models import MachineEstimate, TrialCase
from ..models.trial_case import MOST
from .arms import chance_drawn
from .registry import Trialled
from .withholding import running

APART = 0.1
"""So far at least another record's number lies from the machine's own: to follow one alike would tell nothing."""
_OTHERS = 200
_NAMED = 3


def register() -> None:
    """Done once, when Django is ready."""
    GATES.append(guard)
    OUTLETS.append(guard_what_is_written)
    PART_GATES.append(guard_part)


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
        _refuse_where_asked_again(call.actor, touched)


def guard_part(work: Work) -> None:
    """Where many are done at once, let this one be left out and told."""
    if work.actor.kind is not ActorKind.SYSTEM and work.rows.keys() & _asked_again(work.actor.user_id).keys():
        raise Problem(
            _(
                "The number that you saw of this record may be another record's. Give your second estimate first, or"
                " have it revealed: under Insights, Human and machine, Your estimates."
            )
        )


def guard_what_is_written(event: Event) -> None:
    """Within the event's transaction: let nothing that this person did change such a record."""
    if event.actor_kind != ActorKind.SYSTEM and (waiting := _asked_again(event.actor_id)):
        touched = event.changes.filter(record_id__in=waiting).values_list("record_id", flat=True)
        _refuse_where_asked_again(current_actor(), set(touched))


def _refuse_where_asked_again(actor: Actor, touched: set[UUID]) -> None:
    found = {key: kind for key, kind in _asked_again(actor.user_id).items() if key in touched}
    if found:
        text = ngettext(
            "The number that you saw of %(names)s may be another record's. Give your second estimate first, or have it"
            " revealed: under Insights, Human and machine, Your estimates.",
            "The numbers that you saw of %(names)s may be other records'. Give your second estimates first, or have"
            " them revealed: under Insights, Human and machine, Your estimates.",
            len(found),
        )
        raise Problem(text % {"names": _names(found, actor)})


def _asked_again(user_id: UUID | None) -> dict[UUID, str]:
    """The records of which a person owes a second estimate, with their types."""
    shuffled = [trial.pk for trial in running() if trial.form.get("shuffled")]
    if not shuffled or user_id is None:
        return {}
    owed = TrialCase._base_manager.filter(trial_id__in=shuffled, user_id=user_id, asked_again_at__isnull=False)
    return dict(owed.filter(final_at=None).values_list("subject_id", "subject_type"))


def _names(found: dict[UUID, str], actor: Actor) -> str:
    """The first few of the records that the actor may see, and how many there are besides."""
    named = sorted(_titles(found, actor))[:_NAMED]
    besides = len(found) - len(named)
    if not named:
        return ngettext("%(count)d record", "%(count)d records", besides) % {"count": besides}
    told = ", ".join(_("“%(title)s”") % {"title": title} for title in named)
    return _("%(names)s and %(count)d more") % {"names": told, "count": besides} if besides else told


def _titles(found: dict[UUID, str], actor: Actor) -> Iterable[str]:
    for record_type in set(found.values()):
        keys = [key for key, kind in found.items() if kind == record_type]
        yield from (one.title for one in RECORD_TYPES[record_type].objects.visible_to(actor).filter(pk__in=keys))


def _records(call: Call) -> Iterator[Record]:
    given: list[Any] = [call.subject]
    for _name, value in call.arguments:
        given += value if isinstance(value, list | tuple | set) else [value]
    return (one for one in given if isinstance(one, Record))
