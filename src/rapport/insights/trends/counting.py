"""Topics counted by month, of the records that somebody may see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from rapport.core.actors import Actor
from rapport.core.clock import today

from .topics import Topic

MOST_MONTHS, FEWEST_MONTHS = 24, 12
MOST_VALUES = 40


@dataclass(frozen=True)
class Value:
    """One value of a topic: how often it was counted in each month."""

    key: str
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How often in all."""
        return sum(self.counts)


@dataclass(frozen=True)
class Counted:
    """A topic by month: the most frequent values, what all come to, and how many records name no value."""

    topic: Topic
    months: tuple[date, ...]
    values: tuple[Value, ...]
    totals: tuple[int, ...]
    without: int

    @property
    def is_enough(self) -> bool:
        """Whether the history is long enough to compare."""
        return len(self.months) >= FEWEST_MONTHS


def counted(actor: Actor, topic: Topic) -> Counted:
    """The last whole months, at most 24, from the first that has anything."""
    months = last_months()
    by_value: dict[Any, dict[date, int]] = defaultdict(dict)
    for row in _rows(actor, topic, months):
        by_value[row["value"]][row["month"]] = row["count"]
    without = sum(sum(by_value.pop(empty, {}).values()) for empty in (None, ""))
    begun = min((month for counts in by_value.values() for month in counts), default=None)
    months = [month for month in months if begun and month >= begun]
    totals = tuple(sum(counts.get(month, 0) for counts in by_value.values()) for month in months)
    frequent = sorted(by_value, key=lambda key: (-sum(by_value[key].values()), str(key)))[:MOST_VALUES]
    names = topic.names(actor, frequent)
    values = [_value(key, names[key], by_value[key], months) for key in frequent if key in names]
    return Counted(topic, tuple(months), tuple(values), totals, without)


def records_of(actor: Actor, topic: Topic, *, key: str, month: date | None = None) -> QuerySet[Any]:
    """The rows behind a value, the newest first; of one month, or of all that were looked at."""
    months = [month] if month else last_months()
    rows = topic.rows(actor).filter(**{topic.value: key}).filter(_between(topic, months))
    return rows.order_by(f"-{topic.day}", "-pk").values_list(topic.record, topic.day)


def last_months() -> list[date]:
    """The first days of the months looked at, the oldest first; the present month is not over and left out."""
    first = today().replace(day=1)
    numbers = [first.year * 12 + first.month - 1 - back for back in range(MOST_MONTHS, 0, -1)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _rows(actor: Actor, topic: Topic, months: Sequence[date]) -> Any:
    rows = topic.rows(actor).filter(_between(topic, months)).order_by()
    grouped = rows.values(value=F(topic.value), month=TruncMonth(topic.day, output_field=DateField()))
    return grouped.annotate(count=Count("pk"))


def _between(topic: Topic, months: Sequence[date]) -> Q:
    end = (months[-1] + timedelta(days=31)).replace(day=1)
    name = f"{topic.day}__date" if topic.day.endswith("_at") else topic.day
    return Q(**{f"{name}__gte": months[0], f"{name}__lt": end})


def _value(key: Any, name: str, counts: dict[date, int], months: Sequence[date]) -> Value:
    return Value(str(key), name, tuple(counts.get(month, 0) for month in months))
