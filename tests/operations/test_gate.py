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
from rapport.config.crowding import admitted, threads
from rapport.config.gate import CALM, STANDING, Crowd, Crowded, Gate, Patience

PATIENT = Patience(longest=3_600, in_a_crowd=600)
"""Nobody gives up by the clock on the wall, however busy the machine; the clock of the tests moves on by more."""
USUAL = Patience()


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
    """The only place is taken, and somebody stood in line for longer than a line may stand; there is room for two."""
    gate.crowd.usual = PATIENT.in_a_crowd / 3
    with gate.place():
        visitors.send(1)
        clock.now += 1_000
        visitors.send(1)
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


def test_in_a_crowd_whoever_waited_too_long_is_sent_away_and_the_next_one_served() -> None:
    clock = Clock()
    gate = Gate(at_once=1, waiting=40, patience=PATIENT, clock=clock)
    visitors = Visitors(gate)
    with a_crowd_before(gate, clock, visitors):
        pass
    visitors.join()
    assert (visitors.served, visitors.refused) == ([1], [0])
    with gate.place():
        pass


def test_in_a_crowd_the_line_is_no_longer_than_can_be_served_soon() -> None:
    clock = Clock()
    gate = Gate(at_once=1, waiting=40, patience=PATIENT, clock=clock)
    visitors = Visitors(gate)
    with a_crowd_before(gate, clock, visitors):
        visitors.send(10)
        assert visitors.refused, "refused while the place was still taken"
        assert gate.waiting <= gate.crowd.room(places=1, most=40) < 10
    visitors.join()
    assert sorted(visitors.served + visitors.refused) == list(range(12))


def test_a_line_that_empties_is_no_crowd_however_long_it_is() -> None:
    clock = Clock()
    crowd = Crowd(USUAL, clock)
    for _second in range(60):
        crowd.note_line(40)
        clock.now += STANDING * 0.9
        crowd.note_line(0)
    assert not crowd.is_there()
    assert crowd.patience() == USUAL.longest
    assert crowd.room(places=3, most=40) == 40


def test_a_line_that_stands_is_a_crowd_until_it_has_been_gone_for_a_while() -> None:
    clock = Clock()
    crowd = Crowd(USUAL, clock)
    crowd.note_line(1)
    clock.now += STANDING
    crowd.note_line(1)
    assert crowd.is_there()
    crowd.note_line(0)
    clock.now += CALM * 0.9
    assert crowd.is_there()
    clock.now += CALM
    assert not crowd.is_there()


@pytest.mark.parametrize(("seconds", "patience"), [(0.02, USUAL.in_a_crowd - 0.02), (1.0, 1.0), (30.0, USUAL.longest)])
def test_patience_in_a_crowd_follows_what_pages_take(seconds: float, patience: float) -> None:
    clock = Clock()
    crowd = Crowd(USUAL, clock)
    crowd.note_line(1)
    clock.now += STANDING
    crowd.note_line(1)
    for _page in range(200):
        crowd.note_page(seconds)
    crowd.note_page(60.0)
    assert crowd.patience() == pytest.approx(patience, rel=0.2), "one slow page changes little"


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
