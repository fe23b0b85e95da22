"""Below a page there is room for its frames, however deep it is when it calls to and fro."""

import resource
import sys

from rapport.config.stack import with_room

DEPTHS = 150
CALLS = 300


def test_an_application_answers_as_it_did() -> None:
    answer = with_room(lambda environ, _start: [environ["PATH_INFO"].encode()])
    assert answer({"PATH_INFO": "/tasks/"}, lambda *_given: None) == [b"/tasks/"]


def test_no_depth_asks_the_system_for_memory_at_each_call() -> None:
    faults: list[int] = []
    with_room(lambda _environ, _start: descend(DEPTHS, faults))({}, lambda *_given: None)
    assert len(faults) == DEPTHS
    assert max(faults) < CALLS / 3


def test_without_room_some_depth_does() -> None:
    faults: list[int] = []
    descend(DEPTHS, faults)
    if sys.version_info < (3, 12):  # later versions may have mended it
        assert max(faults) >= CALLS


def descend(depth: int, faults: list[int]) -> list[bytes]:
    """Calls a function many times at every depth; notes how often memory had to be given."""
    if depth == 0:
        return []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        called(number)
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    return descend(depth - 1, faults)


def called(number: int) -> int:
    """Does next to nothing, in a frame larger than that of its caller, so that some depth meets the end of a chunk."""
    return number + 1


called.__code__ = called.__code__.replace(co_stacksize=100)
