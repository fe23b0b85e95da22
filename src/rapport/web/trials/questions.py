"""One question of a trial, as its person sees it: to be answered, or with both numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapport.oversight.models import MachineEstimate, Trial, TrialCase
from rapport.oversight.trials.registration import Part
from rapport.oversight.trials.registry import Trialled
from rapport.oversight.trials.withholding import sight_of
from rapport.web.ui import formats


@dataclass(frozen=True)
class Question:
    """What is asked of a record, and as far as it may be told, what was said. `hides` tells why there is no number."""

    trialled: Trialled
    trial: Trial
    case: TrialCase | None
    own: str
    machine: str
    hides: bool

    @property
    def is_blind(self) -> bool:
        """Whether people are asked first; else weeks are drawn."""
        return self.trial.registered.part is Part.BLIND


def asked_of(user_id: UUID | None, known: Trialled, record_id: UUID) -> Question | None:
    """The question of the trial that this person takes part in, if any."""
    sight = sight_of(user_id, known.name, record_id)
    if sight.trial is None:
        return None
    case = sight.case
    machine = machine_in_words(case) if case and sight.number else ""
    return Question(known, sight.trial, case, own_in_words(case), machine, not sight.number)


def own_in_words(case: TrialCase | None) -> str:
    """What the person said, and what they made of it after having seen a number."""
    if case is None or case.percent is None:
        return ""
    told = formats.percent(case.percent / 100)
    return told if case.final_percent is None else f"{told} → {formats.percent(case.final_percent / 100)}"


def machine_in_words(case: TrialCase) -> str:
    """What the machine said at the same moment; empty where it said nothing."""
    return machines_in_words([case]).get(case.pk, "")


def machines_in_words(cases: Sequence[TrialCase]) -> dict[UUID, str]:
    """The same of several cases, by the id of the case; those of which the machine said nothing are left out."""
    found = MachineEstimate.objects.filter(case__in=cases, chance__isnull=False).values_list("case_id", "chance")
    return {key: formats.percent(chance) for key, chance in found if chance is not None}
