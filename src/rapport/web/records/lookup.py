"""Finding the record a page is about: what an actor may not see does not exist for them."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Link

from .page import RecordPage, page_of


def page_or_404(record_type: str) -> RecordPage:
    """The page of a type; 404 when it has none."""
    try:
        return page_of(record_type)
    except KeyError:
        raise Http404 from None


def record_or_404(page: RecordPage, record_id: UUID, actor: Actor) -> Record:
    """The record with its links fetched; 404, whether it does not exist or may not be seen."""
    rows = page.model.objects.visible_to(actor).select_related(*page.links)
    record = rows.filter(pk=record_id).first()
    if record is None:
        raise Http404
    return record


def hidden_links(record: Record, fields: Iterable[Field], actor: Actor) -> frozenset[str]:
    """The names of links to records that the actor may not see; asks only where a rule restricts them."""
    hidden = set()
    for field in fields:
        if not isinstance(field.domain, Link) or not field.domain.model.restricts(actor):
            continue
        linked = getattr(record, f"{field.name}_id")
        if linked and not field.domain.model.objects.visible_to(actor).filter(pk=linked).exists():
            hidden.add(field.name)
    return frozenset(hidden)


def titles_of(wanted: dict[str, set[UUID]], actor: Actor) -> dict[UUID, str]:
    """The titles of records by id, one question per type; those that may not be seen are left out."""
    found: dict[UUID, str] = {}
    for record_type, ids in wanted.items():
        rows = RECORD_TYPES[record_type].objects.visible_to(actor).filter(pk__in=ids)
        found |= {record.pk: record.title for record in rows}
    return found
