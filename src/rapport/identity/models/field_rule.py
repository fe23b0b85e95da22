"""Field rules: which fields a role may only read, and which it does not see at all."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record

from ..roles import Role


class FieldRight(models.TextChoices):
    """What a role may do with a field, where a rule leaves it less than everything."""

    READ = "read", _("read only")
    HIDDEN = "hidden", _("hidden")


class FieldRule(Record):
    """A field of one record type that a role only reads, or does not see; without a rule it reads and edits it."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    for_type = models.CharField(_("record type"), max_length=40)
    field = models.CharField(_("field"), max_length=80)
    right = models.CharField(_("right"), max_length=10, choices=FieldRight.choices)

    class Meta:
        verbose_name = _("field rule")
        verbose_name_plural = _("field rules")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "for_type", "field"],
                name="field_rule_is_unique",
                violation_error_message=_("This role has a rule for the field already. Change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.for_type}.{self.field} {self.right}"

    @property
    def title(self) -> str:
        """Role, field and right."""
        return str(self)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Rules are no secret to whoever is signed in."""
        return actor.user_id is None and super().restricts(actor)

    def clean(self) -> None:
        """Administrators see everything: somebody must be able to give a field back."""
        if self.role == Role.ADMINISTRATOR:
            raise ValidationError({"role": _("Administrators see and edit every field. Choose another role.")})
