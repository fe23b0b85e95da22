"""Affiliations: the roles of people at organisations, beside and before the main one."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.records import Record
from rapport.core.verbs import verb

from .organisation import Organisation

if TYPE_CHECKING:
    from uuid import UUID

    from .person import Person


class Affiliation(Record):
    """A role somebody has or had at an organisation; seen by whoever sees the person."""

    person = models.ForeignKey(
        "directory.Person", on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=150, blank=True)
    department = models.CharField(_("department"), max_length=100, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    if TYPE_CHECKING:
        person_id: UUID
        organisation_id: UUID

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The role."""
        return str(values.get("role") or _("Role"))

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """As for people."""
        return super().restricts(actor) or _person().restricts(actor)

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """The roles of the people one sees."""
        if not actor.may("affiliation.read"):
            return models.Q(pk__in=[])
        return models.Q(person__in=_person().objects.visible_to(actor))

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever may change the person."""
        return self.person.may_be_changed_by(actor)

    @property
    def is_current(self) -> bool:
        """Whether the role is held today."""
        return self.until is None or self.until > today()

    def clean(self) -> None:
        """A role begins before it ends."""
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The role ends before it begins. Correct one of the two days.")})

    @verb(label=_("End"), past=_("ended"), permission="affiliation.change")
    def end(self, *, on: date | None = None) -> None:
        """Note that the role is no longer held."""
        self.until = on or today()
        self.check_facts()
        self.save()


def _person() -> "type[Person]":
    from .person import Person  # people refer to affiliations, which refer to people

    return Person
