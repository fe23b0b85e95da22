"""Saved views: a list's filters, order and columns under a name, for oneself, one's team or everyone.

They are here, below all domains, because more than the web pages use them (the API, reports, segments). What the
query says is read by `governance.selection` and the lists.
"""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, current_actor
from rapport.core.bulk import change_many
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.verbs import verb

from .team import Team


class Audience(models.TextChoices):
    """For whom a view is."""

    PRIVATE = "private", _("only me")
    TEAM = "team", _("my team")
    EVERYONE = "everyone", _("everyone")


class SavedView(Record):
    """A list as somebody set it up; `query` is the list's query string."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("owner"), related_name="saved_views"
    )
    for_type = models.CharField(_("record type"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("query"), max_length=4000, blank=True)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices, default=Audience.PRIVATE)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, verbose_name=_("team"), related_name="+", db_index=False
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    is_default = models.BooleanField(_("opens first"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        indexes = [models.Index(fields=["for_type", "position", "id"], name="saved_view_of_type")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "for_type", "name"],
                name="saved_view_name_is_unique",
                violation_error_message=_("You have a view of this name already. Choose another name."),
            )
        ]

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everyone, administrators too, sees their own views and those meant for them."""
        return actor.user_id is not None or super().restricts(actor)

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own, one's teams' and everyone's."""
        if actor.user_id is None:
            return Q(pk__in=[])
        teams = Q(audience=Audience.TEAM, team_id__in=actor.team_ids)
        return Q(owner_id=actor.user_id) | teams | Q(audience=Audience.EVERYONE)

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By its owner; one that everyone uses also by whoever may make such views."""
        shared = self.audience == Audience.EVERYONE and actor.may("savedview.share")
        return self.owner_id == actor.user_id or shared or actor.user_id is None

    def check_facts(self) -> None:
        """Besides the fields: a team's view has a team, and not everyone makes views for everyone."""
        actor = current_actor()
        if self.audience == Audience.EVERYONE and not actor.may("savedview.share"):
            raise Forbidden(_("You may not make views for everyone. Share it with your team instead."))
        self.team_id = self.owner.team_id if self.audience == Audience.TEAM else None
        if self.audience == Audience.TEAM and self.team_id is None:
            raise Forbidden(_("You are in no team yet, so there is nobody to share this view with."))
        super().check_facts()
        self.validate_constraints()

    @verb(label=_("Open first"), past=_("chose to open first"), permission="savedview.change")
    def open_first(self) -> None:
        """Make this the view that its owner's list opens with."""
        others = self._others_opening_first()
        change_many(SavedView, {key: {"is_default": False} for key in others})
        self.is_default = True
        self.save()

    def _others_opening_first(self) -> list[UUID]:
        same_list = SavedView.objects.filter(owner_id=self.owner_id, for_type=self.for_type, is_default=True)
        return list(same_list.exclude(pk=self.pk).values_list("pk", flat=True))
