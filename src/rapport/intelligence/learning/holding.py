"""Somebody's word stands: where a person withdrew a version, no other shows numbers until somebody makes one live."""

from django.utils.translation import gettext_noop

from rapport.core.actors import ActorKind
from rapport.core.events import Event

from ..models import Estimator

WITHDRAWN_BEFORE = gettext_noop("Somebody withdrew the version before it. This one waits until somebody makes it live.")
_PROMOTED, _WITHDREW = (f"{Estimator.record_type}.{verb}" for verb in ("promote", "withdraw"))


def is_held(name: str) -> bool:
    """Whether somebody withdrew a version of this prediction or outlook, and none was made live since."""
    versions = list(Estimator._base_manager.filter(prediction=name).values_list("pk", flat=True))
    told = Event.objects.filter(subject_id__in=versions, verb__in=(_PROMOTED, _WITHDREW))
    by_people = told.exclude(verb=_WITHDREW, actor_kind=ActorKind.SYSTEM.value)
    return by_people.order_by("-id").values_list("verb", flat=True).first() == _WITHDREW
