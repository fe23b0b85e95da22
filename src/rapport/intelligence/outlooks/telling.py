"""Telling what is expected: of all records at night, of each anew after a change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import structlog

from rapport.core.clock import now

from ..abstaining import TOO_FEW
from ..models import Estimator, Withheld
from ..scoring.action import is_stopped
from ..scoring.meanwhile import written_since
from . import outlooks
from .duels import decide, foretell
from .keeping import write
from .learning import check, is_due, is_due_for_a_check, latest, learn, what_was_kept
from .outlook import Outlook, Told

_log = structlog.get_logger("rapport.intelligence")


def tell(outlook: Outlook, ids: Sequence[str] | None = None) -> int:
    """Say what is expected of these records, all with None; returns of how many. The others lose theirs.

    Of records that were written while all were told of, it is said once more: one that ended has no number again.
    """
    moment = now()
    estimator = Estimator.live_of(outlook.name)
    kept = what_was_kept(estimator.pk) if estimator else None
    rows = list(outlook.tell(kept, ids, moment))
    if estimator is None:
        rows = list(_without_numbers(rows, outlook))
    write(outlook, rows, among=ids, estimator=estimator.pk if estimator else None, as_of=moment)
    if ids is None and not outlook.waits_for_the_night and (written := written_since(outlook.record_type, moment)):
        tell(outlook, written)
    return len(rows)


def tell_after_changes(ids: Sequence[str]) -> None:
    """Say anew what is expected of records about which something was written."""
    for outlook in outlooks().values():
        if not outlook.waits_for_the_night:
            tell(outlook, ids)


def learn_and_tell(*, always: bool = False) -> None:
    """The nightly work; an outlook that fails keeps no other from being told."""
    for outlook in outlooks().values():
        if is_stopped():
            return
        try:
            _learn_and_tell(outlook, always=always)
        except Exception as error:  # noqa: BLE001 - the next one may be told all the same
            _log.exception("not_told", outlook=outlook.name, exc_info=error)


def _learn_and_tell(outlook: Outlook, *, always: bool) -> None:
    decide(outlook)
    if always or is_due(outlook):
        learn(outlook)
    elif is_due_for_a_check(outlook):
        check(outlook)
    tell(outlook)
    foretell(outlook)


def _without_numbers(rows: Iterable[Told], outlook: Outlook) -> Iterable[Told]:
    last = latest(outlook.name)
    why = Withheld.TOO_FEW if last is None or last.reason == TOO_FEW else Withheld.NO_SIGNAL
    return (replace(row, value=None, low=None, high=None, withheld=str(why)) for row in rows)
