"""Dates of a working life: weekdays, office hours, and the seasons of business."""

from datetime import UTC, date, datetime, time, timedelta

from demo.chance import Chance

BUSY_MONTHS = {1: 0.8, 2: 1.0, 3: 1.3, 4: 1.0, 5: 1.0, 6: 1.3, 7: 0.7, 8: 0.35, 9: 1.3, 10: 1.3, 11: 1.2, 12: 0.6}


def busyness(day: date) -> float:
    """How much is begun in this month; the mean over a year is about one."""
    return BUSY_MONTHS[day.month]


def weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def next_weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def office_hours(day: date, *, chance: Chance) -> datetime:
    """A moment between eight and six on that day."""
    return datetime.combine(day, time(chance.whole(8, 17), chance.whole(0, 59), tzinfo=UTC))


def on_the_hour(day: date, *, chance: Chance) -> datetime:
    """A moment when a meeting may begin."""
    return datetime.combine(day, time(chance.whole(9, 16), chance.pick((0, 0, 0, 30)), tzinfo=UTC))


def months_later(day: date, *, months: int) -> date:
    """The same day some months later, at most the 28th."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
