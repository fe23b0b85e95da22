"""Where a page of a timeline ended: a place in the order of time, items before events of the same moment, key."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.core.problems import Problem

EVENT_RANK, ITEM_RANK = 0, 1


@dataclass(frozen=True, order=True)
class Cursor:
    """One place; the larger is the newer. `key` is the number of an event or of an item's UUID."""

    at: datetime
    rank: int
    key: int

    def written(self) -> str:
        """The place as text for an address."""
        return f"{self.at.isoformat()}~{self.rank}~{self.key:x}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The place written so; raises `Problem` for anything else."""
        try:
            at, rank, key = text.split("~")
            moment = datetime.fromisoformat(at)
            place = cls(moment.astimezone(UTC), int(rank), int(key, 16))
            if moment.tzinfo is None or not 0 <= place.key < 1 << 128:
                raise ValueError(text)
        except (ValueError, OverflowError):
            raise Problem(_("This page of the timeline does not exist. Start again from the top.")) from None
        return place

    def older(self, key_name: str, rank: int) -> Q:
        """The condition that holds for rows of the stream of this rank that come after this place."""
        if rank > self.rank:
            return Q(at__lt=self.at)
        if rank < self.rank:
            return Q(at__lte=self.at)
        key = UUID(int=self.key) if rank == ITEM_RANK else self.key
        return Q(at__lte=self.at) & (Q(at__lt=self.at) | Q(**{f"{key_name}__lt": key}))
