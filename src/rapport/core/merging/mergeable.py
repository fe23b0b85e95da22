"""Merging one record into another of its type: the body of the verb `merge_into`."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from django.utils.translation import gettext as _

from ..actors import Actor, current_actor
from ..bulk import remove_many
from ..problems import Forbidden, Problem
from ..records import Record
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


def names_in(text: str) -> list[str]:
    """Field names separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]
