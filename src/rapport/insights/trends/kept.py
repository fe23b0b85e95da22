"""Trends as they are kept for each sight: what was counted and what is told of it, without the topics themselves."""

from dataclasses import dataclass
from datetime import date, timedelta

from rapport.core.actors import Actor
from rapport.core.clock import now

from ..kept.keeping import KEPT_FOR, figures_for
from ..kept.question import Asked, Kept, Question, kept_question
from .counting import Counted
from .finding import Told, Trend, trends
from .topics import TOPICS


@dataclass(frozen=True)
class _Topic:
    """What is told of a topic; each trend holds its value, so all that was counted is there."""

    key: str
    months: tuple[date, ...]
    totals: tuple[int, ...]
    without: int
    trends: tuple[Trend, ...]


def _work_out(asked: Asked) -> Kept[tuple[_Topic, ...]]:
    as_of = now()
    return Kept(tuple(_plain(told) for told in trends(asked.actor)), as_of)


_TRENDS: Question[tuple[_Topic, ...]] = kept_question(Question("trends", tuple[_Topic, ...], _work_out))


def kept_trends(actor: Actor, *, oldest: timedelta = KEPT_FOR, at_once: bool = False) -> Kept[list[Told]]:
    """All topics that may be told to the actor, judged together at most so long ago."""
    kept = figures_for(_TRENDS, actor, oldest=oldest, at_once=at_once)
    return Kept([_told(one) for one in kept.figures], kept.as_of, kept.awaited)


def _plain(told: Told) -> _Topic:
    one = told.counted
    return _Topic(one.topic.key, one.months, one.totals, one.without, told.trends)


def _told(kept: _Topic) -> Told:
    topic = next(topic for topic in TOPICS if topic.key == kept.key)
    values = tuple(trend.value for trend in kept.trends)
    return Told(Counted(topic, kept.months, values, kept.totals, kept.without), kept.trends)
