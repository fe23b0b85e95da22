"""Schedules fire once whatever the clock does: days of 23 and 25 hours, 29 February, the year 2038, jumps of a day.

Named after trust goal G-C7.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import croniter
import pytest
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from rapport.activities.jobs import remind_of_tasks
from rapport.activities.models import Notification, Task
from rapport.core.clock import fixed_at
from rapport.core.clock_jumps import ClockWatch
from rapport.core.events import Event
from rapport.core.jobs import JOBS
from rapport.pipeline.jobs import bring_parked_opportunities_back
from rapport.pipeline.models import Opportunity, Status
from tests.cast import Cast

MINUTE = 60
DAYS = {
    "spring forward in Lisbon and Paris": date(2027, 3, 28),
    "fall back in Lisbon and Paris": date(2027, 10, 31),
    "fall back in New York": date(2027, 11, 7),
    "29 February": date(2028, 2, 29),
    "31 December": date(2027, 12, 31),
    "the end of 32 bits": date(2038, 1, 19),
}


@pytest.fixture(
    params=[
        "Europe/Paris",
        pytest.param("UTC", marks=pytest.mark.soak),
        pytest.param("America/New_York", marks=pytest.mark.soak),
    ]
)
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time zone of the machine, which must not matter."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _deferrer() -> PeriodicDeferrer:
    """What a worker has that was just started."""
    return PeriodicDeferrer(registry=app.periodic_registry, **app.periodic_defaults)


def _fired(deferrer: PeriodicDeferrer, moments: Iterator[float]) -> Counter[tuple[str, int]]:
    return Counter(
        (scheduled.task.name, moment) for at in moments for scheduled, moment in deferrer.get_previous_tasks(at=at)
    )


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_every_schedule_fires_once_at_each_of_its_times(machine_zone: None, day: date) -> None:
    start, end = _midnight(day), _midnight(day + timedelta(days=1))
    deferrer = _deferrer()
    fired = _fired(deferrer, (at + 0.5 for at in range(start, end, MINUTE)))
    assert set(fired.values()) == {1}
    per_job = Counter(name for name, moment in fired if start <= moment < end)
    scheduled = {name: job.schedule for name, job in JOBS.items() if job.schedule}
    for name, schedule in scheduled.items():
        assert per_job[name] == len(list(croniter.croniter_range(start, end - 1, schedule))), name


def _is_of_every_day(schedule: str | None) -> bool:
    return schedule is not None and schedule.split()[2:] == ["*", "*", "*"]


def test_a_jump_ahead_of_a_day_leaves_one_job_of_each_schedule_waiting() -> None:
    """What was missed is asked for at once; a schedule that has a job waiting gets no second one."""
    start = _midnight(date(2027, 6, 1))
    deferrer = _deferrer()
    _fired(deferrer, (at + 0.5 for at in range(start, start + 3600, MINUTE)))
    fired = _fired(deferrer, iter([start + 3600 + 86400.0]))
    assert set(fired.values()) == {1}
    assert {name for name, _moment in fired} >= {name for name, job in JOBS.items() if _is_of_every_day(job.schedule)}
    assert all(scheduled.task.queueing_lock for scheduled in app.periodic_registry.periodic_tasks.values())


def test_a_machine_that_was_off_at_night_makes_up_for_it_in_the_morning() -> None:
    morning = _midnight(date(2027, 6, 2)) + 9 * 3600
    fired = _fired(_deferrer(), iter([morning + 0.5]))
    every_day = (name for name, job in JOBS.items() if _is_of_every_day(job.schedule))
    daily = {name for name in every_day if JOBS[name].schedule.split()[1] != "*"}
    assert daily
    assert daily <= {name for name, _moment in fired}
    assert set(fired.values()) == {1}


def test_a_clock_set_back_is_noticed_once_and_a_slow_one_is_not() -> None:
    wall, steady = [1000.0], [0.0]
    watch = ClockWatch(lambda: wall[0], lambda: steady[0])

    def after(seconds: float, *, on_the_clock: float) -> bool:
        steady[0] += seconds
        wall[0] += on_the_clock
        return watch.was_set_back()

    assert not after(10, on_the_clock=10)
    assert not after(10, on_the_clock=86_400)
    assert not after(10, on_the_clock=-30)
    assert after(10, on_the_clock=-86_400)
    assert not after(10, on_the_clock=10)


def _walk(day: date, *, back: bool) -> Iterator[datetime]:
    """Each half hour from the day before to the day after, with jumps of a day ahead and, if so, back again."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    moments = [noon + timedelta(minutes=30 * step) for step in range(-72, 73)]
    yield from moments[:40]
    yield moments[40] + timedelta(days=1)
    if back:
        yield moments[40] - timedelta(days=1)
    yield from moments[41:]


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_what_waits_for_a_day_comes_back_once_and_a_reminder_comes_once(
    fresh: None, cast: Cast, day: date, back: bool
) -> None:
    eve = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    with fixed_at(eve), cast.acting(cast.alice):
        deal = Opportunity.create(name="Pumps", owner=cast.alice)
        deal.park(until=day)
        for hour in (1, 2, 3):  # the hours that are skipped or come twice somewhere
            due = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
            Task.create(subject=f"Call at {hour}", owner=cast.alice, reminder_at=due)
    for moment in _walk(day, back=back):
        with fixed_at(moment):
            _do(bring_parked_opportunities_back.func)
            _do(remind_of_tasks.func)
    assert Opportunity.objects.get().status == Status.OPEN
    assert Event.objects.filter(verb="opportunity.reopen").count() == 1
    told = Counter(Notification.objects.filter(kind="reminder").values_list("item_title", flat=True))
    assert told == {f"Call at {hour}": 1 for hour in (1, 2, 3)}


def _do(function: Callable[..., None]) -> None:
    from rapport.core.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        function.__wrapped__()  # type: ignore[attr-defined]
