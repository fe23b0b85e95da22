"""Rules that users write: conditions on records of a type and on what is linked to them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record


class Severity(models.TextChoices):
    """How much harm it does."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class OwnRule(Record):
    """A rule of this company: `query` holds conditions as lists write them; records that meet them are findings."""

    name = models.CharField(_("name"), max_length=120)
    for_type = models.CharField(_("record type"), max_length=40)
    query = models.TextField(_("conditions"), max_length=4000)
    meaning = models.TextField(_("what to do about it"), blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices, default=Severity.MEDIUM)
    steward = models.CharField(_("who sees to it"), max_length=80, blank=True)
    minutes = models.PositiveIntegerField(_("minutes of work each"), default=5, validators=[MaxValueValidator(10_000)])
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("quality rule")
        verbose_name_plural = _("quality rules")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="own_rule_name_is_unique",
                violation_error_message=_("Another rule has this name. Choose another one."),
            )
        ]

    @property
    def key(self) -> str:
        """What its findings are kept under."""
        return f"own:{self.pk.hex}"

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everyone who reads the board reads the rules."""
        return not actor.sees_everything and not actor.may("quality.read")

    def clean(self) -> None:
        """A rule has at least one condition that makes sense."""
        if not self.query:
            raise ValidationError({"query": _("Add a condition: without one, every record would be found.")})

    def check_facts(self) -> None:
        """Its conditions must make sense for the type."""
        super().check_facts()
        self.validate_constraints()
        problems = problems_of(self)
        if problems:
            raise ValidationError({"query": problems})


def problems_of(rule: OwnRule) -> list[Any]:
    """Why conditions make no sense, each in a sentence."""
    from ..ruling.own import misfits_of  # asks for rules, which stand on these tables

    return misfits_of(rule)
