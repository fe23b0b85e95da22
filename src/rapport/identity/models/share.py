"""Shares: one record shown to a person or a team that would not see it by owner, team or rule."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.records import Record

from .team import Team


class Share(Record):
    """One record (`for_type`, `record_id`) shared with a user or a team, to read or to edit, perhaps until a day.

    Made and withdrawn by the verbs of the record itself (see `sharing`), so that its history tells of it.
    """

    for_type = models.CharField(_("record type"), max_length=40)
    record_id = models.UUIDField(_("record"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("team")
    )
    may_edit = models.BooleanField(_("may edit"), default=False)
    until = models.DateField(_("until"), null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("shared by"),
        db_index=False,
    )

    if TYPE_CHECKING:
        user_id: UUID | None
        team_id: UUID | None

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints = [
            models.UniqueConstraint(fields=["record_id", "user"], name="shared_once_with_user"),
            models.UniqueConstraint(fields=["record_id", "team"], name="shared_once_with_team"),
        ]

    @property
    def title(self) -> str:
        """With whom."""
        return str(self.user or self.team or "")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """One sees what was shared with oneself or by oneself."""
        return not actor.sees_everything

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """What was shared with the actor, or by it."""
        if actor.user_id is None:
            return Q(pk__in=[])
        return Q(user_id=actor.user_id) | Q(team_id__in=actor.team_ids) | Q(shared_by_id=actor.user_id)

    def clean(self) -> None:
        """Shared with one person or one team, and not in the past."""
        if (self.user_id is None) == (self.team_id is None):
            raise ValidationError({"user": _("Choose a person or a team.")})
        if self.until is not None and self.until < today():
            raise ValidationError({"until": _("This day is over. Choose a later one, or none.")})


def shares_in_force(actor: Actor, record_type: str, *, on: date | None = None) -> "models.QuerySet[Share]":
    """What is shared with the actor now, of one record type."""
    with_me = Q(user_id=actor.user_id) | Q(team_id__in=actor.team_ids)
    lasting = Q(until=None) | Q(until__gte=on or today())
    return Share.objects.filter(with_me, lasting, for_type=record_type)
