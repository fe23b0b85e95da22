"""Converting a lead: whom it could turn out to be is proposed, and the user decides."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Boolean, Link, Text
from rapport.leads.models import Lead
from rapport.quality.offering import offers_for


def ask(lead: Lead, _answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Which organisation and person it is, and what is to be sold."""
    return (
        Field("organisation", _("Organisation"), Link("organisation"), _meaning(lead, "organisation")),
        Field("person", _("Person"), Link("person"), _meaning(lead, "person")),
        Field("with_opportunity", _("Begin an opportunity"), Boolean(), _("Whether there is something to sell now.")),
        Field("opportunity_name", _("Name of the opportunity"), Text(200), _("Empty: it is named after the lead.")),
    )


def given(lead: Lead, _asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """The likeliest on record, to be confirmed or cleared."""
    likeliest = {kind: record.pk for kind in ("organisation", "person") for record, _why in _likely(lead, kind)[:1]}
    return {**likeliest, "with_opportunity": "yes"}


def leads_to(result: Any) -> Record | None:
    """The opportunity, else the person, else the organisation."""
    found: Record | None = result.opportunity or result.person or result.organisation
    return found


def _meaning(lead: Lead, kind: str) -> str:
    """Who is proposed, and why."""
    new = _("Empty: a new one is made of the lead.")
    likely = _likely(lead, kind)
    if not likely:
        return new
    record, why = likely[0]
    return _("On record already: %(record)s (%(why)s).") % {"record": record.title, "why": why} + " " + new


def _likely(lead: Lead, kind: str) -> list[tuple[Record, str]]:
    offers = offers_for(lead, Field(kind, "", Link(kind), ""), current_actor())
    return [(offer.value, offer.reason) for offer in offers]
