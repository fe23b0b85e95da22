"""What somebody may look through: pairs of records they see, that nobody has decided on, in groups."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from rapport.core.actors import Actor
from rapport.core.merging.mergeable import Merging
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import is_empty, values_of

from ..models import DuplicateDecision, DuplicatePair, SearchState, in_force
from .running import newest_search

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Group:
    """Records that probably stand for the same thing, oldest first, with the pairs that say so."""

    key: UUID
    records: tuple[Record, ...]
    pairs: tuple[DuplicatePair, ...]

    @property
    def probability(self) -> float:
        """How probable the least sure of its pairs is."""
        return min(pair.probability for pair in self.pairs)

    @property
    def stays(self) -> Record:
        """The record that tells most; of equals, the oldest."""
        return most_telling(self.records)

    @property
    def mergers(self) -> list[Merging]:
        """All others into the one that tells most."""
        return [Merging(record.pk, self.stays.pk) for record in self.records if record.pk != self.stays.pk]


def most_telling(records: Sequence[Record]) -> Record:
    """The record with most values; of equals, the oldest."""
    return max(records, key=lambda record: (sum(not is_empty(v) for v in values_of(record).values()), -record.pk.int))


def open_pairs(actor: Actor, record_type: str) -> "QuerySet[DuplicatePair]":
    """The pairs of records that are there, that the actor sees, and that nobody has decided on."""
    visible = RECORD_TYPES[record_type].objects.visible_to(actor)
    decided = DuplicateDecision._base_manager.filter(
        in_force(), left_id=OuterRef("left_id"), right_id=OuterRef("right_id")
    )
    return DuplicatePair.objects.filter(
        Exists(visible.filter(pk=OuterRef("left_id"))),
        Exists(visible.filter(pk=OuterRef("right_id"))),
        ~Exists(decided),
        for_type=record_type,
    )


def count_groups(actor: Actor, record_type: str) -> int:
    """How many groups there are to look through."""
    return open_pairs(actor, record_type).values("group").distinct().count()


def groups(actor: Actor, record_type: str, *, start: int = 0, limit: int = 25) -> list[Group]:
    """The groups to look through, the surest first."""
    keys = open_pairs(actor, record_type).values("group").annotate(top=Max("probability")).order_by("-top", "group")
    return groups_with(actor, record_type, [row["group"] for row in keys[start : start + limit]])


def sure_groups(actor: Actor, record_type: str, *, limit: int = MOST_AT_ONCE) -> list[Group]:
    """The groups all of whose pairs are sure, and whose records the actor may all change."""
    search = newest_search(record_type, state=SearchState.DONE)
    if search is None:
        return []
    keys = open_pairs(actor, record_type).values("group").annotate(least=Min("probability"))
    sure = keys.filter(least__gte=search.sure_from).order_by("-least", "group")[:limit]
    found = groups_with(actor, record_type, [row["group"] for row in sure])
    return [group for group in found if all(record.may_be_changed_by(actor) for record in group.records)]


def groups_with(actor: Actor, record_type: str, keys: Sequence[UUID]) -> list[Group]:
    """The groups of these keys, in this order, as far as they are open."""
    pairs = defaultdict(list)
    for pair in open_pairs(actor, record_type).filter(group__in=keys).order_by("left_id", "right_id"):
        pairs[pair.group].append(pair)
    ids = {key for some in pairs.values() for pair in some for key in (pair.left_id, pair.right_id)}
    records = RECORD_TYPES[record_type].objects.visible_to(actor).in_bulk(list(ids))
    return [_group(key, pairs[key], records) for key in keys if key in pairs]


def _group(key: UUID, pairs: Sequence[DuplicatePair], records: dict[UUID, Record]) -> Group:
    ids = sorted({key for pair in pairs for key in (pair.left_id, pair.right_id)})
    return Group(key, tuple(records[one] for one in ids if one in records), tuple(pairs))


def pairs_between(record_ids: Collection[UUID]) -> list[DuplicatePair]:
    """The pairs that were found among these records, decided or not."""
    ids = list(record_ids)
    return list(DuplicatePair.objects.filter(left_id__in=ids, right_id__in=ids))


def pairs_with(actor: Actor, record: Record, *, limit: int = 5) -> list[DuplicatePair]:
    """The open pairs of one record, the surest first."""
    own = Q(left_id=record.pk) | Q(right_id=record.pk)
    return list(open_pairs(actor, record.record_type).filter(own).order_by("-probability")[:limit])
