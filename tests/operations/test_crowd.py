"""When there is a crowd, how long it lasts, how long one waits in it; and what the gate makes of one.

The latter is tried by visitors on a clock of their own (`simulated`), on machines of several speeds.
"""

from collections.abc import Callable

import pytest

from rapport.config.crowd import MANY, STANDING, SUBSIDING, USUAL, WARY, Crowd, Mood
from rapport.config.gate import Gate
from tests.operations.simulated import Clock, Machine, Met, Simulation


def test_waits_that_end_are_no_crowd_however_long_the_line_is() -> None:
    clock = Clock()
    crowd = Crowd(USUAL, clock)
    for _second in range(60):
        crowd.note_wait(2.0, waiting=40, places=5)
        clock.now += STANDING * 0.9
        crowd.note_wait(2.0, waiting=40, places=5)
        crowd.note_wait(USUAL.tolerable, waiting=40, places=5)
    assert crowd.mood is Mood.CALM
    assert crowd.patience() == USUAL.longest
    assert crowd.room(places=3, most=40) == 40


def test_where_pages_take_long_fewer_wait_in_a_burst(clock: Clock) -> None:
    crowd = Crowd(USUAL, clock)
    for _page in range(200):
        crowd.note_page(0.5)
    assert crowd.room(places=5, most=40) == pytest.approx(20, abs=2)


@pytest.fixture
def clock() -> Clock:
    """Of the crowd."""
    return Clock()


@pytest.fixture
def crowd(clock: Clock) -> Crowd:
    """One that has just come."""
    crowd = Crowd(USUAL, clock)
    crowd.note_wait(1.0, waiting=40, places=5)
    clock.now += STANDING
    crowd.note_wait(1.0, waiting=40, places=5)
    assert crowd.mood is Mood.CROWDED
    return crowd


def test_a_crowd_lasts_while_many_are_sent_away(crowd: Crowd, clock: Clock) -> None:
    for _time in range(100):
        clock.now += SUBSIDING / MANY
        crowd.note_sent_away()
        assert crowd.mood is Mood.CROWDED
    clock.now += SUBSIDING
    assert crowd.mood is Mood.WARY


def test_some_who_are_sent_away_make_no_crowd_last(crowd: Crowd, clock: Clock) -> None:
    for _time in range(20):
        clock.now += SUBSIDING / (MANY - 2)
        crowd.note_sent_away()
    assert crowd.mood is Mood.WARY


def test_those_who_come_back_in_one_moment_are_a_crowd_again_at_once(crowd: Crowd, clock: Clock) -> None:
    clock.now += SUBSIDING + 5
    assert crowd.room(places=3, most=40) < 40, "nobody waits longer than tolerable"
    for _time in range(MANY):
        crowd.note_sent_away()
    assert crowd.mood is Mood.CROWDED
    clock.now += SUBSIDING + WARY
    assert crowd.mood is Mood.CALM


@pytest.mark.parametrize(
    ("seconds", "wait", "tolerable"), [(0.02, 0.44, 0.3), (0.1, 0.2, 0.3), (1.0, 1.0, 1.5), (30.0, 5.0, 5.0)]
)
def test_the_wait_in_a_crowd_leaves_time_for_the_page(
    crowd: Crowd, seconds: float, wait: float, tolerable: float
) -> None:
    for _page in range(200):
        crowd.note_page(seconds)
    crowd.note_page(60.0)
    assert crowd.in_a_crowd == pytest.approx(wait, rel=0.2), "one slow page changes little"
    assert crowd.tolerable == pytest.approx(tolerable, rel=0.2)
    assert crowd.patience() == max(crowd.in_a_crowd, crowd.tolerable)
    assert crowd.room(places=3, most=1_000) == round(3 * crowd.in_a_crowd / crowd.usual)


# Pages a second of the whole machine: twice the one of the last trial, that one, and half of it.
@pytest.mark.parametrize(("pages", "aim"), [(114, 0.5), (57, 0.55), (28, 1.0)])
def test_the_usual_crowd_is_served_by_a_slow_machine_and_ten_times_as_many_in_time(pages: float, aim: float) -> None:
    met = _met(pages, lambda now: 12 if now < 20 else 120 if now < 40 else 0 if now < 41.5 else 12)
    assert _sent_away(met, 0, 20) == _sent_away(met, 41, 60) == 0, "twelve who never pause are no crowd"
    served = sorted(one.seconds for one in met if one.is_page and 22 < one.came < 40)
    assert served[int(0.95 * len(served))] < aim
    assert len(served) > 0.7 * pages * 18, "most of the machine goes to those who are served"
    refused = sorted(one.seconds for one in met if not one.is_page and 22 < one.came < 40)
    assert refused[len(refused) // 2] == 0, "at once"


def test_a_few_more_than_usual_are_all_served() -> None:
    assert _sent_away(_met(57, lambda _now: 16), 0, 60) == 0


def _met(pages: float, present: Callable[[float], int]) -> list[Met]:
    def gate(clock: Callable[[], float]) -> Gate:
        return Gate(at_once=5, in_a_crowd=3, waiting=40, clock=clock)

    return Simulation(Machine(pages), gate, present, seed=7).run(60, visitors=120)


def _sent_away(met: list[Met], begin: float, end: float) -> int:
    return sum(not one.is_page for one in met if begin <= one.came < end)
