"""What the pipeline plugs in: opportunities have a timeline and stand on their customer's, amounts follow lines."""

from collections.abc import Mapping
from typing import Any

from rapport.activities.about import carries_timeline
from rapport.activities.placing import Place, appears_on_timelines, linked, linked_subjects, moment_of
from rapport.core.telling import tell_alike

from .models import Opportunity

_LINKS = ("organisation", "person")
_PRICED = tuple(f"opportunityline.{name}" for name in ("quantity", "unit_price", "discount", "amount"))


def register() -> None:
    """Done once, when Django is ready."""
    carries_timeline(Opportunity.record_type, also_about=linked_subjects(Opportunity, "organisation"))
    appears_on_timelines(Opportunity.record_type, _place_of)
    tell_alike("opportunity.amount", *_PRICED)


def _place_of(values: Mapping[str, Any]) -> Place:
    """On the day it was closed; while it is not, on the day it was opened."""
    day = values.get("closed_on") or values["opened_on"]
    return Place(moment_of(day, written_at=values["created_at"]), linked(values, *_LINKS))
