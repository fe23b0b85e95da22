"""People decide about estimates: one becomes a value by being accepted, or is refused for good."""

from dataclasses import replace
from typing import Any

from rapport.core.actors import acting_as, current_actor
from rapport.core.clock import now
from rapport.core.events import telling
from rapport.core.records import RECORD_TYPES, Record

from ..models.estimate import Estimate, EstimateState

SOURCE = "estimate"  # what the value's origin says from then on


def accept(estimate: Estimate) -> Record:
    """Write the estimated value into its record, with the rights of who accepts; the history says what it was.

    Raises what the verb `change` refuses.
    """
    record = RECORD_TYPES[estimate.record_type].objects.visible_to(current_actor()).get(pk=estimate.record_id)
    change: Any = record.change
    person = replace(current_actor(), source=SOURCE)
    with (
        acting_as(person),
        telling(estimated={"field": estimate.field, "by": estimate.method, "confidence": estimate.confidence}),
    ):
        change(**{estimate.field: estimate.value})
    _decided(estimate, EstimateState.ACCEPTED)
    return record


def refuse(estimate: Estimate) -> None:
    """Show it no longer, and make none again for this field of this record."""
    _decided(estimate, EstimateState.REFUSED)


def _decided(estimate: Estimate, state: EstimateState) -> None:
    estimate.state, estimate.decided_at, estimate.decided_by = state, now(), current_actor().name[:200]
    estimate.save(update_fields=["state", "decided_at", "decided_by"])
