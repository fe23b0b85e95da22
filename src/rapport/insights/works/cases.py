"""Cases of a pattern: of each story one stay, drawn by its opportunity's key, that went on after the pattern's days.

Who followed the pattern is known at the end of those days; success is counted only from then on. So nobody counts as
having followed it because they had more time to, and those that ended before are left out on both sides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from .pattern import Pattern
from .story import Stay, Story
from .table import Numbers, Table

_MOST_VALUES, _FEWEST_OF_A_VALUE = 12, 10
_LEAST_DAYS = 0.5


@dataclass(frozen=True)
class Case:
    """One opportunity in one stage, judged from `landmark` on."""

    story: Story
    stay: Stay
    landmark: datetime
    followed: bool


def cases_of(told: Sequence[Story], pattern: Pattern, *, now: datetime) -> list[Case]:
    """The cases of a pattern, in the order of the stories."""
    found = []
    for story in told:
        stays = [stay for stay in story.stays if _goes_on(story, stay, pattern.days, now)]
        if stays:
            stay = stays[story.opportunity.int % len(stays)]
            landmark = stay.since + timedelta(days=pattern.days)
            followed = pattern.followed(story.contacts_between(stay.since, landmark), stay.since)
            found.append(Case(story, stay, landmark, followed))
    return found


def _goes_on(story: Story, stay: Stay, days: int, now: datetime) -> bool:
    landmark = stay.since + timedelta(days=days)
    is_past_goal = story.goal_at is not None and stay.since < story.goal_at <= landmark
    return landmark < (story.ended or now) and not is_past_goal


def usual_days(told: Sequence[Story]) -> int:
    """How long nine of ten won opportunities took from their opening, in whole months of 30 days; 60 to 360."""
    won = [(story.ended - story.opened).days for story in told if story.is_won and story.ended]
    months = int(np.ceil(np.quantile(won, 0.9) / 30)) if won else 6
    return 30 * min(max(months, 2), 12)


def table_of(cases: Sequence[Case], *, days: int, now: datetime) -> Table:
    """The cases as columns; winning counts within `days` after the landmark, where so many have passed."""
    watched = [_watched(case, now) for case in cases]
    return Table(
        followed=np.array([case.followed for case in cases], dtype=bool),
        stage=np.array([case.stay.place for case in cases], dtype=np.int64),
        alike=_alike(cases),
        won=np.array([_won(case, days, now) for case in cases], dtype=float),
        days=np.array([one.days for one in watched], dtype=float),
        reached=np.array([one.reached for one in watched], dtype=bool),
        watched=np.array([one.has_goal for one in watched], dtype=bool),
    )


def _won(case: Case, days: int, now: datetime) -> float:
    until = case.landmark + timedelta(days=days)
    if until > now:
        return float("nan")
    return float(case.story.is_won and case.story.ended is not None and case.story.ended <= until)


@dataclass(frozen=True)
class _Watched:
    days: float
    reached: bool
    has_goal: bool


def _watched(case: Case, now: datetime) -> _Watched:
    goal, end = case.story.goal_at, case.story.ended or now
    if goal is not None and goal <= case.stay.since:
        return _Watched(_LEAST_DAYS, reached=False, has_goal=False)
    reached = goal is not None and goal <= now
    last = goal if reached and goal is not None else end
    return _Watched(max((last - case.landmark).total_seconds() / 86_400, _LEAST_DAYS), reached, has_goal=True)


def _alike(cases: Sequence[Case]) -> Mapping[str, Numbers]:
    """What cases are matched on beside the stage, all of it known before the pattern's days."""
    sizes = np.array([np.log1p(case.story.size) if case.story.size is not None else np.nan for case in cases])
    known = ~np.isnan(sizes)
    middle = float(np.median(sizes[known])) if known.any() else 0.0
    columns: dict[str, Numbers] = {
        "size": np.where(known, sizes, middle),
        "size unknown": (~known).astype(float),
        "customer already": _column(cases, lambda case: case.story.is_customer),
        "days open": _column(cases, lambda case: np.log1p(max((case.stay.since - case.story.opened).days, 0))),
        "contacts before": _column(cases, _contacts_before),
        "time": _column(cases, lambda case: case.stay.since.timestamp() / 86_400),
    }
    for name in ("industry", "source", "seller"):
        columns |= _by_value(name, [getattr(case.story, name) for case in cases])
    return columns


def _contacts_before(case: Case) -> float:
    return float(np.log1p(len(case.story.contacts_between(case.story.opened, case.stay.since))))


def _column(cases: Sequence[Case], fact: Callable[[Case], float]) -> Numbers:
    return np.array([fact(case) for case in cases], dtype=float)


def _by_value(name: str, values: Sequence[str]) -> dict[str, Numbers]:
    """A column for each of the most common values; the rest are alike."""
    counted = {value: values.count(value) for value in set(values)}
    common = sorted((-count, value) for value, count in counted.items() if count >= _FEWEST_OF_A_VALUE)
    return {
        f"{name} {value}": np.array([one == value for one in values], dtype=float)
        for _count, value in common[:_MOST_VALUES]
    }
