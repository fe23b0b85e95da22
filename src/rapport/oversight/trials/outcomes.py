"""What came of the cases, from the history of the records themselves, once the horizon is over."""

from typing import Any

from django.db.models import QuerySet

from rapport.core.bulk import change_many
from rapport.core.clock import now

from ..models import Trial, TrialCase
from .registry import Asked, trialled


def due_outcomes(trial: Trial) -> "QuerySet[TrialCase]":
    """The cases whose horizon is over, and of which nobody looked yet what came."""
    return TrialCase._base_manager.filter(trial=trial, due_at__lte=now(), outcome_at=None)


def awaited(trial: Trial) -> int:
    """How many outcomes are still to come."""
    return TrialCase._base_manager.filter(trial=trial, outcome_at=None).exclude(due_at=None).count()


def write_outcomes(trial: Trial) -> int:
    """Within a verb: write yes or no; nothing where there is no answer, as of a record that is gone."""
    cases = list(due_outcomes(trial))
    asked = [Asked(case.subject_id, (case.answered_at or case.entered_at).date()) for case in cases]
    found = trialled(trial.prediction).outcomes(asked)
    written: dict[Any, dict[str, Any]] = {
        case.pk: {"outcome": found.get(case.subject_id), "outcome_at": now()} for case in cases
    }
    return change_many(TrialCase, written)
