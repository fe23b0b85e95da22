"""Teams: the units of the company, as a tree."""

from collections import defaultdict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record


class Team(Record):
    """A unit of the company; its manager sees what it and the teams below it own."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [models.UniqueConstraint(fields=["name"], name="team_name_is_unique")]

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everyone who is signed in sees the teams."""
        return actor.user_id is None and super().restricts(actor)

    def clean(self) -> None:
        """A team can't stand above itself."""
        if self.parent_id and self.parent_id in team_and_below(self.pk):
            raise ValidationError({"parent": _("A team can't be placed under itself or one of its own teams.")})


def team_and_below(team_id: UUID) -> frozenset[UUID]:
    """The team and all teams below it in the tree."""
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for key, parent in Team.objects.values_list("pk", "parent_id"):
        children[parent].append(key)
    reached, waiting = {team_id}, [team_id]
    while waiting:
        below = [key for key in children[waiting.pop()] if key not in reached]
        reached.update(below)
        waiting += below
    return frozenset(reached)
