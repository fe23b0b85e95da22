"""Territories: organisations that fulfil some conditions, and who sees them and what belongs to them.

Which organisations lie in a territory is kept in `TerritoryPlace`, because it is asked for on every page; what reads
the conditions and keeps the places up to date stands above (see `directory.territories`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import verb

from .team import Team


class Territory(Record):
    """Conditions on organisations, written like a list's filters, and what its members may do with what lies in it."""

    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(_("conditions"), max_length=4000)
    may_edit = models.BooleanField(_("members may edit"), default=False)

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="territory_name_is_unique",
                violation_error_message=_("There is a territory of this name already. Choose another name."),
            )
        ]

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everyone who is signed in may know the territories."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    @verb(label=_("Draw a territory"), past=_("drew"), permission="territory.create")
    def draw(cls, *, members: "list[Member]", **values: Any) -> "Territory":
        """Create a territory with its members."""
        territory = cls(**values)
        territory.check_facts()
        territory.save(force_insert=True)
        territory._keep_members(members)
        return territory

    @verb(label=_("Redraw"), past=_("redrew"), permission="territory.change")
    def redraw(self, *, members: "list[Member]", **values: Any) -> None:
        """Change conditions, rights and members at once."""
        for name, value in values.items():
            self._meta.get_field(name)
            setattr(self, name, value)
        self.check_facts()
        self.save()
        self._keep_members(members)

    def _keep_members(self, members: "list[Member]") -> None:
        known = {(row.user_id, row.team_id): row for row in self.members.all()}
        wanted = {(user.pk if user else None, team.pk if team else None): (user, team) for user, team in members}
        for key in known.keys() - wanted.keys():
            known[key].delete()
        for key in sorted(wanted.keys() - known.keys(), key=str):
            user, team = wanted[key]
            member = TerritoryMember(territory=self, user=user, team=team)
            member.check_facts()
            member.save(force_insert=True)


class TerritoryMember(Record):
    """A person or a team that sees what lies in a territory."""

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="members", verbose_name=_("territory")
    )
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

    if TYPE_CHECKING:
        user_id: UUID | None
        team_id: UUID | None

    class Meta:
        verbose_name = _("member of a territory")
        verbose_name_plural = _("members of territories")

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """What it is."""
        return str(_("Member"))

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """As for territories."""
        return actor.user_id is None and super().restricts(actor)

    def clean(self) -> None:
        """One person or one team."""
        if (self.user_id is None) == (self.team_id is None):
            raise ValidationError({"user": _("Choose a person or a team.")})


class TerritoryPlace(models.Model):
    """An organisation that lies in a territory: worked out, never written by hand."""

    territory_id = models.UUIDField()
    record_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "territory_id"], name="place_is_unique")]
        indexes = [models.Index(fields=["territory_id", "record_id"], name="place_of_territory")]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.territory_id}"


if TYPE_CHECKING:
    from .user import User

    Member = tuple[User | None, Team | None]
