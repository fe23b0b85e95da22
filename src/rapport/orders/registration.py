"""What orders plug in: orders and contracts stand on timelines and have one of their own; amounts follow lines."""

from collections.abc import Mapping
from typing import Any

from rapport.activities.about import carries_timeline
from rapport.activities.placing import Place, appears_on_timelines, linked, linked_subjects, moment_of
from rapport.core.telling import tell_alike

from .models import Contract, Order

_LINKS = ("organisation", "person", "opportunity")
_PRICED = tuple(f"orderline.{name}" for name in ("quantity", "unit_price", "discount", "amount"))


def register() -> None:
    """Done once, when Django is ready."""
    appears_on_timelines(Order.record_type, _place_of_order)
    appears_on_timelines(Contract.record_type, _place_of_contract)
    for model in (Order, Contract):
        carries_timeline(model.record_type, also_about=linked_subjects(model, *_LINKS))
    tell_alike("order.amount", *_PRICED)


def _place_of_order(values: Mapping[str, Any]) -> Place:
    return Place(moment_of(values["ordered_on"], written_at=values["created_at"]), linked(values, *_LINKS))


def _place_of_contract(values: Mapping[str, Any]) -> Place:
    day = values.get("starts_on")
    written_at = values["created_at"]
    return Place(moment_of(day, written_at=written_at) if day else written_at, linked(values, *_LINKS))
