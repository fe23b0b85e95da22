"""What is told of the values of topics: rising, falling, or nothing that chance could not have done."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from rapport.core.actors import Actor

from .counting import Counted, Value, counted
from .topics import topics_for

if TYPE_CHECKING:
    from .scanning import Change, Scanned

MOST_CHANCE = 0.04
FEWEST_RECORDS = 36
LEAST_RATIO = 1.15


class Verdict(enum.StrEnum):
    """What is said of a value."""

    RISING = "rising"
    FALLING = "falling"
    DISPLACED = "displaced"
    TOO_SMALL = "too_small"
    STEADY = "steady"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Trend:
    """One value: since when it has had which share, before and after, by how many times, with a 95 % interval.

    The interval is widened for the choice of the most striking values (Benjamini and Yekutieli 2005). The months are
    the first with the new share, and the earliest and the latest that it may have been.
    """

    value: Value
    verdict: Verdict
    since: date | None = None
    earliest: date | None = None
    latest: date | None = None
    before: float = 0.0
    after: float = 0.0
    a_month_before: float = 0.0
    a_month_after: float = 0.0
    ratio: float = 1.0
    low: float = 0.0
    high: float = 0.0
    p: float = 1.0

    @property
    def is_told(self) -> bool:
        """Whether it stands among what rises and falls."""
        return self.verdict in (Verdict.RISING, Verdict.FALLING)


@dataclass(frozen=True)
class Told:
    """A topic with what is told of each of its values."""

    counted: Counted
    trends: tuple[Trend, ...]

    @property
    def rising(self) -> tuple[Trend, ...]:
        """Those that rise, the strongest first."""
        return _strongest(self.trends, Verdict.RISING)

    @property
    def falling(self) -> tuple[Trend, ...]:
        """Those that fall, the strongest first."""
        return _strongest(self.trends, Verdict.FALLING)

    @property
    def others(self) -> tuple[Trend, ...]:
        """All the rest, the most frequent first."""
        return tuple(one for one in self.trends if not one.is_told)


def trends(actor: Actor) -> list[Told]:
    """All topics that may be told to the actor, judged together."""
    return judged([counted(actor, topic) for topic in topics_for(actor)])


def judged(topics: Sequence[Counted]) -> list[Told]:
    """Decide together what is told, so that chance alone yields any trend in at most 5 % of such pages."""
    import numpy as np  # takes long to load, and few pages need it

    from .scanning import scan

    looked_at = {place: _enough_of(one) for place, one in enumerate(topics)}
    asked = [place for place, values in looked_at.items() if values]
    tables = [np.array([one.counts for one in looked_at[place]], dtype=np.int64) for place in asked]
    totals = [np.array(topics[place].totals, dtype=np.int64) for place in asked]
    found = dict(zip(asked, scan(tables, totals), strict=True)) if asked else {}
    widened = _widened(list(found.values()))
    return [_told(one, looked_at[place], found.get(place), widened) for place, one in enumerate(topics)]


def _enough_of(one: Counted) -> list[Value]:
    frequent = [value for value in one.values if value.total >= FEWEST_RECORDS]
    return frequent if one.is_enough and len(one.values) > 1 else []


def _widened(found: Sequence["Scanned"]) -> float:
    """How many standard errors an interval is wide, so that 95 of 100 of those told hold."""
    chances = [change.p for one in found for change in one.changes]
    told = sum(p <= MOST_CHANCE for p in chances)
    return NormalDist().inv_cdf(1 - 0.025 * max(told, 1) / max(len(chances), 1))


def _told(one: Counted, values: Sequence[Value], scanned: "Scanned | None", widened: float) -> Told:
    found = {}
    if scanned:
        for value, change, scatter in zip(values, scanned.changes, scanned.scatter, strict=True):
            found[value.key] = _trend(one, value, change, widened * sqrt(scatter))
    return Told(one, tuple(found.get(value.key, Trend(value, Verdict.TOO_FEW)) for value in one.values))


def _trend(one: Counted, value: Value, change: "Change", errors: float) -> Trend:
    at, months = change.at, len(one.months)
    counts = sum(value.counts[:at]), sum(value.counts[at:])
    totals = max(sum(one.totals[:at]), 1), max(sum(one.totals[at:]), 1)
    before, after = counts[0] / totals[0], counts[1] / totals[1]
    ratio, low, high = _times(counts, totals, errors)
    pace = counts[0] / at, counts[1] / (months - at)
    return Trend(
        value=value,
        verdict=_verdict(change.p, ratio, pace),
        since=one.months[at],
        earliest=one.months[change.earliest],
        latest=one.months[change.latest],
        before=before,
        after=after,
        a_month_before=pace[0],
        a_month_after=pace[1],
        ratio=ratio,
        low=low,
        high=high,
        p=change.p,
    )


def _times(counts: tuple[int, int], totals: tuple[int, int], errors: float) -> tuple[float, float, float]:
    """The ratio of two shares with its interval on the log scale; half a case is added where there is none."""
    early, late = (count + 0.5 * (not all(counts)) for count in counts)
    ratio = (late / totals[1]) / (early / totals[0])
    reach = errors * sqrt(max(1 / early + 1 / late - 1 / totals[0] - 1 / totals[1], 0.0))
    return ratio, exp(log(ratio) - reach), exp(log(ratio) + reach)


def _verdict(p: float, ratio: float, pace: tuple[float, float]) -> Verdict:
    if p > MOST_CHANCE:
        return Verdict.STEADY
    if max(ratio, 1 / ratio) < LEAST_RATIO:
        return Verdict.TOO_SMALL
    if (ratio > 1) != (pace[1] > pace[0]):
        return Verdict.DISPLACED
    return Verdict.RISING if ratio > 1 else Verdict.FALLING


def _strongest(all_: Sequence[Trend], verdict: Verdict) -> tuple[Trend, ...]:
    return tuple(sorted((one for one in all_ if one.verdict is verdict), key=lambda one: -abs(log(one.ratio))))
