"""Learning an outlook: a new version must beat its baseline on the newest cases, else none is live.

One that does so goes live, or into the shadow where another is live and what came will be known within weeks (`duels`).
Where somebody withdrew a version, or brought an earlier one back, new ones wait in the shadow until somebody makes one
live.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from time import perf_counter
from typing import Any
from uuid import UUID

import orjson
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rapport.core.clock import now
from rapport.core.problems import Problem

from ..learning.holding import WITHDRAWN_BEFORE, is_held
from ..learning.sealing import seal
from ..models import Estimator, EstimatorState
from .outlook import Learnt, Outlook

_LASTS = timedelta(days=7)
_AT_WORK = (EstimatorState.LIVE, EstimatorState.SHADOW)
WAITS = gettext_noop("An earlier version was brought back. This one waits until somebody makes it live.")
WAITING = (WAITS, WITHDRAWN_BEFORE)
"""Why versions in the shadow don't take over by themselves."""
OVERTAKEN = gettext_noop("A newer version waits in its place.")
WORSE = gettext_noop("Of the same records it foretold worse than the live version.")
NOT_BETTER = gettext_noop("In 60 days in the shadow it was not better than the live version.")
LEFT_THE_SHADOW = (OVERTAKEN, WORSE, NOT_BETTER)
"""Why versions were retired that had never been live."""


def is_due(outlook: Outlook) -> bool:
    """Whether to learn anew: none is live or in the shadow, or the newest is a week old and in no duel."""
    last = latest(outlook.name)
    if last is None or (Estimator.live_of(outlook.name) is None and last.reason not in WAITING):
        return True
    return not is_in_duel(last) and now() - last.trained_at > _LASTS


def is_due_for_a_check(outlook: Outlook) -> bool:
    """Whether another week passed since a version went into a duel: the live one may be worth nothing by now."""
    last = latest(outlook.name)
    if last is None or not is_in_duel(last):
        return False
    days = (now() - last.trained_at).days
    return days > 0 and days % _LASTS.days == 0


def check(outlook: Outlook) -> None:
    """Try on the newest cases without a new version; withdraw all at work where nothing is worth telling any more."""
    problem = outlook.learn(now()).problem
    if problem:
        _withdraw_all(outlook, problem)


def is_in_duel(version: Estimator) -> bool:
    """Whether it may take over by itself."""
    return version.state == EstimatorState.SHADOW and version.reason not in WAITING


def latest(name: str) -> Estimator | None:
    """The newest version, without what it learned."""
    versions = Estimator._base_manager.filter(prediction=name).defer("artefact", "signature")
    return versions.order_by("-version").first()


def learn(outlook: Outlook, *, as_of: datetime | None = None) -> Estimator:
    """Learn anew; where there is nothing worth telling any more, the version that was live is withdrawn too."""
    moment, begun = as_of or now(), perf_counter()
    learnt = outlook.learn(moment)
    last = latest(outlook.name)
    if learnt.problem and last is not None and (last.reason, last.cases) == (learnt.problem, learnt.cases):
        return last
    estimator = _version(outlook, learnt, moment, number=last.version + 1 if last else 1, begun=begun)
    if learnt.problem:
        estimator.withdraw(reason=learnt.problem)
        _withdraw_all(outlook, learnt.problem)
    else:
        _place(outlook, estimator)
    return estimator


def _withdraw_all(outlook: Outlook, problem: str) -> None:
    for version in Estimator._base_manager.filter(prediction=outlook.name, state__in=_AT_WORK):
        version.withdraw(reason=problem)


def _place(outlook: Outlook, estimator: Estimator) -> None:
    """Live, or into the shadow in place of the one that is there."""
    reason = WAITS if was_brought_back(outlook.name) else WITHDRAWN_BEFORE if is_held(outlook.name) else ""
    has_rival = outlook.judged is not None and Estimator.live_of(outlook.name) is not None
    for before in Estimator._base_manager.filter(prediction=outlook.name, state=EstimatorState.SHADOW):
        before.retire(reason=OVERTAKEN)
    if reason or has_rival:
        estimator.shadow(reason=reason)
    else:
        estimator.promote()


def was_brought_back(name: str) -> bool:
    """Whether an earlier version is live because somebody chose it: a newer one gave way, or waits."""
    live = Estimator.live_of(name)
    if live is None:
        return False
    newer = Estimator._base_manager.filter(prediction=name, version__gt=live.version)
    gave_way = newer.filter(state=EstimatorState.RETIRED).exclude(reason__in=LEFT_THE_SHADOW)
    return gave_way.exists() or newer.filter(state=EstimatorState.SHADOW, reason__in=WAITING).exists()


def _version(outlook: Outlook, learnt: Learnt, moment: datetime, *, number: int, begun: float) -> Estimator:
    text = "" if learnt.problem else orjson.dumps(dict(learnt.kept), option=orjson.OPT_NON_STR_KEYS).decode()
    return Estimator.create(
        prediction=outlook.name,
        version=number,
        algorithm=learnt.algorithm,
        trained_at=now(),
        as_of=moment,
        cases=learnt.cases,
        positives=learnt.outcomes,
        figures=_plain(dict(learnt.figures)),
        compared=_plain([dict(one) for one in learnt.compared]),
        seconds=round(perf_counter() - begun, 2),
        artefact=text,
        signature=seal(text),
    )


def _plain(figures: Any) -> Any:
    """As JSON has it: what is no number is left empty."""
    return orjson.loads(orjson.dumps(figures, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY))


@lru_cache(maxsize=16)
def what_was_kept(estimator_id: UUID) -> Mapping[str, Any]:
    """What a version learned; raises `Problem` where it was changed or its seal is another instance's."""
    text, signature = Estimator._base_manager.values_list("artefact", "signature").get(pk=estimator_id)
    if not constant_time_compare(seal(text), signature):
        raise Problem(_("What was learned can't be trusted: its seal is wrong. Learn again: ./rapport train."))
    found: Mapping[str, Any] = orjson.loads(text)
    return found
