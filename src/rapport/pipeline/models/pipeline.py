"""Pipelines: the ways in which we sell, each a row of stages."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.core.flags import one_at_most, raised
from rapport.core.often_asked import planned_once
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from .stage import Stage


class Pipeline(Record):
    """A named row of stages; new opportunities enter the default one."""

    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_default = models.BooleanField(_("default"), default=False)
    raised_default = raised("is_default")

    class Meta:
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="pipeline_name_is_unique"),
            one_at_most(
                "raised_default",
                name="one_default_pipeline",
                message=_("Another pipeline is the default. Use “Make default” instead."),
            ),
        ]

    @classmethod
    @verb(label=_("Create with stages"), past=_("created"), permission="pipeline.create")
    def create_with_stages(cls, *, name: str, stages: "Sequence[Mapping[str, Any]]", is_default: bool = False) -> Self:
        """Create a pipeline with its stages in their order, each given by its fields."""
        pipeline = cls.create(name=name, is_default=is_default)
        for facts in stages:
            pipeline.add_stage(**facts)
        return pipeline

    @classmethod
    def title_of(cls, values: "Mapping[str, Any]") -> str:
        """The name; one we gave is in the active language."""
        name = values.get("name") or ""
        return gettext(name) if name else ""

    def ordered_stages(self) -> "list[Stage]":
        """The stages in their order."""
        stages = _stages(pipeline_id=self.pk)
        for stage in stages:
            stage.pipeline = self
        return stages

    @verb(label=_("Rename"), past=_("renamed"), permission="pipeline.change")
    def rename(self, name: str) -> None:
        """Give the pipeline another name."""
        self.name = name
        self.check_facts()
        self.save()

    @verb(label=_("Make default"), past=_("made the default"), permission="pipeline.change")
    def make_default(self) -> None:
        """Let new opportunities enter here."""
        for other in Pipeline.objects.filter(is_default=True).exclude(pk=self.pk):
            other.is_default = False
            other.save()
        self.is_default = True
        self.save()

    @verb(label=_("Delete"), past=_("deleted"))
    def remove(self) -> None:
        """Delete a pipeline without opportunities, and its stages; never the default one."""
        if self.is_default:
            raise Problem(_("New opportunities enter this pipeline. Make another one the default first."))
        self.delete()

    @verb(label=_("Add stage"), past=_("added a stage to"), permission="pipeline.change", sets="stage")
    def add_stage(self, name: str, **facts: Any) -> "Stage":
        """Add a stage, at the end unless `facts`, its other fields, give it a place."""
        from .stage import Stage  # stages refer to pipelines

        last = self.stages.order_by("-position").values_list("position", flat=True).first()
        return Stage.create(pipeline=self, name=name, **{"position": (last or 0) + 1, **facts})

    @verb(label=_("Reorder stages"), past=_("reordered the stages of"), permission="pipeline.change")
    def reorder_stages(self, stage_ids: "Sequence[UUID]") -> None:
        """Put the stages into this order; each must be named once."""
        stages = {stage.pk: stage for stage in self.ordered_stages()}
        if sorted(stage_ids) != sorted(stages):
            raise Problem(_("The stages changed meanwhile. Reload the page and order them again."))
        for position, key in enumerate(stage_ids, start=1):
            stages[key].position = position
            stages[key].save()


@planned_once
def _stages(*, pipeline_id: "UUID") -> "models.QuerySet[Stage]":
    from .stage import Stage  # stages refer to pipelines

    return Stage.objects.filter(pipeline=pipeline_id).order_by("position", "id")
