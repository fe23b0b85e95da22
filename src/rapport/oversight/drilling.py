"""The weekly drill of the stop switch: a machine of its own counts, is stopped, and the times that takes are kept.

The drill pulls the switch of its own action only, so nothing else is disturbed. What it measures is what every machine
meets: the gate before each call, the trigger at each commit, the barrier behind the pull.
"""

import threading
import time
from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy, gettext_noop

from rapport.core.events import Event
from rapport.core.jobs import job

from .actions import Action, Level, register_action
from .machine import acting_as_machine
from .models import StopDrill, StopSwitch
from .problems import Stopped
from .reviewing import lower_everything
from .stopping import action_key, pulled_among

NAME = "oversight.drill"
REASON = gettext_noop("Fell by itself: the stop switch failed its drill.")
LIMIT = 5.0
"""Seconds after which a machine that was stopped must have ended."""
_PAUSE, _SETTLE, _BEGIN = 0.02, 0.3, 30.0

register_action(
    Action(
        NAME,
        gettext_lazy("Drill of the stop switch"),
        gettext_lazy("Once a week a machine counts until it is stopped; how long that takes is shown above."),
        verbs=("stopdrill.beat",),
        default=Level.ACT,
        maximum=Level.ACT,
    )
)


class _Machine(threading.Thread):
    """Counts until it is stopped or the drill is over, with a connection of its own; notes when that was."""

    def __init__(self, drill_id: UUID) -> None:
        super().__init__(daemon=True)
        self._drill_id = drill_id
        self.counts, self.over = threading.Event(), threading.Event()
        self.refused_at: float | None = None
        self.ended_at: float | None = None

    def run(self) -> None:
        """Count on; the switch ends it."""
        try:
            self._count()
        except Stopped:
            pass  # before it began
        finally:
            self.ended_at = time.monotonic()
            connection.close()

    def _count(self) -> None:
        with acting_as_machine(NAME, cap=10_000):
            drill = StopDrill._base_manager.get(pk=self._drill_id)
            while not self.over.wait(_PAUSE):
                try:
                    drill.beat()
                except Exception:
                    self.refused_at = time.monotonic()
                    raise
                self.counts.set()


@job(label=gettext_lazy("Drill the stop switch"), schedule="10 5 * * 1", lock="stop-drill", atomic=False)
def drill_switch() -> None:
    """Each week: stop a machine, measure how long that takes, and lower all levels if it was not stopped."""
    drill()


def drill() -> StopDrill | None:
    """One drill; None while all machines are stopped, when there is nothing to measure."""
    key = action_key(NAME)
    if key in pulled_among([key]):  # left so by a drill that was cut short
        _release(key)
    if pulled_among([key]):
        return None
    found = StopDrill.begin()
    machine = _Machine(found.pk)
    machine.start()
    if not machine.counts.wait(_BEGIN):
        machine.over.set()
        return _failed(found, gettext_noop("The machine of the drill did not begin."))
    _measure(found, machine, key)
    machine.join(LIMIT)
    return found


def _measure(found: StopDrill, machine: _Machine, key: str) -> None:
    pulled_at = time.monotonic()
    try:
        StopSwitch.pull(key=key, reason=gettext_noop("A drill."))
        answered_at, written = time.monotonic(), _written(found)
        machine.join(LIMIT)
        time.sleep(_SETTLE)
        after = _written(found) - written
    finally:
        machine.over.set()
        _release(key)
    times = {"answered": answered_at, "refused": machine.refused_at, "ended": machine.ended_at}
    since = {f"{name}_ms": None if at is None else round((at - pulled_at) * 1000) for name, at in times.items()}
    _finish(found, since, after)


def _finish(found: StopDrill, since: Mapping[str, int | None], after: int) -> None:
    problem = _problem(since, after)
    found.finish(
        answered_ms=since["answered_ms"],
        refused_ms=since["refused_ms"],
        ended_ms=since["ended_ms"],
        written_after=after,
        problem=problem,
    )
    if problem:
        lower_everything(reason=REASON, evidence={"drill": str(found.pk)}, but={NAME})


def _problem(since: Mapping[str, int | None], after: int) -> str:
    if after:
        return gettext_noop("Something was written after the switch had answered.")
    if any(ms is None or ms > LIMIT * 1000 for ms in since.values()):
        return gettext_noop("The machine went on for over five seconds.")
    return ""


def _failed(found: StopDrill, problem: str) -> StopDrill:
    found.finish(answered_ms=None, refused_ms=None, ended_ms=None, problem=problem)
    lower_everything(reason=REASON, evidence={"drill": str(found.pk)}, but={NAME})
    return found


def _written(found: StopDrill) -> int:
    return Event.objects.filter(subject_id=found.pk, actor_kind="ai").count()


def _release(key: str) -> None:
    StopSwitch.objects.get(key=key).release(reason=gettext_noop("The drill is over."))
