"""A unit of our own company. Its manager sees what it and the teams below it own.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any

from ..records import ReadOnlyCollection


@dataclass(frozen=True)
class Team:
    """A unit of our own company. Its manager sees what it and the teams below it own."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    parent: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class TeamCollection(ReadOnlyCollection[Team]):
    """A unit of our own company. Its manager sees what it and the teams below it own."""

    path = "teams"
    kind = Team
