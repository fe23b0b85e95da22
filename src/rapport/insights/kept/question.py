"""What may be kept: a question, the shape of its answer, and how it is worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from rapport.core.actors import Actor

Figures = TypeVar("Figures")


@dataclass(frozen=True)
class Kept(Generic[Figures]):
    """The figures, and the moment from which they are; `awaited` is the key of newer ones that a job works out."""

    figures: Figures
    as_of: datetime
    awaited: str = ""


@dataclass(frozen=True)
class Asked:
    """Who asks, with what besides, and how old an answer may be."""

    actor: Actor
    besides: str
    oldest: timedelta


@dataclass(frozen=True)
class Question(Generic[Figures]):
    """A question whose answer is plain: frozen dataclasses, tuples, numbers, texts, days, ids.

    `is_own` where the answer tells of the person who asks, so that not even those who see everything share it.
    """

    name: str
    shape: Any
    work_out: Callable[[Asked], Kept[Figures]]
    is_own: bool = False


QUESTIONS: dict[str, Question[Any]] = {}


def kept_question(question: Question[Figures]) -> Question[Figures]:
    """Register a question, so that its answers can be worked out anew in the background."""
    QUESTIONS[question.name] = question
    return question
