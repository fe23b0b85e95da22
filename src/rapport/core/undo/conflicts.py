"""What an undo left alone, and how that is told: by the record's title, to whoever may see the record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.utils.translation import gettext as _

from ..actors import Actor
from ..concealing import tells_of
from ..sight import titles_seen


@dataclass(frozen=True)
class Conflict:
    """Something that undo left alone because it was changed since.

    `reason` is kept untranslated, so that each reader has it in their language; `label` stands for its “%(field)s”.
    """

    record_type: str
    record_id: UUID
    field: str
    reason: str
    label: str = ""

    @property
    def said(self) -> str:
        """The reason, in the language of whoever reads it."""
        said = _(self.reason) if self.reason else ""
        return said % {"field": self.label} if self.label else said

    def as_stored(self) -> dict[str, str]:
        """For a JSON column."""
        return {
            "record_type": self.record_type,
            "record_id": str(self.record_id),
            "field": self.field,
            "reason": self.reason,
            "label": self.label,
        }

    @classmethod
    def from_stored(cls, kept: Mapping[str, str]) -> Self:
        """What `as_stored` gave; before reasons were kept untranslated they had no `label`."""
        return cls(kept["record_type"], UUID(kept["record_id"]), kept["field"], kept["reason"], kept.get("label") or "")


@dataclass(frozen=True)
class Named:
    """A conflict with the title of its record; empty where the record is gone or hidden from whoever asks."""

    conflict: Conflict
    title: str


def named_for(actor: Actor, conflicts: Iterable[Conflict]) -> list[Named]:
    """Those of the conflicts that may be told to the actor, in their order; one question for each type of record."""
    from ..records import RECORD_TYPES  # records import verbs, which this package shares

    told = [one for one in conflicts if tells_of(actor, one.record_type, one.field)]
    wanted = defaultdict(set)
    for one in told:
        if model := RECORD_TYPES.get(one.record_type):
            wanted[model].add(one.record_id)
    titles = titles_seen(actor, wanted)
    return [Named(one, titles.get(one.record_id, "")) for one in told]
