"""What people are still asked."""

from uuid import UUID

from django.db.models import Q, QuerySet

from ..models import TrialCase, TrialState

_FIRST = Q(answered_at=None, lapsed_at=None, arm="")
_AGAIN = Q(asked_again_at__isnull=False, final_at=None)


def waiting_of(user_id: UUID) -> "QuerySet[TrialCase]":
    """The cases that a person is still asked about, the oldest first."""
    return _asked(user_id, _FIRST)


def asked_again(user_id: UUID) -> "QuerySet[TrialCase]":
    """The cases in which they have seen a number and are to say what they make of it."""
    return _asked(user_id, _AGAIN)


def _asked(user_id: UUID, which: Q) -> "QuerySet[TrialCase]":
    asked = TrialCase._base_manager.filter(which, user_id=user_id)
    return asked.filter(trial__state=TrialState.RUNNING).order_by("entered_at", "pk")
