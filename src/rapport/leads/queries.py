"""Questions about leads: which to work on, and whom they could turn out to be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from rapport.catalog.queries import Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.record_sets import RecordQuerySet
from rapport.core.search import search
from rapport.directory.models import Organisation, Person
from rapport.directory.queries import (
    organisations_named,
    organisations_with_domain,
    people_named,
    people_with_email,
)
from rapport.pipeline.models import Opportunity, Status

from .models import OPEN_STATUSES, Campaign, Lead, LeadStatus

_ALIKE = 85.0


@dataclass(frozen=True)
class Suggestion:
    """A record that a lead could turn out to be, and why."""

    record: Organisation | Person
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Suggestions:
    """Whom a lead could turn out to be, the most likely first."""

    organisations: tuple[Suggestion, ...]
    people: tuple[Suggestion, ...]


@dataclass(frozen=True)
class CampaignResult:
    """What a campaign brought: leads, how many were converted and won, and the revenue from those."""

    leads: int
    converted: int
    won: int
    revenue: Total


def leads_to_work(actor: Actor) -> RecordQuerySet[Lead]:
    """Open leads, newest first: those nobody has taken up before those in work."""
    found = Lead.objects.visible_to(actor).filter(status__in=OPEN_STATUSES).select_related("owner", "campaign")
    return found.order_by("-id")


def suggestions_for(actor: Actor, lead: Lead, *, limit: int = 5) -> Suggestions:
    """The organisations and people on record that the lead probably is, with reasons."""
    people = _gathered(_people(actor, lead), limit)
    known = [
        (one.record.organisation, _("works with %(name)s") % {"name": one.record.title})
        for one in people
        if isinstance(one.record, Person) and one.record.organisation
    ]
    organisations = _gathered(chain(known, _organisations(actor, lead)), limit)
    return Suggestions(tuple(organisations), tuple(people))


Reasoned = Iterator[tuple[Organisation | Person, str]]


def _people(actor: Actor, lead: Lead) -> Reasoned:
    for entry in lead.emails:
        for person in people_with_email(actor, entry["value"]).select_related("organisation")[:5]:
            yield person, _("same e-mail address")
    if lead.last_name:
        for person in people_named(actor, lead.first_name, lead.last_name).select_related("organisation")[:5]:
            yield person, _("same name")


def _organisations(actor: Actor, lead: Lead) -> Reasoned:
    domains = [lead.website.partition("://")[2].split("/")[0], *(entry["value"] for entry in lead.emails)]
    for domain in filter(None, domains):
        for found in organisations_with_domain(actor, domain)[:5]:
            yield found, _("same web domain")
    if lead.organisation_name:
        named = list(organisations_named(actor, lead.organisation_name)[:5])
        for found in named:
            yield found, _("same name")
        for found in _alike(actor, lead.organisation_name):
            if found not in named:
                yield found, _("similar name")


def _alike(actor: Actor, name: str) -> list[Organisation]:
    hits = search(actor, name, types=("organisation",), limit=5)
    found = Organisation.objects.visible_to(actor).in_bulk([hit.record_id for hit in hits if hit.score >= _ALIKE])
    return [found[hit.record_id] for hit in hits if hit.record_id in found]


def _gathered(reasoned: Iterable[tuple[Organisation | Person, str]], limit: int) -> list[Suggestion]:
    """Each record once, with all its reasons; those with more reasons first."""
    records: dict[UUID, Organisation | Person] = {}
    reasons: dict[UUID, list[str]] = {}
    for record, reason in reasoned:
        records.setdefault(record.pk, record)
        reasons.setdefault(record.pk, []).append(reason)
    found = [Suggestion(record, tuple(dict.fromkeys(reasons[key]))) for key, record in records.items()]
    return sorted(found, key=lambda one: -len(one.reasons))[:limit]


def result_of(actor: Actor, campaign: Campaign) -> CampaignResult:
    """What a campaign brought so far, of what the actor sees."""
    leads = Lead.objects.visible_to(actor).filter(campaign=campaign).order_by()
    counts = leads.aggregate(all=Count("pk"), converted=Count("pk", filter=Q(status=LeadStatus.CONVERTED)))
    opportunities = Opportunity.objects.visible_to(actor).filter(leads__in=leads, status=Status.WON).order_by()
    rows = list(opportunities.values("currency").annotate(count=Count("pk"), total=Sum("amount")))
    amounts = [(row["currency"], row["total"]) for row in rows if row["total"] is not None]
    won = sum(row["count"] for row in rows)
    return CampaignResult(counts["all"], counts["converted"], won, total_of(amounts, current_rates()))
