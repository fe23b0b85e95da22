"""Stages: the steps of a pipeline, each with what must be known to enter it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.core.attributes import is_attribute
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.values_field import EntriesField
from rapport.core.verbs import verb

from .pipeline import Pipeline

if TYPE_CHECKING:
    from uuid import UUID


class StageKind(models.TextChoices):
    """What happens in a stage."""

    SELLING = "selling", _("selling")
    FOLLOW_UP = "follow_up", _("following up what was won")


class Stage(Record):
    """A step of a pipeline. `required_fields` names what must be known of an opportunity that enters it."""

    pipeline = models.ForeignKey(
        Pipeline, on_delete=models.CASCADE, related_name="stages", verbose_name=_("pipeline"), db_index=False
    )
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=10, choices=StageKind.choices, default=StageKind.SELLING)
    probability = models.PositiveSmallIntegerField(
        _("usual probability"), default=0, validators=[MaxValueValidator(100)]
    )
    required_fields = EntriesField(_("must be known"), default=list, blank=True)
    receives_customers = models.BooleanField(_("won customers come back here"), default=False)
    guidance = models.TextField(_("guidance"), blank=True)

    if TYPE_CHECKING:
        pipeline_id: UUID

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["pipeline", "name"], name="stage_name_is_unique_in_pipeline")]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """Code and name; a name we gave is in the active language."""
        name = values.get("name") or ""
        return f"{values.get('code') or ''} {gettext(name) if name else ''}".strip()

    @property
    def label(self) -> str:
        """The name alone; one we gave is in the active language."""
        return gettext(self.name) if self.name else ""

    @property
    def advice(self) -> str:
        """The guidance; ours is in the active language."""
        return gettext(self.guidance) if self.guidance else ""

    @property
    def is_selling(self) -> bool:
        """Whether opportunities in it are still to be won."""
        return self.kind == StageKind.SELLING

    def clean(self) -> None:
        """What must be known has to be fields of an opportunity."""
        from .opportunity import Opportunity  # opportunities refer to stages

        for name in self.required_fields:
            try:
                Opportunity._meta.get_field(name)
            except FieldDoesNotExist:
                if is_attribute(name):
                    continue  # an own field that was removed: its rule comes back with it
                message = _("“%(name)s” is no field of an opportunity. Choose from the list.") % {"name": name}
                raise ValidationError({"required_fields": message}) from None

    @verb(label=_("Rename"), past=_("renamed"), permission="pipeline.change")
    def rename(self, name: str) -> None:
        """Give the stage another name."""
        self.name = name
        self.check_facts()
        self.save()

    @verb(label=_("Delete"), past=_("deleted"), permission="pipeline.change")
    def remove(self) -> None:
        """Delete an empty stage; one that opportunities stand in, or stood in, has to be emptied first."""
        from .opportunity import Opportunity  # opportunities refer to stages

        count = Opportunity.objects.filter(stage=self).count()
        if count:
            raise Problem(_("%(count)d opportunities stand in this stage. Move them first.") % {"count": count})
        if self.is_selling and not self.pipeline.stages.filter(kind=StageKind.SELLING).exclude(pk=self.pk).exists():
            raise Problem(_("A pipeline needs at least one stage to sell in. Add another one first."))
        self.delete()
