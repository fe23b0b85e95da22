"""Levels as administrators chose them, for an action as a whole or for a part of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb
from rapport.governance.dictionary import PersonalData
from rapport.identity.models import Team
from rapport.identity.roles import Role

from ..actions import Level, action_named

LASTS = timedelta(days=90)
LEVELS = [(level.value, level.name.lower()) for level in Level]


_WHOLE: Mapping[str, Any] = {"team": None, "role": "", "sensitivity": "", "from_confidence": 0.0}


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

    @classmethod
    @verb(label=_("Choose a level"), past=_("chose a level"))
    def choose(
        cls,
        *,
        action: str,
        level: int,
        team: Team | None = None,
        role: str = "",
        sensitivity: str = "",
        from_confidence: float = 0.0,
        reason: str = "",
    ) -> "AutonomyLevel":
        """Set how far an action goes, everywhere or for a part of it.

        Above “draft for approval”, and above the action's default, it needs a person, a reason and the evidence of
        `trust.record_of`, and holds for ninety days. Raises `Problem` saying what is missing.
        """
        part = {"team": team, "role": role, "sensitivity": sensitivity, "from_confidence": from_confidence}
        chosen = cls._base_manager.filter(action=action, **part).first() or cls(action=action, **part)
        chosen.level, chosen.reason = level, reason.strip()
        chosen.evidence, chosen.expires_on = {}, None
        chosen.chosen_by_id = current_actor().user_id
        chosen.check_facts()
        chosen.rest_on_evidence()
        chosen.save()
        return chosen

    @classmethod
    @verb(label=_("Lower a level"), past=_("lowered a level"), permission="autonomylevel.choose")
    def fall(cls, *, action: str, reason: str, evidence: Mapping[str, Any]) -> int:
        """Take every level of an action above “draft for approval” down to it; returns how many there were."""
        above = list(cls._base_manager.filter(action=action, level__gt=Level.DRAFT))
        known = action_named(action)
        if known and known.default > Level.DRAFT and not cls._base_manager.filter(action=action, **_WHOLE).exists():
            above.append(cls(action=action))
        for one in above:
            one.level, one.reason, one.evidence = Level.DRAFT, reason, dict(evidence)
            one.expires_on, one.chosen_by_id = None, current_actor().user_id
            one.save()
        return len(above)

    def rest_on_evidence(self) -> None:
        """Keep what a level above “draft for approval” rests on; raises `Problem` when that isn't enough."""
        from ..alarms import alarms_over, without_version
        from ..trials.verdicts import refuse_after_a_lost_trial
        from ..trust import record_of

        action = action_named(self.action)
        if self.level <= Level.DRAFT or action is None or self.level <= action.default:
            return
        if current_actor().kind is not ActorKind.HUMAN or not self.chosen_by_id:
            raise Problem(_("An administrator raises a level, in person."))
        if not self.reason:
            raise Problem(_("Say why the machine may act by itself."))
        record = record_of(self.action, team_id=self.team_id)
        if not record.allows_raising:
            words = {"reviewed": record.reviewed, "corrected": record.corrected, "severe": record.severe}
            raise Problem(
                _(
                    "This needs 300 reviewed proposals in 60 days, none of them harmful, at most 2%% corrected. "
                    "So far: %(reviewed)d reviewed, %(corrected)d corrected, %(severe)d harmful."
                )
                % words
            )
        over = alarms_over(self.action, record.estimators)
        if over:
            raise Problem(_("An alarm stands about “%(name)s”, on which this rests. End it first.") % {"name": over[0]})
        refuse_after_a_lost_trial({*map(without_version, record.estimators), *action.rests_on})
        self.evidence, self.expires_on = record.as_stored(), today() + LASTS
