"""Dismissals: somebody says that what a rule found is right as it is."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.verbs import verb

from .finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


class Dismissal(Record):
    """One finding judged to be none, with the reason; it holds until the value changes."""

    rule = models.CharField(_("rule"), max_length=80)
    for_type = models.CharField(_("record type"), max_length=40)
    for_record = models.UUIDField(_("record"))
    field = models.CharField(_("field"), max_length=80, blank=True)
    imprint = models.CharField(max_length=32, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("dismissed finding")
        verbose_name_plural = _("dismissed findings")
        indexes = [models.Index(fields=["for_record"], name="dismissal_of_record")]

    @classmethod
    def title_of(cls, values: "Mapping[str, Any]") -> str:
        """The reason."""
        return str(values.get("reason") or "")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Nobody reads them but through findings."""
        return not actor.sees_everything

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever may change the record."""
        model = RECORD_TYPES.get(self.for_type)
        record = model.objects.visible_to(actor).filter(pk=self.for_record).first() if model else None
        return record is not None and record.may_be_changed_by(actor)

    @classmethod
    @verb(label=_("Dismiss a finding"), past=_("dismissed a finding"), permission="dismissal.create")
    def dismiss(cls, finding: Finding, *, reason: str) -> "Dismissal":
        """Say that a finding is none, and why."""
        if not reason.strip():
            raise ValidationError({"reason": _("Say why it is right as it is: others will ask.")})
        made = cls(
            rule=finding.rule,
            for_type=finding.record_type,
            for_record=finding.record_id,
            field=finding.field,
            imprint=finding.imprint,
            reason=reason.strip(),
        )
        made.check_facts()
        made.save(force_insert=True)
        return made


def dismissed_among(record_ids: "list[UUID]") -> "set[tuple[UUID, str, str, str]]":
    """Record, rule, field and imprint of what was dismissed in these records."""
    rows = Dismissal._base_manager.filter(for_record__in=record_ids)
    return set(rows.values_list("for_record", "rule", "field", "imprint"))
