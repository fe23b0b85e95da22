"""What support plugs into activities: tickets stand on timelines and have one of their own."""

from collections.abc import Mapping
from typing import Any

from rapport.activities.about import carries_timeline
from rapport.activities.placing import Place, appears_on_timelines, linked, linked_subjects

from .models import Ticket

_LINKS = ("organisation", "person")


def register() -> None:
    """Done once, when Django is ready."""
    appears_on_timelines(Ticket.record_type, _place_of)
    carries_timeline(Ticket.record_type, also_about=linked_subjects(Ticket, *_LINKS))


def _place_of(values: Mapping[str, Any]) -> Place:
    return Place(values["opened_at"], linked(values, *_LINKS))
