"""Proposed mergers: what differs between the record that goes and the one that stays, and both side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.oversight.models import Proposal
from rapport.web.duplicates.apart import Apart, apart
from rapport.web.duplicates.listing import compare_address, may_merge
from rapport.web.records.lookup import page_or_404

_SHOWN = 4


@dataclass(frozen=True)
class Merger:
    """What tells both records apart, and where they stand side by side; empty where the reader may not merge."""

    apart: list[Apart]
    address: str


def mergers_of(proposals: Iterable[Proposal], actor: Actor) -> Mapping[UUID, Merger]:
    """By proposal; those of which the actor sees both records."""
    pairs = {
        one.pk: (one.subject_type, one.subject_id, other)
        for one in proposals
        if (other := _other(one)) and one.subject_id
    }
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for kind, gone, stays in pairs.values():
        wanted[kind] |= {gone, stays}
    seen = {kind: _seen(kind, ids, actor) for kind, ids in wanted.items()}
    return {
        key: _merger(kind, [seen[kind][gone], seen[kind][stays]], actor)
        for key, (kind, gone, stays) in pairs.items()
        if gone in seen[kind] and stays in seen[kind]
    }


def _other(proposal: Proposal) -> UUID | None:
    """The record that would stay; None for what is no merger."""
    if not proposal.verb_name.endswith(".merge_into"):
        return None
    named = proposal.arguments.get("other")
    return UUID(named["$record"][1]) if isinstance(named, dict) and "$record" in named else None


def _seen(record_type: str, ids: set[UUID], actor: Actor) -> dict[UUID, Record]:
    page = page_or_404(record_type)
    return page.model.objects.visible_to(actor).select_related(*page.links).in_bulk(ids)


def _merger(record_type: str, records: list[Record], actor: Actor) -> Merger:
    address = compare_address(record_type, [one.pk for one in records]) if may_merge(actor, record_type) else ""
    return Merger(apart(actor, records, most=_SHOWN), address)
