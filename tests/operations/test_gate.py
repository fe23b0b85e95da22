"""The gate: few inside, some waiting in order, the others sent away with a sentence; in a crowd nobody waits long."""

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
from rapport.config.crowd import STANDING, SUBSIDING, USUAL, Mood, Patience
from rapport.config.crowding import admitted, threads
from rapport.config.gate import Crowded, Gate
from tests.operations.simulated import Clock

PATIENT = Patience(longest=3_600, burst=36_000, tolerable=600, aim=600)
"""Nobody gives up by the clock on the wall, however busy the machine; the clock of the tests moves on by more."""


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


def test_a_few_who_wait_because_all_stands_still_are_no_crowd() -> None:
    clock = Clock()
    gate = Gate(at_once=5, in_a_crowd=3, waiting=40, clock=clock)
    for _visitor in range(12):
        gate.come()
        clock.now += STANDING / 3
    for _page in range(5):
        gate.go(4.0)
    assert gate.crowd.mood is Mood.CALM


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
