"""The nightly work: measure each field on known values, and keep estimates of the missing ones."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from rapport.core.clock import now
from rapport.oversight.levels import is_off
from rapport.oversight.machine import RunUnderWay, Stopped, acting_as_machine

from ..models.estimate import Estimate, EstimateFigures, EstimateState
from . import action
from .measuring import RIGHT_OFTEN_ENOUGH, Confidence, Measured, measure
from .neighbours import Guess, Guesser, Way
from .subjects import SUBJECTS, Subject

LASTS = timedelta(days=30)
MOST_KNOWN = 20_000
MOST_ESTIMATED = 20_000
_AT_ONCE = 1_000
_NAMED_NEIGHBOURS = 5

Rows = Sequence[dict[str, Any]]


def estimate_all() -> None:
    """Estimate every subject anew, in one run that the switch stops; where the action is off, show nothing more."""
    standing = Estimate.objects.filter(state=EstimateState.STANDING)
    try:
        with acting_as_machine(action.NAME, purpose=gettext_noop("estimate missing values")) as run:
            if is_off(run.action):
                standing.delete()
                return
            standing.filter(expires_at__lte=now()).delete()
            for subject in SUBJECTS:
                run.check_stop()
                _estimate(subject, run)
    except Stopped:  # the switch was pulled before anything began
        return


def _estimate(subject: Subject, run: RunUnderWay) -> None:
    known = _known(subject)
    described, values = [subject.described(row) for row in known], [_value(subject, row) for row in known]
    measured = measure(described, values)
    missing = _rows(subject, _lacks(subject), MOST_ESTIMATED)
    found = list(_estimates(subject, known, missing, measured, run.check_stop))
    run.check_stop()
    with transaction.atomic():
        _replace(subject, found)
        _keep_figures(subject, measured, missing=len(missing), estimated=len(found))


def _known(subject: Subject) -> Rows:
    """Known records to learn from: all, or so many drawn by chance."""
    rows = _rows(subject, ~_lacks(subject), MOST_KNOWN)
    return sorted(rows, key=lambda row: str(row["pk"]))


def _rows(subject: Subject, which: Q, most: int) -> Rows:
    ids = list(subject.model._base_manager.filter(which).values_list("pk", flat=True))
    if len(ids) > most:
        ids = random.Random(1).sample(sorted(ids), most)  # noqa: S311 - the same sample each night
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    records = subject.model._base_manager
    return [row for part in parts for row in records.filter(pk__in=part).values("pk", *subject.columns)]


def _lacks(subject: Subject) -> Q:
    return Q(**{f"{subject.field}__isnull": True}) if subject.is_number else Q(**{subject.field: ""})


def _value(subject: Subject, row: dict[str, Any]) -> str | float:
    return float(row[subject.field]) if subject.is_number else str(row[subject.field])


def _estimates(
    subject: Subject, known: Rows, missing: Rows, measured: Measured, check_stop: Callable[[], None]
) -> Iterator[Estimate]:
    """Estimates sure enough to be shown; none where the field is abstained from."""
    if measured.figures.abstains:
        return
    guesser = Guesser([subject.described(row) for row in known], [_value(subject, row) for row in known])
    for start in range(0, len(missing), _AT_ONCE):
        check_stop()
        part = missing[start : start + _AT_ONCE]
        for row, guesses in zip(part, guesser.guess([subject.described(row) for row in part]), strict=True):
            guess = guesses[measured.way] if guesses else None
            if guess and (confidence := _sure(guess, measured.confidence)):
                near = {str(known[one.position]["pk"]): round(one.similarity, 3) for one in guess.neighbours}
                yield _made(subject, row["pk"], guess.value, near, confidence=confidence, way=measured.way)


def _sure(guess: Guess, confidence: Confidence) -> float:
    sure = confidence.of(guess)
    return sure if sure >= RIGHT_OFTEN_ENOUGH else 0.0


def _made(
    subject: Subject, key: UUID, value: str | float, near: dict[str, float], *, confidence: float, way: Way
) -> Estimate:
    nearest = sorted(near, key=lambda one: -near[one])[:_NAMED_NEIGHBOURS]
    return Estimate(
        record_type=subject.record_type,
        record_id=key,
        field=subject.field,
        value=int(value) if isinstance(value, float) else value,
        method=way,
        neighbours=[{"id": one, "similarity": near[one]} for one in nearest],
        confidence=round(confidence, 3),
        made_at=now(),
        expires_at=now() + LASTS,
    )


def _replace(subject: Subject, found: Sequence[Estimate]) -> None:
    """New estimates in place of those of last night; what was decided stays decided."""
    kept = Estimate.objects.filter(record_type=subject.record_type, field=subject.field)
    kept.filter(state=EstimateState.STANDING).delete()
    decided = set(kept.values_list("record_id", flat=True))
    Estimate.objects.bulk_create([one for one in found if one.record_id not in decided], batch_size=_AT_ONCE)


def _keep_figures(subject: Subject, measured: Measured, *, missing: int, estimated: int) -> None:
    figures = asdict(measured.figures)
    reason = figures.pop("reason")
    EstimateFigures.objects.update_or_create(
        record_type=subject.record_type,
        field=subject.field,
        defaults={
            **figures,
            "abstains_because": reason,
            "missing": missing,
            "estimated": estimated,
            "measured_at": now(),
        },
    )
