"""Asked to stop, the supervisor stops: also when the signal came where its exception got lost, and with every child."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest

from rapport.cli.serving import children, supervisor
from rapport.cli.serving.children import Child, running
from rapport.cli.serving.stopping import SIGNALS, StopRequest


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> Iterator[StopRequest]:
    found = StopRequest()
    for module in (supervisor, children):
        monkeypatch.setattr(module, "STOP", found)
    before = {number: signal.getsignal(number) for number in SIGNALS}
    found.listen()
    yield found
    for number, wanted in before.items():
        signal.signal(number, wanted)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_it_at_once(stop: StopRequest, number: signal.Signals) -> None:
    with pytest.raises(SystemExit):
        signal.raise_signal(number)


def test_a_signal_swallowed_by_a_library_is_obeyed_at_the_next_look(stop: StopRequest) -> None:
    supervisor._look_after([])
    with suppress(BaseException):  # as some do around what they load
        signal.raise_signal(signal.SIGTERM)
    with pytest.raises(SystemExit):
        supervisor._look_after([])


def test_a_signal_while_a_child_is_started_leaves_no_child_behind(
    stop: StopRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Interrupted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **also: object) -> None:
            super().__init__(*arguments, **also)  # type: ignore[call-overload]
            started.append(self)
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises(SystemExit), running([Child("first", ["worker", "--help"]), Child("second", ["web", "--help"])]):
        pytest.fail("it goes on")
    assert len(started) == 1
    assert started[0].poll() is not None
