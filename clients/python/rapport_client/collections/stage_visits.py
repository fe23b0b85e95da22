"""From when to when an opportunity stood in a stage that it has left.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any

from ..records import ReadOnlyCollection


@dataclass(frozen=True)
class StageVisit:
    """From when to when an opportunity stood in a stage that it has left."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    opportunity: str | None = None
    stage: str | None = None
    entered_at: str | None = None
    left_at: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class StageVisitCollection(ReadOnlyCollection[StageVisit]):
    """From when to when an opportunity stood in a stage that it has left."""

    path = "stage-visits"
    kind = StageVisit
