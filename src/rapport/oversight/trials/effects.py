"""The figures of the effect part: what came in the arms as they were drawn, with two checks that must show nothing.

Before the planned number of cases there are no figures by arm, only counts; at it they are worked out once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rapport.core.events import Change, Operation

from ..models import Trial, TrialCase
from .arms import SEEN, Arm
from .registration import Registration
from .registry import trialled
from .statistics.effect import Drawn, Effect, effect_of

if TYPE_CHECKING:
    from .verdicts import Decided

WINDOW = timedelta(days=14)
"""For so long after a case was drawn, and before it, steps forward are counted."""


@dataclass(frozen=True)
class ArmCounts:
    """Cases of an arm, and how many have an outcome."""

    arm: Arm
    drawn: int
    known: int


@dataclass(frozen=True)
class Effects:
    """What being shown the number does to the outcome and to progress; reasons beside it; and what must show nothing.

    `before` is progress in the days before the case was drawn, `unseen` compares the two arms that look alike to the
    seller: an effect there means that something is wrong with the trial.
    """

    n: int
    shares: Mapping[str, float]
    outcome: Effect | None
    progress: Effect | None
    reasons: Effect | None
    before: Effect | None
    unseen: Effect | None

    @property
    def is_sound(self) -> bool:
        """Whether the checks show nothing."""
        return not any(check is not None and check.leaves_out_zero for check in (self.before, self.unseen))


def arm_counts(trial: Trial) -> list[ArmCounts]:
    """How many cases each arm has."""
    rows = list(TrialCase._base_manager.filter(trial=trial).values_list("arm", "outcome"))
    arms = [Arm(name) for name in trial.registered.arms or {}]
    return [
        ArmCounts(arm, sum(name == arm for name, _o in rows), sum(name == arm and o is not None for name, o in rows))
        for arm in arms
    ]


def decided_by_effect(trial: Trial, form: Registration) -> "Decided | None":
    """The verdict, once: at the planned number of cases with outcome; or undecided when no more are to come."""
    from .outcomes import awaited
    from .verdicts import Decided, Verdict

    cases = list(_known(trial)[: form.planned])
    if len(cases) < form.planned:
        is_over = not trial.takes_cases and not awaited(trial)
        return Decided(Verdict.UNDECIDED, {"n": len(cases)}) if is_over else None
    found = effects_of(cases, trialled(trial.prediction).progress)
    told = found.outcome
    if told is None or not told.leaves_out_zero or not found.is_sound:
        return Decided(Verdict.UNDECIDED, asdict(found))
    return Decided(Verdict.HELPS if told.difference > 0 else Verdict.HARMS, asdict(found))


def effects_of(cases: Sequence[TrialCase], progress: frozenset[str]) -> Effects:
    """All effects of these cases."""
    came = {case.pk: bool(case.outcome) for case in cases}
    after, before = _moved(cases, progress)
    known = sorted({case.arm for case in cases})
    return Effects(
        len(cases),
        {arm: _share([came[case.pk] for case in cases if case.arm == arm]) for arm in known},
        effect_of(list(_drawn(cases, SEEN, came))),
        effect_of(list(_drawn(cases, SEEN, after))) if progress else None,
        effect_of(list(_drawn(_only(cases, SEEN), {Arm.EXPLAINED}, came))),
        effect_of(list(_drawn(cases, SEEN, before))) if progress else None,
        effect_of(list(_drawn(_only(cases, {Arm.NONE, Arm.HIDDEN}), {Arm.HIDDEN}, came))),
    )


def _known(trial: Trial) -> Any:
    return TrialCase._base_manager.filter(trial=trial, outcome__isnull=False).order_by("entered_at", "pk")


def _only(cases: Sequence[TrialCase], arms: frozenset[Arm] | set[Arm]) -> list[TrialCase]:
    return [case for case in cases if case.arm in arms]


def _drawn(cases: Sequence[TrialCase], arms: frozenset[Arm] | set[Arm], values: Mapping[UUID, bool]) -> Iterator[Drawn]:
    for case in cases:
        yield Drawn(str(case.user_id), case.arm in arms, case.arm_probability, float(values[case.pk]))


def _moved(cases: Sequence[TrialCase], columns: frozenset[str]) -> tuple[dict[UUID, bool], dict[UUID, bool]]:
    """Which records took a step forward in the days after their case was drawn, and which before."""
    steps: dict[UUID, list[datetime]] = defaultdict(list)
    if columns:
        changed = Change.objects.filter(
            record_id__in=[case.subject_id for case in cases],
            operation=Operation.CHANGE,
            after__has_any_keys=list(columns),
        )
        for record_id, at in changed.values_list("record_id", "event__at"):
            steps[record_id].append(at)
    after = {case.pk: _any(steps[case.subject_id], case.entered_at, case.entered_at + WINDOW) for case in cases}
    before = {case.pk: _any(steps[case.subject_id], case.entered_at - WINDOW, case.entered_at) for case in cases}
    return after, before


def _any(moments: Sequence[datetime], since: datetime, until: datetime) -> bool:
    return any(since < moment <= until for moment in moments)


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
