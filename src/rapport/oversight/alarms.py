"""Alarms about what actions rest on: ringing one lowers their levels at once, and holds them down while it stands.

    alarm("win", reason="Its inputs have shifted.", evidence={"feature": "source", "psi": 0.31})
    end_alarm("win", reason="Learned again on newer cases.")

`about` is the name of an estimator without its version, as it stands in `Grounds(estimator="win/7")`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop

from rapport.core.actors import acting_as
from rapport.core.clock import now
from rapport.core.work import apart

from .actions import Level, action_named, actions
from .models import Alarm, AutonomyLevel, Outcome, Proposal
from .reviewing import BY_ITSELF, acts_by_itself, lower
from .trust import WINDOW

REASON = gettext_noop("Fell by itself: what it rests on is no longer what it was.")


def alarm(about: str, *, reason: str, evidence: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Ring an alarm about an estimator; returns the actions that acted by themselves and now ask first.

    Ringing again while it stands is no second alarm. To be called when the fault is found, in a verb or outside.
    """
    told = dict(evidence or {})
    falling = [name for name in resting_on(about) if acts_by_itself(name)]
    with apart(), acting_as(BY_ITSELF):
        rung = Alarm.ring(about=about, reason=reason, evidence=told, actions=falling)
    for name in falling:
        lower(name, reason=REASON, evidence={**told, "alarm": str(rung.pk), "about": about})
    return tuple(falling)


def end_alarm(about: str, *, reason: str) -> bool:
    """End the alarm that stands about an estimator; whether there was one. No level rises by it."""
    standing = Alarm._base_manager.filter(about=about, ended_at=None).first()
    if standing is None:
        return False
    with apart(), acting_as(BY_ITSELF):
        standing.end(reason=reason)
    return True


def resting_on(about: str) -> list[str]:
    """The actions that say in code that they rest on the estimator, whose calls of late named it, or whose levels were
    raised on its record.
    """
    named = Q(estimator=about) | Q(estimator__startswith=f"{about}/")
    since = now() - WINDOW
    proposed = Proposal._base_manager.filter(named, proposed_at__gte=since).values_list("action", flat=True)
    done = Outcome.objects.filter(named, done_at__gte=since).values_list("action", flat=True)
    told = {one.name for one in actions() if about in one.rests_on}
    return sorted(told.union(proposed.distinct(), done.distinct(), _raised_on(about)))


def _raised_on(about: str) -> list[str]:
    raised = AutonomyLevel._base_manager.filter(level__gt=Level.DRAFT)
    return [one.action for one in raised if about in map(without_version, one.evidence.get("estimators", []))]


def without_version(estimator: str) -> str:
    """The name of an estimator."""
    return estimator.rpartition("/")[0] or estimator


def alarms_over(action: str, estimators: Collection[str]) -> list[str]:
    """What standing alarms are about among what an action rests on, and the estimators, with versions, given."""
    known = action_named(action)
    names = {without_version(one) for one in estimators if one} | set(known.rests_on if known else ())
    standing = Alarm._base_manager.filter(about__in=names, ended_at=None) if names else Alarm._base_manager.none()
    return sorted(standing.values_list("about", flat=True))


def fell_for_alarm(action: str, estimator: str) -> bool:
    """Whether an alarm stands over what computes a call; the levels of its action have fallen then."""
    over = alarms_over(action, [estimator])
    if over:
        lower(action, reason=REASON, evidence={"about": over[0]})
    return bool(over)
