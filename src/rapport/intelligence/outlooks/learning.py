"""Learning an outlook: a new version goes live where it beats its baseline on the newest cases, else none is live.

Where somebody brought an earlier version back, new ones wait in the shadow until somebody makes one live.
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

from ..learning.artefact import seal
from ..models import Estimator, EstimatorState
from .outlook import Learnt, Outlook

_LASTS = timedelta(days=7)
_AT_WORK = (EstimatorState.LIVE, EstimatorState.SHADOW)
WAITS = gettext_noop("An earlier version was brought back. This one waits until somebody makes it live.")
OVERTAKEN = gettext_noop("A newer version waits in its place.")


def is_due(outlook: Outlook) -> bool:
    """Whether to learn anew: none is live or in the shadow, or the newest is a week old."""
    last = latest(outlook.name)
    return last is None or last.state not in _AT_WORK or now() - last.trained_at > _LASTS


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
        for before in Estimator._base_manager.filter(prediction=outlook.name, state__in=_AT_WORK):
            before.withdraw(reason=learnt.problem)
    elif was_brought_back(outlook.name):
        for before in Estimator._base_manager.filter(prediction=outlook.name, state=EstimatorState.SHADOW):
            before.retire(reason=OVERTAKEN)
        estimator.shadow(reason=WAITS)
    else:
        estimator.promote()
    return estimator


def was_brought_back(name: str) -> bool:
    """Whether an earlier version is live because somebody chose it: a newer one gave way, or waits."""
    known = Estimator._base_manager.filter(prediction=name)
    live = known.filter(state=EstimatorState.LIVE).values_list("version", flat=True).first()
    gave_way = (EstimatorState.RETIRED, EstimatorState.SHADOW)
    return live is not None and known.filter(version__gt=live, state__in=gave_way).exists()


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
