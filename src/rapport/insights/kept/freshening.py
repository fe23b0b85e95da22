"""Working out anew, before they are too old, the figures that somebody looked at lately: visitors seldom wait."""

from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone, translation

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.clock import now
from rapport.core.problems import Forbidden
from rapport.identity.actors import actor_now
from rapport.identity.models import User
from rapport.identity.sight import forget_losses

from ..models import KeptFigures
from .keeping import TOLD_FOR, figures_for
from .question import QUESTIONS, Question
from .sights import key_of

FRESHENED_AFTER = timedelta(minutes=40)
_LOOKED_WITHIN, _TIMES_KEPT_FOR = timedelta(hours=1), timedelta(days=7)
MOST = 60
_ASKED_IN = ("forecasting.kept", "numbers_given", "portfolio", "segments", "trends.kept", "who_where.figures")


def freshen() -> int:
    """Work out anew what becomes too old before long, what everybody shares first; returns how many."""
    aged = KeptFigures.objects.filter(as_of__lt=now() - FRESHENED_AFTER, looked_at__gt=now() - _LOOKED_WITHIN)
    rows = aged.defer("figures").order_by(F("user_id").asc(nulls_first=True), "-looked_at")[:MOST]
    return sum(_freshen(row) for row in rows)


def forget() -> None:
    """Drop what is too old to be told; how long it took is remembered for a week."""
    KeptFigures.objects.filter(as_of__lt=now() - TOLD_FOR).exclude(figures=b"").update(figures=b"")
    KeptFigures.objects.filter(as_of__lt=now() - _TIMES_KEPT_FOR).delete()
    forget_losses()


def work_out(*, question: str, besides: str, user_id: UUID, language: str, zone: str) -> None:
    """For somebody who waits, with the rights of this moment; nothing where the account was closed meanwhile."""
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        asked, actor = all_questions().get(question), _actor(user_id)
        if asked is not None and actor is not None:
            with acting_as(actor):
                figures_for(asked, actor, besides=besides)


def _freshen(row: KeptFigures) -> bool:
    """Only for somebody who still has the same rights; else it is dropped."""
    with translation.override(row.language), timezone.override(ZoneInfo(row.zone)):
        question, actor = all_questions().get(row.question), _actor(row.user_id)
        if question is None or actor is None or key_of(question, actor, row.asked) != row.key:
            KeptFigures.objects.filter(pk=row.pk).delete()
            return False
        with acting_as(actor):
            figures_for(question, actor, besides=row.asked, oldest=FRESHENED_AFTER)
        KeptFigures.objects.filter(pk=row.pk).update(looked_at=row.looked_at)
        return True


def all_questions() -> "dict[str, Question[Any]]":
    """Those of all pages: a worker loads no pages, which would register them by the way."""
    for name in _ASKED_IN:
        import_module(f"rapport.insights.{name}")
    return QUESTIONS


def _actor(user_id: UUID | None) -> Actor | None:
    if user_id is None:
        return SYSTEM
    try:
        return actor_now(user_id)
    except (Forbidden, User.DoesNotExist):
        return None
