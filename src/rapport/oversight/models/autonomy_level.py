"""Levels as administrators chose them, for an action as a whole or for a part of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import PersonalData
from rapport.identity.models import Team
from rapport.identity.roles import Role

from ..actions import Level, action_named

LEVELS = [(level.value, level.name.lower()) for level in Level]


class AutonomyLevel(Record):
    """How far an action goes: everywhere, or for one team, role, class of field, or from a confidence on.

    Of those that fit a call the most specific holds. One above “draft for approval” rests on `evidence`, was chosen by
    a person and ends on a day.
    """

    action = models.CharField(max_length=60)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    sensitivity = models.CharField(max_length=10, choices=[(one.value, one.value) for one in PersonalData], blank=True)
    from_confidence = models.FloatField(default=0, validators=[MinValueValidator(0), MaxValueValidator(1)])
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    if TYPE_CHECKING:
        team_id: UUID | None
        chosen_by_id: UUID | None

    class Meta:
        verbose_name = _("autonomy level")
        verbose_name_plural = _("autonomy levels")
        constraints = [
            models.UniqueConstraint(
                fields=["action", "team", "role", "sensitivity", "from_confidence"],
                nulls_distinct=False,
                name="autonomy_level_is_unique",
            )
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The action and its level."""
        level = values.get("level")
        return f"{values.get('action')}: {'' if level is None else Level(level).label}"

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everybody who is signed in sees what machines may do."""
        return actor.user_id is None and super().restricts(actor)

    def clean(self) -> None:
        """Never above the highest level that code allows the action."""
        action = action_named(self.action)
        if action is None:
            raise ValidationError({"action": _("There is no such action.")})
        if self.level > action.maximum:
            words = {"level": action.maximum.label}
            raise ValidationError({"level": _("The highest level of this action is “%(level)s”.") % words})
