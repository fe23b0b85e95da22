"""Who must not see the machine's number now, and on which records they may.

In the blind part the number is hidden from everybody who is asked, in lists, files, searches and programs alike, as
long as more cases may come or one of theirs is unanswered: a number seen today would spoil the case drawn tomorrow. On
a record that they have answered the page shows it to them, unless it is held back. In the effect part it is hidden in
the weeks drawn so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rapport.core.actors import Actor, ActorKind
from rapport.core.clock import today
from rapport.core.editions import keep_up, renew
from rapport.core.projections import PROJECTIONS, Projection, WrittenRows
from rapport.core.records import Record
from rapport.identity.actors import CONSEQUENCES
from rapport.identity.models import User
from rapport.identity.rights import rights_in_force
from rapport.identity.roles import Role

from ..models import Trial, TrialCase, TrialState
from .arms import SEEN, Arm, arm_of
from .members import is_member
from .registration import Part
from .registry import all_trialled
from .waiting import asked_again, waiting_of

_EDITION = "trials"
_running: list[Trial] = []


@dataclass(frozen=True)
class Sight:
    """What somebody may see of the machine's view of one record, and the trial that says so."""

    number: bool = True
    reasons: bool = True
    trial: Trial | None = None
    case: TrialCase | None = None


def register() -> None:
    """Done once, when Django is ready; first of all, so that what follows from a number is hidden with it."""
    keep_up(_EDITION, _read)
    PROJECTIONS.append(Projection(_notice, lambda _ids: None))
    CONSEQUENCES.insert(0, withhold)


def withhold(actor: Actor) -> Actor:
    """The actor, without the numbers that trials withhold from this person now."""
    fields = frozenset(_withheld(actor.user_id)) if _running and actor.user_id else frozenset()
    if fields <= actor.hidden_fields:
        return actor
    return replace(actor, hidden_fields=actor.hidden_fields | fields, locked_fields=actor.locked_fields | fields)


def sight_of(user_id: UUID | None, prediction: str, record_id: UUID) -> Sight:
    """What a person may see of the machine's view of a record, as far as trials are concerned."""
    trial = trial_of(user_id, prediction)
    if trial is None or user_id is None:
        return Sight()
    if trial.registered.part is Part.EFFECT:
        arm = _arm(trial, user_id)
        return Sight(arm in SEEN, arm is Arm.EXPLAINED, trial)
    case = TrialCase._base_manager.filter(trial=trial, user_id=user_id, subject_id=record_id).first()
    if case is not None:
        seen = case.answered_at is not None and not case.held_back and not case.is_asked_again
        return Sight(seen, seen, trial, case)
    hidden = _hides(trial, user_id)
    return Sight(not hidden, not hidden, trial)


def shown_after_answering(actor: Actor, prediction: str, record_id: UUID, *, rests_on: frozenset[str]) -> bool:
    """Whether a hidden number may be shown here all the same: a trial alone hides it, and they have answered."""
    if not _running or actor.user_id is None or actor.kind is not ActorKind.HUMAN:
        return False
    user = User._base_manager.get(pk=actor.user_id)
    sight = sight_of(user.pk, prediction, record_id)
    if sight.trial is None or not sight.number or rests_on & actor.hidden_fields:
        return False
    rights = rights_in_force(user.pk, user.role, user.team_id, leads_team=user.role == Role.MANAGER)
    return all_trialled()[prediction].field not in rights.hidden_fields


def running() -> Sequence[Trial]:
    """The trials that run, as this process knows them."""
    return _running


def trial_of(user_id: UUID | None, prediction: str) -> Trial | None:
    """The running trial of a prediction that this person takes part in."""
    found = [one for one in _running if one.prediction == prediction]
    return next((one for one in found if user_id and is_member(user_id, one)), None)


def _withheld(user_id: UUID) -> Iterator[str]:
    for trial in _running:
        known = all_trialled().get(trial.prediction)
        if known is not None and is_member(user_id, trial) and _hides(trial, user_id):
            yield known.field


def _hides(trial: Trial, user_id: UUID) -> bool:
    if trial.registered.part is Part.EFFECT:
        return trial.takes_cases and _arm(trial, user_id) not in SEEN
    asked = waiting_of(user_id) | asked_again(user_id)
    return trial.takes_cases or asked.filter(trial=trial).exists()


def _arm(trial: Trial, user_id: UUID) -> Arm:
    return arm_of(trial.pk, user_id, today(), trial.registered.arms or {})


def _read(edition: str) -> None:
    _running[:] = Trial._base_manager.filter(state=TrialState.RUNNING) if edition else []


def _notice(model: type[Record], rows: WrittenRows, *, new: bool = False) -> None:
    if model is Trial:
        renew(_EDITION)
