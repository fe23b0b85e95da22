"""Disagreements: two sources say different things of one field; and which of them comes first."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping


class Disagreement(models.Model):
    """A value that another source gave and that differs from the present one, until somebody decides."""

    record_type = models.CharField(max_length=40)
    record_id = models.UUIDField()
    field = models.CharField(max_length=80)
    other_value = models.JSONField(null=True)
    other_source = models.CharField(max_length=80)
    other_at = models.DateTimeField()
    present_source = models.CharField(max_length=80)
    present_at = models.DateTimeField()
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_id", "field"], name="one_disagreement_of_a_field", condition=models.Q(settled_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type}.{self.field}: {self.other_source}"


class Precedence(Record):
    """Which sources come first for a field; for all fields of a type where none is named."""

    for_type = models.CharField(_("record type"), max_length=40)
    field = models.CharField(_("field"), max_length=80, blank=True)
    sources = models.JSONField(_("sources, the most trusted first"), default=list)

    class Meta:
        verbose_name = _("order of sources")
        verbose_name_plural = _("orders of sources")
        constraints = [models.UniqueConstraint(fields=["for_type", "field"], name="one_precedence_of_a_field")]

    @classmethod
    def title_of(cls, values: "Mapping[str, Any]") -> str:
        """Type and field."""
        return f"{values.get('for_type')}.{values.get('field') or '*'}"

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everyone who reads the board reads them."""
        return not actor.sees_everything and not actor.may("quality.read")
