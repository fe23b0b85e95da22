"""Noting events after which scores may be out of date."""

from django.db import connection

from rapport.core.events import Event

FOLLOWED = frozenset(
    {"opportunity", "opportunityline", "stagevisit", "lead", "organisation", "order", "contract", "ticket"}
    | {"mail", "call", "meeting", "note"}
)
_NOTE = """
WITH noted AS (INSERT INTO intelligence_rescore (event_id) VALUES (%s))
SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' AND scheduled_at IS NULL)
"""


def note(event: Event) -> None:
    """Remember that scores may be out of date; called within the event's transaction."""
    if event.subject_type not in FOLLOWED:
        return
    from ..jobs import keep_up  # the queue is loaded after the models

    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [event.pk, keep_up.name])
        (is_waiting,) = cursor.fetchone()
    if not is_waiting:
        keep_up.defer()
