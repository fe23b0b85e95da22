"""Conversion: a lead becomes an organisation, a person and an opportunity, and nothing of it is lost."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb
from rapport.directory.models import Organisation, Person
from rapport.pipeline.models import Opportunity, Stage

from .facts import LeadStatus
from .progress import Progressing

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_PERSON = ("first_name", "last_name", "job_title", "department", "languages", "country", "description")
_OF_ORGANISATION = ("industry", "employees", "website")
_LONGEST_NAME = 200

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Conversion:
    """What a lead became."""

    organisation: Organisation | None
    person: Person | None
    opportunity: Opportunity | None


class Convertible(Progressing):
    """Adds the verb that converts."""

    class Meta:
        abstract = True

    @verb(label=gettext_lazy("Convert"), past=gettext_lazy("converted"), sets="opportunity")
    def convert(
        self,
        *,
        organisation: Organisation | None = None,
        person: Person | None = None,
        with_opportunity: bool = True,
        opportunity_name: str = "",
        stage: Stage | None = None,
        **facts: Any,
    ) -> Conversion:
        """Make an organisation, a person and an opportunity of the lead, or add to the ones chosen.

        Records that exist only get what they lack; `facts` are further fields of the opportunity. The lead stays,
        with links to what it became; what was noted about it appears there too.
        """
        if self.status == LeadStatus.CONVERTED:
            raise Problem(_("This lead is converted already. Its page shows what it became."))
        self.organisation = self._organisation(organisation or (person.organisation if person else None))
        self.person = self._person(person)
        if with_opportunity:
            self.opportunity = self._opportunity(opportunity_name, stage, facts)
        self.status, self.converted_on, self.parked_until = LeadStatus.CONVERTED, today(), None
        self.save()
        self._carry_activities()
        return Conversion(self.organisation, self.person, self.opportunity)

    def _organisation(self, chosen: Organisation | None) -> Organisation | None:
        facts = {name: getattr(self, name) for name in _OF_ORGANISATION} | {"country": self.country}
        if not self.first_name and not self.last_name:
            facts |= {"emails": self.emails, "phones": self.phones}
        facts["addresses"] = self.addresses
        if chosen:
            return _with_what_it_lacks(chosen, facts)
        if not self.organisation_name:
            return None
        return Organisation.create(name=self.organisation_name, source=self.source, **facts, **self._owning())

    def _person(self, chosen: Person | None) -> Person | None:
        facts = {name: getattr(self, name) for name in _OF_PERSON} | {"organisation": self.organisation}
        facts |= {"emails": self.emails, "phones": self.phones}
        if chosen:
            return _with_what_it_lacks(chosen, facts)
        if not self.first_name and not self.last_name and (self.organisation or not self.emails):
            return None
        return Person.create(source=self.source, **facts, **self._owning())

    def _opportunity(self, name: str, stage: Stage | None, facts: "Mapping[str, Any]") -> Opportunity:
        about = self.product or self.person
        subjects = [record.title for record in (self.organisation, about) if record]
        known = {
            "name": (name or " – ".join(subjects) or self.title)[:_LONGEST_NAME],
            "need": self.need,
            "amount": self.amount,
            "currency": self.currency,
            "product": self.product,
            "source": self.source,
            "description": self.description,
            **self._owning(),
            **facts,
        }
        return Opportunity.create(organisation=self.organisation, person=self.person, stage=stage, **known)

    def _owning(self) -> dict[str, Any]:
        return {"owner": self.owner, "team": self.team}

    def _carry_activities(self) -> None:
        from ...carrying import carry_activities  # asks for the timeline, which stands on all models

        became: list[models.Model | None] = [self.organisation, self.person, self.opportunity]
        carry_activities(self, [record for record in became if isinstance(record, Record)])


def _with_what_it_lacks(record: RecordT, facts: "Mapping[str, Any]") -> RecordT:
    """Fill in empty fields and add to lists; what is known already stays as it is."""
    missing: dict[str, Any] = {}
    for name, value in facts.items():
        known = getattr(record, name)
        if isinstance(known, list):
            added = [entry for entry in value or [] if not _has(known, entry)]
            missing |= {name: [*known, *added]} if added else {}
        elif known in (None, "") and value not in (None, ""):
            missing[name] = value
    if missing:
        record.change(**missing)
    return record


def _has(known: list[Any], entry: Any) -> bool:
    """Whether a list holds an entry already, of whatever kind it is said to be."""
    if not isinstance(entry, dict):
        return entry in known
    told = {name: value for name, value in entry.items() if name != "kind"}
    return any(told == {name: value for name, value in one.items() if name != "kind"} for one in known)
