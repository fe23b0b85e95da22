"""Drawing the cases of a trial, and letting those go whose question has gone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from rapport.core.bulk import change_many, create_many
from rapport.core.clock import now, today
from rapport.core.records import RECORD_TYPES, Record

from ..models import MachineEstimate, Trial, TrialCase
from .arms import Arm, arm_of, chance_drawn
from .members import members_of
from .registration import Part, Registration
from .registry import Foreseen, Trialled, trialled

MOST_WAITING = 10
"""So many questions a person is asked at once."""
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
    create_many(TrialCase, due.new)
    if trial.registered.part is Part.EFFECT:
        _keep_machine(trialled(trial.prediction), due.new)
    return len(due.new)


def _new(trial: Trial, known: Trialled, open_now: set[UUID]) -> Iterator[dict[str, Any]]:
    form = trial.registered
    cases = TrialCase._base_manager.filter(trial=trial)
    open_now = open_now - set(cases.values_list("subject_id", flat=True))
    waiting = Counter(cases.filter(answered_at=None, lapsed_at=None, arm="").values_list("user_id", flat=True))
    room = form.most - trial.taken
    for record in _drawn(trial, known, form, open_now):
        owner = record.owner_id
        if room <= 0:
            return
        if form.part is Part.BLIND and waiting[owner] >= MOST_WAITING:
            continue
        waiting[owner] += 1
        room -= 1
        yield _row(trial, known, form, record)


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
