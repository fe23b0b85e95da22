"""Merging one record into another of its type: the body of the verb `merge_into`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from ..actors import Actor, current_actor
from ..bulk import remove_many
from ..problems import Forbidden, Problem
from ..records import Record
from ..several import Outcome, attempt_each
from ..snapshots import Values
from .links import move_links
from .merger import note_merger
from .values import columns_taken, current_values, set_values, united


class Mergeable(Record):
    """A record that can be merged into another of its type.

    `merged_together` are columns that stand and fall with the first of them. A concrete type says its verb:
    `merge_into(other, take=…)`, which calls `_merge`.
    """

    merged_together: ClassVar[Sequence[Sequence[str]]] = ()

    class Meta:
        abstract = True

    def settle_merger(self, gone: "Mergeable", changes: Values) -> None:
        """Hook: what the union of both records' values means for the type; `changes` are not set yet on this one."""

    def _merge(self, into: "Mergeable", *, take: Collection[str]) -> None:
        """Become part of another record: it gets this one's values, links and rights; this one's row goes."""
        into.lock()
        self.lock()
        self._refuse(into, current_actor())
        self._refuse_locked(take, current_actor())
        changes = united(
            current_values(into), current_values(self), take=self._columns(take), groups=self.merged_together
        )
        into.settle_merger(self, changes)
        set_values(into, changes)
        into.save()
        move_links(self, into)
        note_merger(self, into)
        remove_many(type(self), [self.pk])

    def _refuse(self, into: "Mergeable", actor: Actor) -> None:
        if type(into) is not type(self) or into.pk == self.pk:
            raise Problem(_("Choose another record of the same kind to merge this one into."))
        if not into.may_be_changed_by(actor):
            raise Forbidden(_("You may not change “%(record)s”. Ask its owner to merge them.") % {"record": into.title})

    def _refuse_locked(self, take: Collection[str], actor: Actor) -> None:
        """A field that the actor may not change keeps its value."""
        locked = actor.locked_fields | actor.hidden_fields
        if any(f"{self.record_type}.{name}" in locked for name in take):
            raise Forbidden(_("You may not change one of the fields you chose a value for. Leave it as it is."))

    def _columns(self, take: Collection[str]) -> set[str]:
        try:
            return columns_taken(type(self), take)
        except KeyError as unknown:
            raise Problem(_("There is no field “%(name)s” here.") % {"name": str(unknown.args[0])[:60]}) from unknown


@dataclass(frozen=True)
class Merging:
    """One merger to be: the record that goes, the one that stays, and the fields whose value comes from the first."""

    gone_id: UUID
    into_id: UUID
    take: str = ""


def merge_each(model: type[Mergeable], mergers: Sequence[Merging]) -> Outcome:
    """Within a verb: merge each, as far as the actor sees both."""
    wanted = {one.gone_id: one for one in mergers}
    seen = model.objects.visible_to(current_actor())
    stay = seen.in_bulk([one.into_id for one in mergers])

    def act(record: Record) -> None:
        one = wanted[record.pk]
        into = stay.get(one.into_id)
        if into is None:
            raise Problem(_("The record to merge into is not there any more. Reload the page."))
        record.merge_into(into, take=one.take)  # type: ignore[attr-defined]

    return attempt_each(seen.filter(pk__in=list(wanted)).order_by("id"), act)


def names_in(text: str) -> list[str]:
    """Field names separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]
