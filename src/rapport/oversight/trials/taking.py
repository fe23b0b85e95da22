"""Drawing the cases of a trial, and letting those go whose question has gone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime

from rapport.core.bulk import change_many, create_many
from rapport.core.clock import now, today
from rapport.core.records import RECORD_TYPES, Record

from ..listeners import QUESTION_ASKED
from ..models import MachineEstimate, Trial, TrialCase, TrialState
from .arms import Arm, arm_of, chance_drawn
from .members import members_of
from .registration import Part, Registration
from .registry import Foreseen, Trialled, trialled

A_DAY, MOST_WAITING = 5, 10
"""So many questions a person is asked a day, and at once, by all trials together."""
_MOST_WEEKS = 8


@dataclass(frozen=True)
class Due:
    """What is to be done with the cases of a trial now."""

    new: list[dict[str, Any]]
    gone: set[UUID]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def due_now(trial: Trial) -> Due:
    """The cases to be drawn, and those whose question has gone."""
    known = trialled(trial.prediction)
    waiting = TrialCase._base_manager.filter(trial=trial, answered_at=None, lapsed_at=None, arm="")
    asked = {case.pk: case.subject_id for case in waiting}
    if today() > trial.last_day:
        return Due([], set(asked))
    open_now = known.open_among(None)
    gone = {key for key, subject in asked.items() if subject not in open_now}
    return Due(list(_new(trial, known, open_now)) if trial.takes_cases else [], gone)


def take_cases(trial: Trial) -> int:
    """Within a verb: draw what is due; returns how many cases are new."""
    due = due_now(trial)
    change_many(TrialCase, {key: {"lapsed_at": now()} for key in due.gone})
    _tell(trial, due.new)
    create_many(TrialCase, due.new)
    if trial.registered.part is Part.EFFECT:
        _keep_machine(trialled(trial.prediction), due.new)
    return len(due.new)


def _tell(trial: Trial, new: list[dict[str, Any]]) -> None:
    """Let those be told who are asked for the first time today."""
    if trial.registered.part is not Part.BLIND:
        return
    asked = TrialCase._base_manager.filter(arm="", user_id__in={row["user_id"] for row in new})
    known = set(asked_today(asked).values_list("user_id", flat=True))
    for user_id in sorted({row["user_id"] for row in new} - known):
        for listen in QUESTION_ASKED:
            listen(user_id, trial)


def _new(trial: Trial, known: Trialled, open_now: set[UUID]) -> Iterator[dict[str, Any]]:
    form = trial.registered
    cases = TrialCase._base_manager.filter(trial=trial)
    open_now = open_now - set(cases.values_list("subject_id", flat=True))
    if form.part is Part.EFFECT:
        open_now = open_now - known.decided_without(open_now)  # in no week could their number be shown
    asked = _Asked()
    room = form.most - trial.taken
    for record in _drawn(trial, known, form, open_now):
        if room <= 0:
            return
        if form.part is Part.BLIND and not asked.takes_one_more(record.owner_id):
            continue
        room -= 1
        yield _row(trial, known, form, record)


class _Asked:
    """How many questions wait for each person, and how many they were asked today."""

    def __init__(self) -> None:
        blind = TrialCase._base_manager.filter(arm="", trial__state=TrialState.RUNNING)
        waiting = blind.filter(answered_at=None, lapsed_at=None)
        self._waiting = Counter(waiting.values_list("user_id", flat=True))
        self._today = Counter(asked_today(blind).values_list("user_id", flat=True))

    def takes_one_more(self, user_id: UUID) -> bool:
        """Whether they may be asked once more; if so, that is counted."""
        if self._waiting[user_id] >= MOST_WAITING or self._today[user_id] >= A_DAY:
            return False
        self._waiting[user_id] += 1
        self._today[user_id] += 1
        return True


def asked_today(cases: "QuerySet[TrialCase]") -> "QuerySet[TrialCase]":
    """Those of the cases that were drawn since midnight."""
    midnight = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return cases.filter(entered_at__gte=midnight)


def _drawn(trial: Trial, known: Trialled, form: Registration, open_now: set[UUID]) -> list[Any]:
    """The records of the people who are asked, in the order in which they were drawn."""
    model: Any = RECORD_TYPES[known.record_type]
    found = model._base_manager.filter(pk__in=open_now, owner_id__in=members_of(trial))
    drawn = {one.pk: chance_drawn(trial.pk, f"case:{one.pk}") for one in found}
    due = [one for one in found if drawn[one.pk] < form.share and _has_come(trial, form, one, drawn[one.pk])]
    return sorted(due, key=lambda one: drawn[one.pk])


def _has_come(trial: Trial, form: Registration, record: Record, drawn: float) -> bool:
    """Old records enter the effect part in a week drawn for each, so that a seller's are not all in one arm."""
    if form.part is Part.BLIND or record.created_at >= trial.started_at:
        return True
    weeks = min(_MOST_WEEKS, max(1, (trial.last_day - trial.started_at.date()).days // 7))
    wait = timedelta(weeks=int(drawn / form.share * weeks))
    return now() >= trial.started_at + wait


def _row(trial: Trial, known: Trialled, form: Registration, record: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "trial_id": trial.pk,
        "user_id": record.owner_id,
        "subject_type": known.record_type,
        "subject_id": record.pk,
        "entered_at": now(),
        "segments": {name: _plain(getattr(record, name, None)) for name in form.segments},
    }
    if form.part is Part.BLIND:
        return {**row, "held_back": chance_drawn(trial.pk, f"held:{record.pk}") < form.held_back}
    arms = form.arms or {}
    arm = arm_of(trial.pk, record.owner_id, today(), arms)
    due = now() + timedelta(days=known.horizon_days)
    return {**row, "arm": str(arm), "arm_probability": arms[arm], "due_at": due}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)[:100]


def _keep_machine(known: Trialled, rows: list[dict[str, Any]]) -> None:
    """What the machine had said by then; nothing in the arm in which it says nothing."""
    asked = [row["subject_id"] for row in rows if row["arm"] != Arm.NONE]
    found = TrialCase._base_manager.filter(trial_id=rows[0]["trial_id"], subject_id__in=asked) if rows else []
    cases = {case.subject_id: case.pk for case in found}
    said: Mapping[UUID, Foreseen] = known.said(asked)
    MachineEstimate.objects.bulk_create(
        MachineEstimate(case_id=cases[key], chance=one.chance, estimator=one.estimator, why_not=one.why_not)
        for key, one in said.items()
    )
