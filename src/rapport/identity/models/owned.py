"""Owned records: seen and changed by their owner, the owner's team or everyone, by rule."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.merging.mergeable import Mergeable

from .reach import may_edit_beyond, reach_beyond
from .sharing import Shareable
from .team import Team
from .user import User
from .visibility import Scope


class OwnedRecord(Shareable, Mergeable):
    """A record with an owner and a team; a record without either is seen by all whose role reads the type.

    Further it is seen by whom it is shared with, and by the members of a territory in which its organisation lies;
    `territory_path` is the column that names the organisation, empty where territories mean nothing to the type;
    `is_indexed_by_team` says that indexes by owner and by team hold what is added up, so that each is asked by itself.
    """

    default_scope: ClassVar[Scope] = Scope.EVERYONE
    territory_path: ClassVar[str] = ""
    is_indexed_by_team: ClassVar[bool] = False
    merged_together: ClassVar[Sequence[Sequence[str]]] = (("owner_id", "team_id"),)

    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("owner"),
        related_name="+",
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("team"), related_name="+", db_index=False
    )

    if TYPE_CHECKING:
        owner_id: UUID | None
        team_id: UUID | None

    class Meta:
        abstract = True

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """A record with an owner but no team belongs to the owner's team, in bulk as in `save`."""
        waiting = [row for row in rows if row.get("owner_id") and not row.get("team_id")]
        owners = {row["owner_id"] for row in waiting}
        teams = dict(User.objects.filter(pk__in=owners).values_list("pk", "team_id"))
        for row in waiting:
            row["team_id"] = teams.get(row["owner_id"])

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Whether role or rule leaves the actor less than everything."""
        if actor.sees_everything:
            return False
        return not actor.may(f"{cls.record_type}.read") or cls._scope(actor) is not Scope.EVERYONE

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """Own records, those of one's teams and territories, those shared, and those that belong to nobody."""
        if not actor.may(f"{cls.record_type}.read"):
            return Q(pk__in=[])
        return reduce(or_, cls._reaches(actor))

    @classmethod
    def parts_of(cls, actor: Actor) -> list[Q]:
        """By owner, by nobody, by team and beyond: an index answers each, but none answers all at once."""
        if not cls.is_indexed_by_team or not actor.may(f"{cls.record_type}.read"):
            return [cls.scope_of(actor)]
        reaches = cls._reaches(actor)
        return [
            reduce(lambda part, earlier: part & ~earlier, reaches[:place], reaches[place])
            for place in range(len(reaches))
        ]

    @classmethod
    def _reaches(cls, actor: Actor) -> list[Q]:
        """Each way to see a record; the first ones hold most."""
        reaches = [Q(owner_id=actor.user_id), Q(owner=None, team=None)]
        if actor.team_ids and (cls._scope(actor) is Scope.TEAM or actor.may("team.lead")):
            reaches.insert(0, Q(team_id__in=actor.team_ids))
        beyond = reach_beyond(actor, cls.record_type, territory_path=cls.territory_path)
        return [*reaches, beyond] if beyond else reaches

    @classmethod
    def _scope(cls, actor: Actor) -> Scope:
        return Scope(actor.scopes.get(cls.record_type, cls.default_scope))

    def may_be_changed_by(self, actor: Actor) -> bool:
        """Owner, team or rule, asked of this record in memory; else by a share or a territory that lets edit."""
        if self.is_reached_by(actor):
            return True
        if not actor.may(f"{self.record_type}.read"):
            return False
        organisation_id = getattr(self, self.territory_path) if self.territory_path else None
        return may_edit_beyond(actor, self.record_type, self.pk, organisation_id)

    def is_reached_by(self, actor: Actor) -> bool:
        """Whether owner, team or rule give the actor the record, sharing and territories apart."""
        if not type(self).restricts(actor):
            return True
        if not actor.may(f"{self.record_type}.read"):
            return False
        own = actor.user_id is not None and self.owner_id == actor.user_id
        nobodys = self.owner_id is None and self.team_id is None
        by_team = self.team_id in actor.team_ids and (self._scope(actor) is Scope.TEAM or actor.may("team.lead"))
        return own or nobodys or by_team

    def save(self, *args: object, **options: object) -> None:
        """Write the row; a record with an owner but no team belongs to the owner's team."""
        if self.owner_id and not self.team_id and self.owner is not None:
            self.team_id = self.owner.team_id
        super().save(*args, **options)
