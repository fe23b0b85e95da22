"""Finding the record a page is about: what an actor may not see does not exist for them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from rapport.core.actors import Actor
from rapport.core.often_asked import planned_once
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.search_entries import SearchEntry
from rapport.core.sight import note_seen, seen_among
from rapport.governance.dictionary import Field
from rapport.governance.domains import Link
from rapport.web.forms.links import is_searched

from .merged import refuse_or_lead_on
from .page import RecordPage, page_of

_ANSWERS = "_links_seen"


def page_or_404(record_type: str) -> RecordPage:
    """The page of a type; 404 when it has none."""
    try:
        return page_of(record_type)
    except KeyError:
        raise Http404 from None


def record_or_404(page: RecordPage, record_id: UUID, actor: Actor) -> Record:
    """The record with its links fetched; 404, whether it does not exist or may not be seen; or where it went."""
    found = _record(actor, page.model, page.links, record_id=record_id)
    if not found:
        raise refuse_or_lead_on(page.model, record_id, actor)
    note_seen(found[0], actor)
    return found[0]


@planned_once
def _record(actor: Actor, model: type[Record], links: tuple[str, ...], *, record_id: UUID) -> QuerySet[Record]:
    return model.objects.visible_to(actor).select_related(*links).filter(pk=record_id)


def hidden_links(record: Record, fields: Iterable[Field], actor: Actor) -> frozenset[str]:
    """The names of links to records that the actor may not see; asks only where a rule restricts them, and once."""
    links: dict[str, tuple[type[Record], UUID]] = {
        field.name: (field.domain.model, key)
        for field in fields
        if isinstance(field.domain, Link)
        and field.domain.model.restricts(actor)
        and (key := getattr(record, f"{field.name}_id"))
    }
    answers = _answers_for(record, actor)
    wanted: dict[type[Record], set[UUID]] = {}
    for model, key in links.values():
        if key not in answers:
            wanted.setdefault(model, set()).add(key)
    seen = seen_among(actor, wanted)
    answers |= {key: key in seen for keys in wanted.values() for key in keys}
    return frozenset(name for name, (_model, key) in links.items() if not answers[key])


def _answers_for(record: Record, actor: Actor) -> dict[UUID, bool]:
    """Which links this actor was found to see while it looks at the record; kept beside the record in memory."""
    known: tuple[Actor, dict[UUID, bool]] | None = record.__dict__.get(_ANSWERS)
    if known is None or known[0] is not actor:
        known = record.__dict__[_ANSWERS] = (actor, {})
    return known[1]


def titles_of(wanted: dict[str, set[UUID]], actor: Actor) -> dict[UUID, str]:
    """The titles of records by id; those that may not be seen are left out.

    One question for all types that are searched and open to the actor, one for each other type.
    """
    found: dict[UUID, str] = {}
    quick: set[UUID] = set()
    for record_type, ids in wanted.items():
        model = RECORD_TYPES[record_type]
        if is_searched(model) and not model.restricts(actor):
            quick |= ids
        elif ids:
            found |= {record.pk: record.title for record in model.objects.visible_to(actor).filter(pk__in=ids)}
    if quick:
        found |= dict(SearchEntry.objects.filter(record_id__in=quick).values_list("record_id", "title"))
    return found


def linked_titles(record: Record, fields: Iterable[Field], actor: Actor) -> dict[UUID, str]:
    """The titles of what a record links to now, as far as no rule hides it; asks nothing."""
    names = [
        field.name for field in fields if isinstance(field.domain, Link) and not field.domain.model.restricts(actor)
    ]
    linked = [record._state.fields_cache.get(name) for name in names]
    return {one.pk: one.title for one in linked if one is not None}
