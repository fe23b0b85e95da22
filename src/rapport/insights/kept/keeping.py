"""Giving figures that are kept, or working them out and keeping them; one at a time for each sight, others wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.jobs import ask_once
from rapport.identity.sight import SIGHT, subjects_of

from ..jobs import work_out_figures
from ..models import KeptFigures
from .question import Asked, Kept, Question
from .sights import key_of

KEPT_FOR = timedelta(hours=1)
ANEW = timedelta(minutes=1)
"""As new as somebody may ask for: figures cost seconds of processor, so they are worked out once a minute at most."""

TOLD_FOR = timedelta(days=1)
"""How old an answer may be that is told while a newer one is worked out; its key ends with its day anyway."""

QUICK = timedelta(seconds=1)
"""What takes no longer is worked out while somebody waits."""

AT_ONCE = timedelta(0)
"""Where what is told has to agree with the records beside it."""

_LATELY = 10
_NOTED_EVERY = timedelta(minutes=10)
_DIGITS = 15  # of a key, in a lock of 64 bits

Figures = TypeVar("Figures")

_FIND = """
SELECT seen.sight, kept.sight, kept.as_of, kept.looked_at, kept.figures
FROM ({sight}) AS seen(sight) LEFT JOIN insights_keptfigures kept ON kept.key = %s
""".replace("{sight}", SIGHT)


class BeingWorkedOut(Exception):
    """What was asked takes long, nothing older may be told, and a job works it out; the key names it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def figures_for(
    question: Question[Figures],
    actor: Actor,
    *,
    besides: str = "",
    oldest: timedelta = KEPT_FOR,
    at_once: bool = False,
) -> Kept[Figures]:
    """The answer, at most as old as `oldest`; worked out for the actor where none is kept that it may still be told.

    Who asks while another works out the same waits, and is told what came of it. Nobody waits long with `at_once`: for
    what takes longer than `QUICK`, the answer is the last one of the day, and a job works out a newer one; where none
    may be told, it raises `BeingWorkedOut`.
    """
    key, asked = key_of(question, actor, besides), Asked(actor, besides, oldest)
    kept = _kept(key, question, asked)
    if kept is None and at_once:
        kept = _while_worked_out(key, question, asked)
    if kept is not None:
        return kept
    with _alone_at(key):
        return _kept(key, question, asked) or _made(key, question, asked)


def _kept(key: str, question: Question[Figures], asked: Asked) -> Kept[Figures] | None:
    found = _find(key, subjects_of(asked.actor))
    figures = _read(question, found.figures) if found.answers(asked.oldest) else None
    if figures is None:
        return None
    _note_look(key, asked.actor, found.looked_at)
    return Kept(figures, found.as_of)


def _while_worked_out(key: str, question: Question[Figures], asked: Asked) -> Kept[Figures] | None:
    """The last answer of the day, where a newer one takes long: that is left to a job. None for what is quick."""
    if asked.actor.user_id is None or _usual_time(question) < QUICK:
        return None
    whom = {"user_id": str(asked.actor.user_id), "language": get_language() or "", "zone": get_current_timezone_name()}
    ask_once(work_out_figures, lock=f"figures-{key}", question=question.name, besides=asked.besides, **whom)
    found = _find(key, subjects_of(asked.actor))
    figures = _read(question, found.figures) if found.answers(TOLD_FOR) else None
    if figures is None:
        raise BeingWorkedOut(key)
    return Kept(figures, found.as_of, awaited=key)


def _usual_time(question: Question[Any]) -> timedelta:
    """The longest that it took of the last ten times, whoever asked."""
    lately = KeptFigures.objects.filter(question=question.name).order_by("-as_of")[:_LATELY]
    return timedelta(milliseconds=max(lately.values_list("milliseconds", flat=True), default=0))


def is_ready(key: str) -> bool:
    """Whether figures that were awaited are there."""
    return KeptFigures.objects.filter(key=key, as_of__gt=now() - KEPT_FOR).exclude(figures=b"").exists()


@contextmanager
def _alone_at(key: str) -> Iterator[None]:
    """Nobody else works out this answer meanwhile; the lock goes with the transaction, however it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:_DIGITS], 16)])
        yield


def _made(key: str, question: Question[Figures], asked: Asked) -> Kept[Figures]:
    """The sight is asked for before anything is worked out: what is lost meanwhile outdates the answer."""
    sight, began = _find(key, subjects_of(asked.actor)).sight, monotonic()
    made: Kept[Figures] = question.work_out(asked)
    _keep(key, question, asked, made, sight, milliseconds=round(1000 * (monotonic() - began)))
    return made


@dataclass(frozen=True)
class _Found:
    """What is kept under a key, and the sight of the actor now."""

    sight: str
    sight_then: str | None
    as_of: datetime
    looked_at: datetime
    figures: bytes

    def answers(self, oldest: timedelta) -> bool:
        """Whether it is new enough, and nothing was lost since."""
        return self.sight_then == self.sight and self.as_of + oldest > now()


def _find(key: str, subjects: list[UUID]) -> _Found:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [subjects, key])
        return _Found(*cursor.fetchone())


def _read(question: Question[Figures], figures: bytes) -> Figures | None:
    """None for what another release wrote."""
    try:
        read: Figures = msgspec.msgpack.decode(figures, type=question.shape)
    except msgspec.MsgspecError:
        return None
    return read


def _keep(key: str, question: Question[Any], asked: Asked, made: Kept[Any], sight: str, *, milliseconds: int) -> None:
    values = {
        "question": question.name,
        "asked": asked.besides,
        "sight": sight,
        "as_of": made.as_of,
        "figures": msgspec.msgpack.encode(made.figures),
        "milliseconds": milliseconds,
        **_looking(asked.actor),
    }
    row = KeptFigures(key=key, **values)
    KeptFigures.objects.bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=list(values))


def _note_look(key: str, actor: Actor, looked_at: datetime) -> None:
    """That somebody still looks, now and then, so that it is worked out anew before it is too old."""
    if now() - looked_at > _NOTED_EVERY:
        KeptFigures.objects.filter(key=key).update(**_looking(actor))


def _looking(actor: Actor) -> dict[str, Any]:
    zone, language = get_current_timezone_name(), get_language() or ""
    return {"user_id": actor.user_id, "language": language, "zone": zone, "looked_at": now()}
