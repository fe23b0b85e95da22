"""D9: what rises is told when it was planted, and chance is hardly ever told as a trend."""

from collections.abc import Callable
from datetime import date

import pytest

from rapport.insights.trends.finding import Trend, Verdict, judged
from tests.insights.simulated_topics import counted_as, topics

FEW, MANY = 15, 300


def planted(seed: int, **how: float) -> Trend:
    return judged(topics(seed, **how))[0].trends[0]  # type: ignore[arg-type]


def tells(seed: int, **how: float) -> bool:
    return any(one.is_told for told in judged(topics(seed, **how)) for one in told.trends)  # type: ignore[arg-type]


def share(runs: int, happens: Callable[[int], bool]) -> float:
    return sum(happens(seed) for seed in range(runs)) / runs


@pytest.mark.slow
def test_noise_is_hardly_ever_told() -> None:
    assert share(FEW, tells) <= 0.2  # three of 15; the long form asks for 5 %


@pytest.mark.slow
def test_what_was_planted_is_found() -> None:
    assert share(FEW, lambda seed: planted(seed, times=2.0).verdict is Verdict.RISING) >= 0.8


def test_since_when_and_by_how_much_lie_in_their_intervals() -> None:
    found = planted(4, times=2.5, since=14)
    assert found.verdict is Verdict.RISING
    assert found.earliest
    assert found.latest
    assert found.earliest <= date(2025, 3, 1) <= found.latest
    assert found.low < 0.25 / 1.15 / 0.1 < found.high  # the rest shrinks as it grows
    assert found.after > found.before


def test_what_only_lost_share_is_not_said_to_fall() -> None:
    grown = [20] * 12 + [120] * 12
    steady = [40 + month % 3 for month in range(12)] + [42 + month % 3 for month in range(12)]
    told = judged([counted_as(grown, steady)])[0]
    verdicts = [one.verdict for one in told.trends]
    assert verdicts == [Verdict.RISING, Verdict.DISPLACED]
    assert told.trends[1].ratio < 1
    assert told.trends[1].a_month_after > told.trends[1].a_month_before


def holds_month(one: Trend, since: date) -> bool:
    return bool(one.earliest and one.latest and one.earliest <= since <= one.latest)


@pytest.mark.soak
def test_d9_in_full() -> None:
    noise, uneven, lasting = (
        share(MANY, lambda seed, how=how: tells(seed, **how))  # type: ignore[misc]
        for how in ({}, {"scatter": 0.2}, {"scatter": 0.2, "lasting": 0.3})
    )
    fell = share(MANY, lambda seed: planted(seed, times=0.4).verdict is Verdict.FALLING)
    doubled = [one for seed in range(MANY) if (one := planted(seed, times=2.0)).verdict is Verdict.RISING]
    months = sum(holds_month(one, date(2025, 1, 1)) for one in doubled) / len(doubled)
    times = sum(one.low <= 2 / 1.1 <= one.high for one in doubled) / len(doubled)
    print(f"\nnoise told {noise:.3f}, uneven {uneven:.3f}, lasting {lasting:.3f}")
    print(f"doubled found {len(doubled) / MANY:.3f}, fallen {fell:.3f}; month held {months:.3f}, times {times:.3f}")
    assert max(noise, uneven) <= 0.05
    assert min(len(doubled) / MANY, fell) >= 0.8
    assert min(months, times) >= 0.9
