"""Reactions: what follows an event after its commit, as background jobs that survive a crash."""

from collections import defaultdict
from collections.abc import Callable

from .events import Event

Reaction = Callable[[Event], None]

REACTIONS: dict[str, list[str]] = defaultdict(list)
_BY_NAME: dict[str, Reaction] = {}


def reaction(*verbs: str) -> Callable[[Reaction], Reaction]:
    """Run the function with the event after each commit of one of these verbs, at least once."""

    def decorate(function: Reaction) -> Reaction:
        name = f"{function.__module__}.{function.__name__}"
        _BY_NAME[name] = function
        for verb in verbs:
            REACTIONS[verb].append(name)
        return function

    return decorate


def schedule_reactions(event: Event) -> None:
    """Defer the reactions to an event, inside its transaction, so that none is lost or runs too early."""
    names = REACTIONS.get(event.verb)
    if not names:
        return
    from .jobs import run_reaction  # jobs need the queue's Django app, which is loaded after the models

    for name in names:
        run_reaction.defer(name=name, event_id=event.id)


def react(name: str, event_id: int) -> None:
    """Run one reaction; called by the job."""
    _BY_NAME[name](Event.objects.get(pk=event_id))
