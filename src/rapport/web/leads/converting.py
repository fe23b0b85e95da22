"""Converting a lead: whom it could turn out to be is proposed, and the user decides."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Boolean, Link, Text
from rapport.leads.models import Lead
from rapport.leads.queries import Suggestion, suggestions_for


def ask(lead: Lead, _answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Which organisation and person it is, and what is to be sold."""
    alike = suggestions_for(current_actor(), lead)
    new = _("Empty: a new one is made of the lead.")
    return (
        Field("organisation", _("Organisation"), Link("organisation"), f"{_told(alike.organisations)}{new}"),
        Field("person", _("Person"), Link("person"), f"{_told(alike.people)}{new}"),
        Field("with_opportunity", _("Begin an opportunity"), Boolean(), _("Whether there is something to sell now.")),
        Field("opportunity_name", _("Name of the opportunity"), Text(200), _("Empty: it is named after the lead.")),
    )


def given(lead: Lead, _asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """The likeliest on record, to be confirmed or cleared."""
    alike = suggestions_for(current_actor(), lead)
    found = {"organisation": alike.organisations, "person": alike.people}
    return {name: some[0].record.pk for name, some in found.items() if some} | {"with_opportunity": "yes"}


def leads_to(result: Any) -> Record | None:
    """The opportunity, else the person, else the organisation."""
    found: Record | None = result.opportunity or result.person or result.organisation
    return found


def _told(alike: Iterable[Suggestion]) -> str:
    told = [f"{one.record.title} ({', '.join(one.reasons)})" for one in alike]
    return _("On record and alike: %(records)s.") % {"records": "; ".join(told)} + " " if told else ""
