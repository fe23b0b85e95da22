"""Learning an outlook: a new version goes live where it beats its baseline on the newest cases, else none is live."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from time import perf_counter
from typing import Any
from uuid import UUID

import orjson
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from rapport.core.clock import now
from rapport.core.problems import Problem

from ..learning.artefact import seal
from ..models import Estimator, EstimatorState
from .outlook import Learnt, Outlook

_LASTS = timedelta(days=7)


def is_due(outlook: Outlook) -> bool:
    """Whether to learn anew: none is live, or it is a week old."""
    last = latest(outlook.name)
    return last is None or last.state != EstimatorState.LIVE or now() - last.trained_at > _LASTS


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
    if not learnt.problem:
        estimator.promote()
        return estimator
    estimator.withdraw(reason=learnt.problem)
    for before in Estimator._base_manager.filter(prediction=outlook.name, state=EstimatorState.LIVE):
        before.withdraw(reason=learnt.problem)
    return estimator


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
