"""The gate: few inside, some waiting in order, the others sent away with a sentence; in a crowd nobody waits long.

What it makes of a crowd is tried by visitors on a clock of their own (`simulated`), on machines of several speeds.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from rapport.config import crowding
from rapport.config.crowd import MANY, STANDING, SUBSIDING, USUAL, WARY, Crowd, Mood, Patience
from rapport.config.crowding import admitted, threads
from rapport.config.gate import Crowded, Gate
from tests.operations.simulated import Machine, Met, Simulation

PATIENT = Patience(longest=3_600, burst=36_000, tolerable=600, aim=600)
"""Nobody gives up by the clock on the wall, however busy the machine; the clock of the tests moves on by more."""


class Clock:
    """Goes on only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Visitors:
    """Threads that ask for a place one after the other, and what became of them."""

    gate: Gate
    served: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def send(self, count: int) -> None:
        """Each stands in line before the next one comes."""
        for number in range(len(self.threads), len(self.threads) + count):
            thread = threading.Thread(target=self._visit, args=(number,))
            self.threads.append(thread)
            waiting = self.gate.waiting
            thread.start()
            until(lambda: self.gate.waiting > waiting or number in self.refused)  # noqa: B023 - asked at once

    def join(self) -> None:
        """Wait until each was served or refused."""
        for thread in self.threads:
            thread.join(60)

    def _visit(self, number: int) -> None:
        try:
            with self.gate.place():
                self.served.append(number)
        except Crowded:
            self.refused.append(number)


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what will be."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.002)


@contextmanager
def a_crowd_before(gate: Gate, clock: Clock, visitors: Visitors) -> Iterator[None]:
    """The only place is taken, and somebody stood in line for longer than anybody should; there is room for two."""
    gate.crowd.usual = PATIENT.aim / 5
    with gate.place():
        visitors.send(6)
        clock.now += 1_000
        visitors.send(1)
        clock.now += STANDING
        visitors.send(1)
        assert gate.crowd.mood is Mood.CROWDED
        yield


def test_who_finds_a_place_goes_in_and_the_place_is_given_back() -> None:
    gate = Gate(at_once=1, waiting=0, patience=PATIENT)
    for _visit in range(3):
        with gate.place():
            pass


def test_never_more_inside_than_places_and_all_are_served_in_the_end() -> None:
    gate, inside, most = Gate(at_once=3, waiting=50, patience=PATIENT), 0, 0
    lock = threading.Lock()

    def visit(_number: int) -> bool:
        nonlocal inside, most
        with gate.place():
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.002)
            with lock:
                inside -= 1
        return True

    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(visit, range(40)))
    assert most <= 3


def test_they_are_served_in_the_order_of_coming_and_who_finds_the_line_full_is_sent_away() -> None:
    visitors = Visitors(Gate(at_once=1, waiting=4, patience=PATIENT, clock=Clock()))
    with visitors.gate.place():
        visitors.send(6)
        assert visitors.refused == [4, 5]
    visitors.join()
    assert visitors.served == [0, 1, 2, 3]


def test_in_a_crowd_the_line_is_no_longer_than_can_be_served_soon() -> None:
    clock = Clock()
    gate = Gate(at_once=1, waiting=40, patience=PATIENT, clock=clock)
    visitors = Visitors(gate)
    with a_crowd_before(gate, clock, visitors):
        visitors.send(10)
        assert len(visitors.refused) == 11, "refused while the place was still taken"
    visitors.join()
    assert visitors.served == list(range(7)), "who was let into the line before is served"


def test_in_a_crowd_fewer_are_inside_and_all_places_are_given_again_after_it() -> None:
    clock = Clock()
    gate = Gate(at_once=3, in_a_crowd=1, waiting=40, patience=USUAL, clock=clock)
    inside = [gate.come() for _place in range(3)]
    waiting = [gate.come() for _one in range(3)]
    gate.crowd.note_wait(1.0, waiting=40, places=5)
    clock.now += STANDING
    gate.crowd.note_wait(1.0, waiting=40, places=5)
    assert [gate.go(0.1), gate.go(0.1)] == [[], []], "the third is still inside, and that is as many as may be"
    assert all(turn.is_in for turn in inside)
    clock.now += SUBSIDING
    assert gate.go(0.1) == waiting
    assert all(turn.is_in for turn in waiting)


def test_who_waited_too_long_is_sent_away_and_the_next_one_served() -> None:
    clock = Clock()
    gate = Gate(at_once=1, waiting=40, patience=USUAL, clock=clock)
    gate.come()
    late = gate.come()
    clock.now += USUAL.longest + 0.1
    in_time = gate.come()
    assert gate.go(0.1) == [late, in_time]
    assert (late.is_in, in_time.is_in) == (False, True)


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


def test_a_few_who_wait_because_all_stands_still_are_no_crowd(clock: Clock) -> None:
    gate = Gate(at_once=5, in_a_crowd=3, waiting=40, clock=clock)
    for _visitor in range(12):
        gate.come()
        clock.now += STANDING / 3
    for _page in range(5):
        gate.go(4.0)
    assert gate.crowd.mood is Mood.CALM


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


def test_an_error_inside_gives_the_place_back() -> None:
    gate = Gate(at_once=1, waiting=0, patience=PATIENT)
    with pytest.raises(ValueError, match="inside"), gate.place():
        raise ValueError("inside")
    with gate.place():
        pass


def test_who_is_sent_away_is_told_when_to_try_again_and_nothing_was_done(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowding, "at_once", lambda: 1)
    monkeypatch.setattr(crowding, "WAITING", 0)
    monkeypatch.setattr(crowding, "BACK_IN", (5, 5))
    done: list[str] = []

    def inner(request: HttpRequest) -> HttpResponse:
        done.append(request.path)
        if request.path == "/outer/":
            second = middleware(rf.post("/people/new/", {"name": "Nobody"}, headers={"Accept-Language": "fr"}))
            assert (second.status_code, second.headers["Retry-After"]) == (503, "5")
            assert 'lang="fr"' in second.content.decode()
            assert "Rien n’a été modifié" in second.content.decode()
            assert middleware(rf.get("/healthz")).status_code == 200, "health is told even in a crowd"
        return HttpResponse("made")

    middleware = admitted(inner)
    assert middleware(rf.get("/outer/")).status_code == 200
    assert done == ["/outer/", "/healthz"]


def test_there_is_a_thread_for_each_that_is_inside_waits_or_is_sent_away() -> None:
    assert threads() > crowding.at_once() + crowding.WAITING
