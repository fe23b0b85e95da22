"""What is related to organisations and people: people, roles, the group a company belongs to."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rapport.directory.models import Affiliation, Organisation, Person
from rapport.web.places import record_address
from rapport.web.records.reach import reaches
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class People(RelatedPanel):
    """Who works at an organisation."""

    key, title, icon = "people", _("People"), "users"
    permission = "person.read"
    related_type, link = "person", "organisation"
    nothing = _("Nobody yet. Add whom you talk to.")

    def found(self) -> Iterable[Any]:
        """By name."""
        people = Person.objects.visible_to(self.actor).filter(organisation=self.record)
        return people.order_by("sort_name", "id")[:8]

    def row(self, record: Person) -> Row:
        """With what they do and the part they play when the organisation buys."""
        role = record.get_buying_role_display() if record.buying_role else ""
        return Row(record.title, record_address("person", record.pk), aside=role, more=record.job_title)


class Roles(RelatedPanel):
    """The further and earlier roles of a person."""

    key, title, icon = "roles", _("Other roles"), "briefcase"
    permission = "affiliation.read"
    related_type = "affiliation"
    nothing = _("No other or earlier roles are known.")

    def found(self) -> Iterable[Any]:
        """Present ones first."""
        roles = Affiliation.objects.visible_to(self.actor).filter(person=self.record).select_related("organisation")
        return roles.order_by(F("until").desc(nulls_first=True), F("since").desc(nulls_last=True))[:8]

    def row(self, record: Affiliation) -> Row:
        """Role, organisation and time."""
        return Row(
            record.organisation.name,
            record_address("affiliation", record.pk),
            aside=record.role,
            more=_span(record.since, record.until),
        )

    @property
    def add(self) -> str:
        """The form of the verb that adds a role."""
        may = self.actor.may("person.change") and reaches(self.record, self.actor)
        return f"{record_address('person', self.record.pk)}do/add_role/" if may else ""


class FormerPeople(RelatedPanel):
    """People with another or an earlier role at an organisation."""

    key, title, icon = "former-people", _("Other and former people"), "history"
    permission = "affiliation.read"
    related_type = "affiliation"
    is_lazy = True
    nothing = _("Nobody else is known.")

    def found(self) -> Iterable[Any]:
        """Present ones first."""
        roles = Affiliation.objects.visible_to(self.actor).filter(organisation=self.record).select_related("person")
        return roles.order_by(F("until").desc(nulls_first=True))[:8]

    def row(self, record: Affiliation) -> Row:
        """Person, role and time."""
        href = record_address("person", record.person_id)
        return Row(record.person.title, href, aside=record.role, more=_span(record.since, record.until))


class Group(RelatedPanel):
    """The parts of an organisation; not shown where there are none."""

    key, title, icon = "group", _("Belongs to it"), "network"
    permission = "organisation.read"
    related_type, link = "organisation", "parent"

    def applies(self) -> bool:
        """Only where there are any."""
        return super().applies() and bool(self._parts)

    def found(self) -> Iterable[Any]:
        """By name."""
        return self._parts

    def row(self, record: Organisation) -> Row:
        """With its country."""
        return Row(record.name, record_address("organisation", record.pk), aside=record.country)

    @cached_property
    def _parts(self) -> list[Organisation]:
        parts = Organisation.objects.visible_to(self.actor).filter(parent=self.record)
        return list(parts.order_by("sort_name", "id")[:8])


def _span(since: Any, until: Any) -> str:
    """From when to when, as far as it is known."""
    if since and until:
        return f"{formats.day(since)} – {formats.day(until)}"
    if until:
        return _now("until %(day)s") % {"day": formats.day(until)}
    return _now("since %(day)s") % {"day": formats.day(since)} if since else ""
