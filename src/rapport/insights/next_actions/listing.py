"""The list of a person, and that beside a record: what sources find, less what was answered, in order."""

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.timezone import localdate

from rapport.core.actors import Actor, acting_as
from rapport.core.clock import today
from rapport.core.records import Record

from ..models import NextActionAnswer, Reply
from .action import is_stopped
from .entries import Entry, Listing
from .keeping import kept_listing
from .order import in_order
from .ranking import by_value, placed
from .situation import Situation
from .source import all_sources
from .suggestion import Kind, Suggestion


def actions_for(actor: Actor) -> Listing:
    """What somebody could do next, in the order in force, each record once."""
    if actor.user_id is None:
        return Listing()
    if is_stopped(actor):
        return Listing(is_stopped=True)
    return kept_listing(actor, _worked_out)


def _worked_out(actor: Actor) -> Listing:
    found = [one for one in suggestions_of(Situation(actor)) if one.kind != Kind.WAIT]
    by_record: dict[object, list[Suggestion]] = {}
    for one in by_value(unanswered(actor, found)):
        by_record.setdefault(one.record.pk, []).append(one)
    ranked = in_order([several[0] for several in by_record.values()])
    entries = [
        Entry(one, tuple(by_record[one.suggestion.record.pk][1:]), ranked.stated[one.suggestion.key])
        for one in placed(ranked.suggestions, person=actor.user_id, day=today())
    ]
    return Listing(tuple(entries), order_by=ranked.name)


def actions_about(actor: Actor, record: Record) -> Listing:
    """What could be done about a record, whosever it is, in the stated order."""
    if is_stopped(actor):
        return Listing(is_stopped=True)
    found = unanswered(actor, list(suggestions_of(Situation(actor, record=record), beside_record=True)))
    ordered = sorted(by_value(found), key=lambda one: one.kind == Kind.WAIT)
    return Listing(tuple(Entry(one) for one in placed(ordered, person=None, day=today())))


def suggestions_of(situation: Situation, *, beside_record: bool = False) -> list[Suggestion]:
    """What all sources find that may speak to the actor."""
    asked = [one for one in all_sources().values() if not one.rests_on & situation.actor.hidden_fields]
    with acting_as(situation.actor):  # so that hidden values are empty in what is read
        return [
            found
            for source in asked
            if beside_record or not source.only_beside_records
            for found in source.find(situation)
            if found.worth.value > 0 or found.kind == Kind.WAIT
        ]


def unanswered(actor: Actor, found: Collection[Suggestion]) -> list[Suggestion]:
    """Those that the actor did not refuse, nor put off, nor take up today."""
    keys = [one.key for one in found]
    rows = NextActionAnswer.objects.filter(Q(user_id=actor.user_id), key__in=keys) if keys else ()
    newest = {row.key: row for row in sorted(rows, key=lambda row: row.at)}
    return [one for one in found if one.key not in newest or _is_over(newest[one.key])]


def _is_over(answer: NextActionAnswer) -> bool:
    """Whether an answer hides its suggestion no longer."""
    if answer.reply == Reply.REFUSED:
        return False
    if answer.reply == Reply.SNOOZED:
        return answer.until is not None and answer.until <= today()
    return localdate(answer.at) < today()


def suggestion_named(actor: Actor, record: Record, key: str) -> Suggestion | None:
    """The suggestion of this key about a record, if it still stands and is not answered."""
    entries: Sequence[Entry] = actions_about(actor, record).entries
    return next((one.suggestion for one in entries if one.suggestion.key == key), None)
