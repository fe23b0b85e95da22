"""The record: base of everything users own; readable through `visible_to`, writable through verbs only."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.base import ModelState
from django.db.models.signals import class_prepared
from django.utils.translation import gettext_lazy as _

from .actors import Actor, current_actor
from .attributes import DERIVED, spread
from .clock import now
from .concealing import conceal_loaded, restore_concealed, whole_again
from .derived import worked_out
from .identifiers import uuid7
from .problems import Problem
from .projections import forget, remember
from .record_sets import RecordQuerySet
from .removal import remove_record
from .scopes import SharedScope
from .several import Outcome, attempt_each
from .sight import forget_who_sees, is_noted_as_seen, seen_among
from .snapshots import Values, recorded_fields, values_of
from .texts import check_texts
from .values_field import ValuesField
from .verbs import register_verbs, verb
from .work import current_work

RECORD_TYPES: "dict[str, type[Record]]" = {}


class Record(models.Model):
    """Something users know, own and change."""

    record_type: ClassVar[str]
    unrecorded_fields: ClassVar[frozenset[str]] = frozenset()
    shared_scopes: ClassVar[tuple[SharedScope, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(default=now, editable=False)
    attributes = ValuesField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True, editable=False)
    derived = ValuesField(null=True, default=None, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The text that stands for the record wherever it is named."""
        return self.title_of(self.__dict__)

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The title, from column values alone (bulk writes have no instances)."""
        return str(values.get("name") or "")

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """What else the record is found by, from column values; None keeps it out of the search."""
        return None

    @classmethod
    def complete_rows(cls, rows: Sequence[Values]) -> None:
        """Fill in column values that follow from others, in place, before many rows are first written at once."""

    @classmethod
    def follow_changes(cls, stored: Mapping[UUID, Values], changes: Mapping[UUID, Values]) -> None:
        """Before many rows are changed: add to `changes` what follows from them, write what stands beside."""

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Whether the actor sees less than all records of this type."""
        return not actor.sees_everything and not actor.may(f"{cls.record_type}.read")

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """The condition that holds for the records an actor may see, where `restricts` says so."""
        return models.Q(pk__in=[])

    @classmethod
    def parts_of(cls, actor: Actor) -> list[models.Q]:
        """What `scope_of` says, as conditions of which never two hold for one record."""
        return [cls.scope_of(actor)]

    @classmethod
    def conceal_for(cls, records: "Sequence[Self]", actor: Actor) -> None:
        """Before many are shown: take out, in memory, what they keep of other records that the actor may not see."""

    @classmethod
    def own_scope(cls, actor: Actor) -> models.Q | None:
        """What the actor may see of this type, `shared_scopes` apart; None for all of it."""
        return cls.scope_of(actor) if cls.restricts(actor) else None

    def may_be_changed_by(self, actor: Actor) -> bool:
        """Whether the actor's rights reach this very record (its role's permission is checked before)."""
        return not type(self).restricts(actor)

    def may_be_seen_by(self, actor: Actor) -> bool:
        """Whether the actor sees this very record: it does when it may change it, and else by the query."""
        if is_noted_as_seen(self, actor) or self.may_be_changed_by(actor):
            return True
        return bool(seen_among(actor, {type(self): [self.pk]}))

    @classmethod
    @verb(label=_("Create"), past=_("created"))
    def create(cls, **values: Any) -> Self:
        """Create a record from its facts."""
        record = cls(**values)
        record.check_facts()
        record.save(force_insert=True)
        return record

    @verb(label=_("Change"), past=_("changed"))
    def change(self, **values: Any) -> None:
        """Change some facts of the record."""
        for name, value in values.items():
            self._meta.get_field(name)
            setattr(self, name, value)
        self.check_facts()
        self.save()

    @verb(label=_("Delete"), past=_("deleted"))
    def remove(self) -> None:
        """Delete the record and what belongs to it; undo brings all of it back."""
        self.delete()

    @classmethod
    @verb(label=_("Change several"), past=_("changed several"), permission=".change")
    def change_several(cls, record_ids: Sequence[UUID], **values: Any) -> Outcome:
        """Set the same facts on several records at once; those that refuse stay as they were and are told."""
        records = cls.objects.visible_to(current_actor()).filter(pk__in=record_ids)
        return attempt_each(records, lambda record: record.change(**values))

    @classmethod
    @verb(label=_("Correct several"), past=_("corrected several"), permission=".change")
    def correct_several(cls, **values: Mapping[UUID, Any]) -> Outcome:
        """Set facts of several records at once, of each its own: by field, the values by record."""
        ids = {key for each in values.values() for key in each}
        records = cls.objects.visible_to(current_actor()).filter(pk__in=ids)
        return attempt_each(
            records,
            lambda record: record.change(
                **{name: each[record.pk] for name, each in values.items() if record.pk in each}
            ),
        )

    @classmethod
    @verb(label=_("Delete several"), past=_("deleted several"), permission=".remove")
    def remove_several(cls, record_ids: Sequence[UUID]) -> Outcome:
        """Delete several records at once; those that others need stay and are told."""
        records = cls.objects.visible_to(current_actor()).filter(pk__in=record_ids)
        return attempt_each(records, lambda record: record.remove())

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_options: Any) -> Self:
        """A record from its row, without what is hidden from whoever looks.

        The values go straight into it: Django sets each of them as if the record had been used before.
        """
        record = cls.__new__(cls)
        record._state = state = ModelState()
        state.adding, state.db = False, db
        record.__dict__.update(zip(field_names, values, strict=True))
        conceal_loaded(record)
        return record

    def check_facts(self) -> None:
        """Raise `ValidationError` naming each wrong field. Links are left to the database's own check."""
        links = {field.name for field in self._meta.concrete_fields if field.is_relation}
        check_texts(self)
        self.clean_fields(exclude=links)
        self.clean()
        self.validate_constraints(exclude=links)

    def lock(self) -> None:
        """Read the row again and lock it until the transaction ends, so that no change is lost."""
        found = type(self)._base_manager.select_for_update().filter(pk=self.pk).first()
        if found is None:
            raise Problem(_("This record was deleted meanwhile. Reload the page to see what happened."))
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(found, field.attname))
        whole_again(self)
        current_work().baselines[self.pk] = deepcopy(values_of(found))

    def stored_values(self) -> Values | None:
        """The recorded columns as the database has them now, row locked; None when there is no row.

        What is derived is read again with them: others may have changed it without changing the record.
        """
        baseline = current_work().baselines.pop(self.pk, None)
        if baseline is not None:
            return baseline
        names = [field.attname for field in recorded_fields(type(self))]
        rows = type(self)._base_manager.filter(pk=self.pk).select_for_update()
        values: Values | None = rows.values(*names, DERIVED).first()
        if values is None:
            return None
        self.derived = values.pop(DERIVED)
        return spread(values)

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row as part of the verb under way; raises `OutsideVerb` when there is none."""
        work = current_work()
        before = None if self._state.adding else self.stored_values()
        restore_concealed(self, before or {})
        self.updated_at = now()
        after = values_of(self)
        self.derived = worked_out(type(self), after, self.derived)
        super().save(*args, **options)
        work.note(type(self), self.pk, before, after)
        remember(type(self), [(self.pk, {**after, **self.derived} if self.derived else after)])
        forget_who_sees(self)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and what cascades, as part of the verb under way."""
        work = current_work()
        removed = remove_record(self, work)
        forget(removed)
        return len(removed), {}


def _register(sender: type[models.Model], **_signal: Any) -> None:
    if issubclass(sender, Record) and not sender._meta.abstract:
        sender.record_type = sender.__dict__.get("record_type", sender.__name__.lower())
        RECORD_TYPES[sender.record_type] = sender
        register_verbs(sender)


class_prepared.connect(_register, dispatch_uid="register_record_type")
