"""Leads that are probably people or organisations on record: found with the searches for leads, looked through.

They are kept as pairs of their own types (`pairs_of`): `left_id` is who is on record, `right_id` the lead.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from rapport.core.actors import Actor
from rapport.core.identifiers import uuid7
from rapport.core.records import RECORD_TYPES, Record
from rapport.directory.mail_domains import organisation_domain
from rapport.leads.models import Lead, LeadStatus

from ..models import DuplicateDecision, DuplicatePair, DuplicateSearch, SearchState, in_force
from .searching import Found, find_like
from .tables import Row, row_of

KINDS = ("person", "organisation")
_ENDED = (LeadStatus.CONVERTED, LeadStatus.DISCARDED)
_READ = ("id", "first_name", "last_name", "organisation_name", "domain", "emails", "phones", "addresses")


@dataclass(frozen=True)
class Known:
    """A lead, and the record that it probably is."""

    lead: Lead
    record: Record
    pair: DuplicatePair

    @property
    def kind(self) -> str:
        """The type of the record."""
        return self.record.record_type


def pairs_of(kind: str) -> str:
    """The type of the pairs of leads with people or with organisations."""
    return f"lead-{kind}"


def note_known(lead_ids: Collection[UUID] | None = None) -> int:
    """Compare all leads, or these, with people and organisations; returns how many pairs there are with them."""
    leads = Lead._base_manager.exclude(status__in=_ENDED).order_by("id")
    rows = list((leads if lead_ids is None else leads.filter(pk__in=list(lead_ids))).values(*_READ))
    return sum(_note(kind, rows, lead_ids) for kind in KINDS)


def _note(kind: str, leads: Sequence[Mapping[str, Any]], lead_ids: Collection[UUID] | None) -> int:
    told = {row["id"]: _AS[kind](row) for row in leads}
    asked = {key: row for key, row in told.items() if sum(map(bool, row)) > 1}
    found = list(_found(kind, asked)) if asked else []
    old = DuplicatePair.objects.filter(for_type=pairs_of(kind))
    with transaction.atomic():
        (old if lead_ids is None else old.filter(right_id__in=list(lead_ids))).delete()
        DuplicatePair.objects.bulk_create((_pair(kind, one) for one in found), batch_size=1_000)
    return len(found)


def _found(kind: str, asked: Mapping[UUID, Row]) -> Iterator[Found]:
    searches = DuplicateSearch.objects.filter(for_type=kind, state=SearchState.DONE)
    learned = searches.order_by("-id").values_list("learned", flat=True).first()
    for one in find_like(kind, list(asked), list(asked.values()), learned=learned or {}):
        if one.right in asked and one.left not in asked:
            yield one


def _pair(kind: str, found: Found) -> DuplicatePair:
    told = {"left_id": found.left, "right_id": found.right, "evidence": found.evidence}
    return DuplicatePair(for_type=pairs_of(kind), group=uuid7(), probability=found.probability, **told)


def _as_person(lead: Mapping[str, Any]) -> Row:
    return row_of("person", {**lead, "organisation__name": lead["organisation_name"]})


def _as_organisation(lead: Mapping[str, Any]) -> Row:
    """What is known of its company; addresses by which one person is reached say nothing of it."""
    domain = lead["domain"] or next((organisation_domain(one["value"]) for one in lead["emails"] or []), "")
    is_person = lead["first_name"] or lead["last_name"]
    reached = {} if is_person else {"emails": lead["emails"], "phones": lead["phones"]}
    told = {"name": lead["organisation_name"], "domain": domain, "addresses": lead["addresses"]}
    return row_of("organisation", {**told, **reached})


_AS = {"person": _as_person, "organisation": _as_organisation}


def open_known(actor: Actor, kind: str) -> "QuerySet[DuplicatePair]":
    """The pairs of leads that can be converted with records of a kind, both of which the actor sees, undecided."""
    leads = Lead.objects.visible_to(actor).exclude(status__in=_ENDED)
    either = Q(left_id=OuterRef("left_id"), right_id=OuterRef("right_id"))
    either |= Q(left_id=OuterRef("right_id"), right_id=OuterRef("left_id"))
    if not actor.may(f"{kind}.read"):
        return DuplicatePair.objects.none()
    return DuplicatePair.objects.filter(
        Exists(leads.filter(pk=OuterRef("right_id"))),
        Exists(RECORD_TYPES[kind].objects.visible_to(actor).filter(pk=OuterRef("left_id"))),
        ~Exists(DuplicateDecision._base_manager.filter(in_force(), either)),
        for_type=pairs_of(kind),
    )


def count_known(actor: Actor) -> int:
    """How many leads are probably on record already."""
    found = (open_known(actor, kind).values("right_id") for kind in KINDS)
    return Lead._base_manager.filter(reduce(or_, (Q(pk__in=ids) for ids in found))).count()


def known_leads(actor: Actor, *, start: int = 0, limit: int = 25) -> list[Known]:
    """The leads that are probably on record, the surest first, each with whom it is."""
    found = [pair for kind in KINDS for pair in open_known(actor, kind).order_by("-probability")[: start + limit]]
    return _with_records(actor, sorted(found, key=lambda pair: (-pair.probability, pair.pk))[start : start + limit])


def known_as(actor: Actor, lead: Record, *, limit: int = 5) -> list[Known]:
    """Whom on record a lead probably is, the surest first."""
    found = [pair for kind in KINDS for pair in open_known(actor, kind).filter(right_id=lead.pk)]
    return _with_records(actor, sorted(found, key=lambda pair: -pair.probability)[:limit])


def _with_records(actor: Actor, pairs: Sequence[DuplicatePair]) -> list[Known]:
    leads = Lead.objects.visible_to(actor).in_bulk([pair.right_id for pair in pairs])
    records: dict[UUID, Record] = {}
    for kind in KINDS:
        keys = [pair.left_id for pair in pairs if pair.for_type == pairs_of(kind)]
        records |= RECORD_TYPES[kind].objects.visible_to(actor).in_bulk(keys)
    return [Known(leads[pair.right_id], records[pair.left_id], pair) for pair in pairs]
