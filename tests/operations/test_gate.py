"""The gate: few inside, some waiting, the others sent away with a sentence; nobody waits for ever."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from rapport.config import crowding
from rapport.config.crowding import Crowded, Gate, admitted, threads


def test_who_finds_a_place_goes_in_and_the_place_is_given_back() -> None:
    gate = Gate(at_once=1, waiting=0, patience=0.01)
    for _visit in range(3):
        with gate.place():
            pass


def test_never_more_inside_than_places_and_all_are_served_in_the_end() -> None:
    gate, inside, most = Gate(at_once=3, waiting=50, patience=10), 0, 0
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


def test_who_finds_the_line_full_or_waits_too_long_is_sent_away() -> None:
    gate = Gate(at_once=1, waiting=1, patience=0.05)
    refused: list[bool] = []

    def visit() -> None:
        try:
            with gate.place():
                pass
        except Crowded:
            refused.append(True)

    with gate.place():
        visitors = [threading.Thread(target=visit) for _one in range(3)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join(10)
    assert len(refused) == 3
    visit()
    assert len(refused) == 3


def test_an_error_inside_gives_the_place_back() -> None:
    gate = Gate(at_once=1, waiting=0, patience=0.01)
    with pytest.raises(ValueError, match="inside"), gate.place():
        raise ValueError("inside")
    with gate.place():
        pass


def test_the_answer_says_when_to_try_again(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "at_once", lambda: 1)
    monkeypatch.setattr(crowding, "WAITING", 0)
    answers: list[int] = []

    def inner(request: HttpRequest) -> HttpResponse:
        if request.path == "/outer/":
            second = middleware(rf.get("/people/"))
            assert (second.status_code, second.headers["Retry-After"]) == (503, "5")
            answers.append(middleware(rf.get("/healthz")).status_code)
        return HttpResponse("made")

    middleware = admitted(inner)
    assert middleware(rf.get("/outer/")).status_code == 200
    assert answers == [200], "health is told even in a crowd"


def test_there_is_a_thread_for_each_that_is_inside_waits_or_is_sent_away() -> None:
    assert threads() > crowding.at_once() + crowding.WAITING
