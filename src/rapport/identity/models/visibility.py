"""Visibility rules: who sees the records of a type."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record


class Scope(models.TextChoices):
    """How far the records of a type are seen."""

    OWNER = "owner", _("their owner and the owner's managers")
    TEAM = "team", _("the owner's team")
    EVERYONE = "everyone", _("everyone")


class VisibilityRule(Record):
    """By whom the records of one type are seen; without a rule the type's own default holds."""

    for_type = models.CharField(_("record type"), max_length=40, unique=True)
    scope = models.CharField(_("seen by"), max_length=10, choices=Scope.choices)

    class Meta:
        verbose_name = _("visibility rule")
        verbose_name_plural = _("visibility rules")

    def __str__(self) -> str:
        return f"{self.for_type}: {self.scope}"

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Rules are no secret to whoever is signed in."""
        return actor.user_id is None and super().restricts(actor)


def scopes_in_force() -> dict[str, str]:
    """Scope by record type, as set by the rules."""
    return dict(VisibilityRule.objects.values_list("for_type", "scope"))
