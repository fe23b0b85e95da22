"""Whom a lead is when it is converted: records on file that are like it, and why."""

from collections.abc import Iterator

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.leads.models import Lead
from rapport.leads.queries import suggestions_for

from ..duplicates.deciding import decided_with
from ..duplicates.known import known_as
from ..duplicates.telling import agreeing_with_lead
from .offer import Offer


def whom_it_is(lead: Record, field: Field, actor: Actor) -> list[Offer]:
    """The organisations or people that a lead probably is, but for those that somebody called different."""
    if not isinstance(lead, Lead) or field.name not in ("organisation", "person"):
        return []
    different = {key for pair in decided_with([lead.pk]) for key in pair}
    found: dict[object, Offer] = {}
    for offer in _likely(lead, field.name, actor):
        if offer.value.pk not in different:
            found.setdefault(offer.value.pk, offer)
    return list(found.values())


def _likely(lead: Lead, kind: str, actor: Actor) -> Iterator[Offer]:
    alike = suggestions_for(actor, lead)
    for one in alike.organisations if kind == "organisation" else alike.people:
        yield Offer(one.record, ", ".join(one.reasons))
    for known in known_as(actor, lead):
        if known.kind == kind:
            yield Offer(known.record, agreeing_with_lead(actor, kind, known.pair.evidence))
