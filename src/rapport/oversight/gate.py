"""The gate before every verb that a machine calls, and the count of what its run touches, behind it."""

from django.db import connection
from django.utils.translation import gettext as _

from rapport.core.actors import ActorKind
from rapport.core.events import OUTLETS, Event
from rapport.core.verbs import GATES, Call

from .actions import Level
from .alarms import fell_for_alarm
from .calls import stored_values
from .hard_deny import OWN_VERBS, refuse_denied
from .levels import level_of, situation_of
from .machine import RunUnderWay, run_under_way
from .parking import park
from .problems import CapReached, Parked, Refused
from .reviewing import fell_for_other_version
from .stopping import estimator_keys, keys_of, refuse_stopped
from .values import refuse_misfits

_COUNT = """
UPDATE oversight_machinerun
   SET touched = touched + (SELECT count(DISTINCT record_id) FROM core_change WHERE event_id = %s)
 WHERE id = %s AND state = 'running' RETURNING touched, cap
"""


def ask_oversight(call: Call) -> None:
    """Let a machine's call pass, park it as a proposal (raising `Parked`) or refuse it, by the level in force."""
    if call.actor.kind is not ActorKind.AI:
        return
    run = run_under_way()
    if run is None:
        raise Refused(_("A machine acts in a run only. Nothing was done."))
    if call.verb.name in OWN_VERBS:
        return
    refuse_denied(call)
    keys = run.keys | keys_of(call) | estimator_keys(run.given.estimator)
    refuse_stopped(keys)
    refuse_misfits(call)
    run.told.clear()
    run.told.update(_told(run, keys))
    if run.approval is None:
        _ask_level(call, run)


def _told(run: RunUnderWay, keys: frozenset[str]) -> dict[str, object]:
    told: dict[str, object] = {
        "run": str(run.record.pk),
        "action": run.action.name,
        "keys": sorted(keys),
        "confidence": run.given.confidence,
        "estimator": run.given.estimator,
    }
    if run.approval is not None:
        told |= {
            "proposal": str(run.approval.pk),
            "approved_by": str(run.approval.decided_by or ""),
            "approved_by_id": str(run.approval.decided_by_id),
        }
    return told


def _ask_level(call: Call, run: RunUnderWay) -> None:
    if not run.action.calls(call.verb.name):
        words = {"action": run.action.label, "verb": call.verb.label}
        raise Refused(_("“%(verb)s” is no part of “%(action)s”. Nothing was done.") % words)
    _refuse_overwriting(call, run)
    level = level_of(call, run.action, situation_of(call, run.person, run.given.confidence))
    if level > Level.DRAFT and _fell(run.action.name, run.given.estimator):
        level = Level.DRAFT
    if level is Level.OFF:
        raise Refused(
            _("“%(action)s” is off. An administrator may turn it on, under AI control.") % {"action": run.action.label}
        )
    run.told["level"] = int(level)
    if level <= Level.DRAFT:
        raise Parked(park(call, run, level))


def _fell(action: str, estimator: str) -> bool:
    return fell_for_other_version(action, estimator) or fell_for_alarm(action, estimator)


def _refuse_overwriting(call: Call, run: RunUnderWay) -> None:
    """An action that fills in what is missing leaves what is there."""
    if run.action.overwrites or isinstance(call.subject, type):
        return
    stored = stored_values(call.subject)
    for name, _value in call.arguments:
        if stored.get(name) not in (None, "", [], {}) or stored.get(f"{name}_id") is not None:
            raise Refused(_("“%(action)s” leaves values that are there.") % {"action": run.action.label})


def count_touched(event: Event) -> None:
    """Add what an event of a run changed to what the run touched; raises `CapReached` beyond its cap."""
    run = run_under_way()
    if run is None or event.actor_kind != ActorKind.AI or event.verb in OWN_VERBS or run.approval is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [event.pk, run.record.pk])
        row = cursor.fetchone()
    if row is None or row[0] > row[1]:
        raise CapReached(_("The run has touched as many records as it may; it was ended. Undo it, or leave it."))
    run.record.touched = row[0]


GATES.append(ask_oversight)
OUTLETS.append(count_touched)
