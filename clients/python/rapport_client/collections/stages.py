"""A step of a pipeline, with what must be known of an opportunity that enters it.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Stage:
    """A step of a pipeline, with what must be known of an opportunity that enters it."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    pipeline: str | None = None
    name: str | None = None
    code: str | None = None
    position: int | None = None
    kind: Literal["selling", "follow_up"] | None = None
    probability: int | None = None
    required_fields: list[str] | None = None
    receives_customers: bool | None = None
    guidance: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewStage(TypedDict, total=False):
    """NewStage: what may be given."""

    pipeline: str | None
    name: str | None
    code: str | None
    position: int | None
    kind: Literal["selling", "follow_up"] | None
    probability: int | None
    required_fields: list[str] | None
    receives_customers: bool | None
    guidance: str | None


class StageChange(TypedDict, total=False):
    """StageChange: what may be given."""

    pipeline: str | None
    name: str | None
    code: str | None
    position: int | None
    kind: Literal["selling", "follow_up"] | None
    probability: int | None
    required_fields: list[str] | None
    receives_customers: bool | None
    guidance: str | None


class StageRename(TypedDict, total=False):
    """StageRename: what may be given."""

    name: str


class StageCollection(Collection[Stage, NewStage, StageChange]):
    """A step of a pipeline, with what must be known of an opportunity that enters it."""

    path = "stages"
    kind = Stage

    def rename(self, key: str, arguments: StageRename | None = None, *, etag: str | None = None) -> Outcome[Stage]:
        """Give the stage another name."""
        return self._do(key, "rename", arguments, etag)
