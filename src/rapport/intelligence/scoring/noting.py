"""Noting events after which scores may be out of date."""

from rapport.core.events import Event
from rapport.core.jobs import ask_once

from ..models import Rescore

FOLLOWED = frozenset(
    {"opportunity", "opportunityline", "stagevisit", "lead", "organisation", "order", "contract", "ticket"}
    | {"mail", "call", "meeting", "note"}
)


def note(event: Event) -> None:
    """Remember that scores may be out of date; called within the event's transaction."""
    if event.subject_type not in FOLLOWED:
        return
    from ..jobs import keep_up  # it imports this module

    Rescore.objects.create(event_id=event.pk)
    ask_once(keep_up)
