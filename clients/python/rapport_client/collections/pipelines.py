"""A way in which we sell: a row of stages.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Pipeline:
    """A way in which we sell: a row of stages."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    position: int | None = None
    is_default: bool | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewPipeline(TypedDict, total=False):
    """NewPipeline: what may be given."""

    name: str | None
    position: int | None


class PipelineChange(TypedDict, total=False):
    """PipelineChange: what may be given."""

    name: str | None
    position: int | None


class PipelineAddStage(TypedDict, total=False):
    """PipelineAddStage: what may be given."""

    code: str | None
    position: int | None
    kind: Literal["selling", "follow_up"] | None
    probability: int | None
    required_fields: list[str] | None
    receives_customers: bool | None
    guidance: str | None
    name: str


class PipelineMakeDefault(TypedDict, total=False):
    """PipelineMakeDefault: what may be given."""


class PipelineRename(TypedDict, total=False):
    """PipelineRename: what may be given."""

    name: str


class PipelineCollection(Collection[Pipeline, NewPipeline, PipelineChange]):
    """A way in which we sell: a row of stages."""

    path = "pipelines"
    kind = Pipeline

    def add_stage(
        self, key: str, arguments: PipelineAddStage | None = None, *, etag: str | None = None
    ) -> Outcome[Pipeline]:
        """Add a stage, at the end unless `facts`, its other fields, give it a place."""
        return self._do(key, "add-stage", arguments, etag)

    def make_default(
        self, key: str, arguments: PipelineMakeDefault | None = None, *, etag: str | None = None
    ) -> Outcome[Pipeline]:
        """Let new opportunities enter here."""
        return self._do(key, "make-default", arguments, etag)

    def rename(
        self, key: str, arguments: PipelineRename | None = None, *, etag: str | None = None
    ) -> Outcome[Pipeline]:
        """Give the pipeline another name."""
        return self._do(key, "rename", arguments, etag)
