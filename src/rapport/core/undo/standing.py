"""Who may undo what, and what is undone already."""

from collections.abc import Collection

from ..actors import Actor, ActorKind
from ..events import Event
from ..verbs import VERBS, Risk, Verb


def may_undo(actor: Actor, event: Event) -> bool:
    """Whether this actor may undo this event: one's own, or anybody's with the permission "event.undo"."""
    return _has_the_right(actor, event) and not is_undone(event)


def _has_the_right(actor: Actor, event: Event) -> bool:
    declared = VERBS.get(event.verb)
    if declared is not None and declared.in_batches:
        return False
    return may_take_back(actor, event, declared)


def may_take_back(actor: Actor, event: Event, declared: Verb | None) -> bool:
    """The same whether it is undone already or was part of a batch."""
    if actor.kind is ActorKind.AI:  # what is taken back is for people to say
        return False
    reversible = event.undoes_id is not None or (declared is not None and declared.risk is Risk.REVERSIBLE)
    own = event.actor_id is not None and event.actor_id == actor.user_id
    return reversible and (own or actor.may("event.undo"))


def is_undone(event: Event) -> bool:
    """Whether the event is undone now (an undo may itself have been undone)."""
    return event.pk in undone_among([event.pk])


def undone_among(event_ids: Collection[int]) -> set[int]:
    """Those of the events that are undone now; one question however many there are, unless undos were undone."""
    undos = dict(Event.objects.filter(undoes__in=event_ids).values_list("pk", "undoes")) if event_ids else {}
    taken_back = undone_among(undos) if undos else set()
    return {event_id for undo_id, event_id in undos.items() if event_id and undo_id not in taken_back}


def undoable_among(actor: Actor, events: Collection[Event], undone: Collection[int]) -> set[int]:
    """The ids of those events that the actor may undo now, given which of them are undone already."""
    return {event.pk for event in events if event.pk not in undone and _has_the_right(actor, event)}
