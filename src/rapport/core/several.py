"""Doing the same to several records in one verb: each by its own verb with its own checks, all in one event.

A record that refuses is left as it was and told with the reason; the others are done.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from .actors import current_actor
from .events import collect
from .problems import Problem
from .work import Work, current_work, working

if TYPE_CHECKING:
    from uuid import UUID

    from .records import Record


_MOST_TOLD = 50
PART_GATES: list[Callable[[Work], None]] = []
"""Asked about what was written for one of the records; where one raises `Problem`, that record is left as it was."""


@dataclass(frozen=True)
class Refusal:
    """A record that was left as it was, and why."""

    record_id: "UUID"
    title: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """How many records were done, and which refused."""

    done: int
    refusals: tuple[Refusal, ...] = ()


class AllRefused(Problem):
    """Each of several records refused, so that nothing was done."""

    def __init__(self, refusals: "Sequence[Refusal]") -> None:
        super().__init__(_("Nothing was done. %(reason)s") % {"reason": refusals[0].reason})
        self.refusals = tuple(refusals)


def attempt_each(records: "Iterable[Record]", act: "Callable[[Record], None]") -> Outcome:
    """Within a verb: do `act` to each record; what it wrote before refusing is taken back.

    Raises `Problem` when every one of them refuses.
    """
    work, done, refusals = current_work(), 0, []
    for record in records:
        key, title = record.pk, record.title  # what is taken back stays in memory as it would have become
        reason = _attempt(work, record, act)
        if reason is None:
            done += 1
        else:
            refusals.append(Refusal(key, title, reason))
    work.detail |= _told(done, refusals)
    if refusals and not done:
        raise AllRefused(refusals)
    return Outcome(done, tuple(refusals))


def note_refused(verb: str, model: "type[Record]", refused: AllRefused) -> None:
    """Keep in the history that a part of something greater was refused as a whole, with the records and why."""
    work = Work(verb, current_actor(), detail=_told(0, refused.refusals))
    with transaction.atomic():
        event = work.write_event(model)
    collect(event)


def _told(done: int, refusals: "Sequence[Refusal]") -> dict[str, object]:
    told = [asdict(refusal) for refusal in refusals[:_MOST_TOLD]]
    return {"asked": done + len(refusals), "left": len(refusals), "refused": told}


def rehearse(verb: str, records: "Sequence[Record]", act: "Callable[[Record], None]") -> dict["UUID", str | None]:
    """Do `act` to each record and take everything back; tells by record why it would refuse, None where it would not.

    The records keep in memory what they would have become.
    """
    with transaction.atomic():
        with working(Work(verb, current_actor())) as work:
            told = {record.pk: _attempt(work, record, act) for record in records}
        transaction.set_rollback(True)
    return told


def _attempt(work: Work, record: "Record", act: "Callable[[Record], None]") -> str | None:
    """The reason of a refusal, or None when it is done and part of the work."""
    try:
        with transaction.atomic(), working(Work(work.verb, work.actor)) as part:
            record.lock()
            act(record)
            _check_links()
            for gate in PART_GATES:
                gate(part)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except (Problem, IntegrityError) as refusal:
        return str(refusal) if isinstance(refusal, Problem) else _("It clashes with another record.")
    for key, row in part.rows.items():
        work.note(row.record, key, row.before, row.after)
    return None


def _check_links() -> None:
    """Links are checked at the end of a transaction; a refusal must come while it can still be taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
