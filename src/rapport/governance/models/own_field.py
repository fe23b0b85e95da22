"""The own field: a field that users added to a record type."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.attributes import PREFIX
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.verbs import Risk, verb

from ..own.choices import free, read_choices, slug
from ..own.kinds import DERIVED_KINDS, KINDS, MOST_PLACES, WITH_CHOICES, OwnKind

_MOST_COUNTED = 10_000


class OwnField(Record):
    """One field added to one record type. Removing it keeps the values; undo, or `restore`, brings them back."""

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"index_ready", "worked_out", "progress"})

    for_type = models.CharField(_("record type"), max_length=40)
    key = models.CharField(max_length=60, editable=False)
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True)
    choices: "models.JSONField[Any, Any]" = models.JSONField(_("choices"), default=list, blank=True)
    target: "models.CharField[str, str]" = models.CharField(_("links to"), max_length=40, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    places = models.PositiveSmallIntegerField(_("decimals"), default=0)
    mandatory = models.BooleanField(_("mandatory"), default=False)
    in_list = models.BooleanField(_("shown in lists"), default=False)
    quick = models.BooleanField(_("fast on big lists"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    index_ready = models.CharField(max_length=40, blank=True, editable=False)
    formula = models.TextField(_("formula"), max_length=2_000, blank=True)
    result = models.CharField(_("result"), max_length=20, blank=True)
    rolled_type = models.CharField(_("rolled-up records"), max_length=40, blank=True)
    rolled_link = models.CharField(_("linked by"), max_length=60, blank=True)
    rolled_how = models.CharField(_("rolled up by"), max_length=10, blank=True)
    rolled_field = models.CharField(_("rolled-up field"), max_length=60, blank=True)
    rolled_where = models.CharField(_("only where"), max_length=300, blank=True)
    for_everyone = models.BooleanField(_("shown to all"), default=False)
    worked_out = models.CharField(max_length=40, blank=True, editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("own field")
        verbose_name_plural = _("own fields")
        constraints = [models.UniqueConstraint(fields=["for_type", "key"], name="own_field_key")]

    @classmethod
    def title_of(cls, values: Any) -> str:
        """The label."""
        return str(values.get("label") or "")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Which fields there are is no secret to whoever is signed in."""
        return actor.user_id is None and super().restricts(actor)

    @property
    def is_removed(self) -> bool:
        """Whether it is no field at present."""
        return self.removed_at is not None

    @property
    def described_kind(self) -> OwnKind:
        """What there is to know of its kind."""
        return KINDS[self.kind]

    @property
    def is_derived(self) -> bool:
        """Whether its values are worked out from others."""
        return self.kind in DERIVED_KINDS

    @verb(label=_("Remove"), past=_("removed"))
    def remove(self) -> None:
        """Take the field off its records. Their values are kept, and come back with the field."""
        refuse_needed(self)
        self.worked_out = ""
        self._set_removed(now())

    @verb(label=_("Bring back"), past=_("brought back"))
    def restore(self) -> None:
        """Make it a field again, with the values it had."""
        self._set_removed(None)

    @verb(label=_("Move"), past=_("moved"), permission=".change")
    def move_to(self, position: int, *, instead_of: "OwnField") -> None:
        """Take the place of another field of the same type, which takes this one's."""
        instead_of.position, self.position = self.position, position
        instead_of.save()
        self.save()

    @verb(label=_("Delete for good"), past=_("deleted for good"), risk=Risk.IRREVERSIBLE)
    def purge(self) -> None:
        """Delete a removed field together with all values that records hold; nothing brings them back."""
        if not self.is_removed:
            raise Problem(gettext("Remove the field first. A removed field can be deleted for good."))
        UsedKey.objects.filter(for_type=self.for_type, key=self.key).update(purged=self.label)
        purge_later(self.for_type, self.key)
        self.delete()

    def _set_removed(self, moment: datetime | None) -> None:
        self.removed_at = moment
        self.save()

    def save(self, *args: Any, **options: Any) -> None:
        """A new field gets its key and comes last."""
        if self._state.adding:
            self.key = self.key or take_key(self.for_type, self.label)
            known = OwnField._base_manager.filter(for_type=self.for_type)
            self.position = self.position or (known.aggregate(models.Max("position"))["position__max"] or 0) + 1
        super().save(*args, **options)

    def clean(self) -> None:
        """Raise `ValidationError` where a part that the kind needs is missing or wrong."""
        self.label = " ".join(self.label.split())
        if self.kind not in KINDS:
            raise ValidationError({"kind": gettext("There is no such kind of field. Choose one of the list.")})
        if self.for_type not in RECORD_TYPES:
            raise ValidationError({"for_type": gettext("There is no such record type. Choose one of the list.")})
        if self.kind in WITH_CHOICES:
            self.choices = read_choices(self.choices)
        if self.kind == "link" and self.target not in RECORD_TYPES:
            raise ValidationError({"target": gettext("Choose which records the field links to.")})
        if not self._state.adding:
            refuse_used_choices(self)
        if self.is_derived:
            check_derived(self)
        if self.places > MOST_PLACES:
            raise ValidationError({"places": gettext("At most %(most)d decimals are kept.") % {"most": MOST_PLACES}})


def purge_later(for_type: str, key: str) -> None:
    """Take the values of a field off all records, in the background."""
    from ..jobs import purge_values  # jobs need the queue's app, loaded after the models

    purge_values.defer(for_type=for_type, key=key)


def check_derived(own: OwnField) -> None:
    """Raise `ValidationError` where a formula or roll-up makes no sense; keep a formula by the keys of its fields."""
    from ..own.derived.checking import understand  # it reads own fields

    understand(own)


def refuse_needed(own: OwnField) -> None:
    """Raise `Problem` when others are worked out from the field."""
    from ..own.derived.checking import resting_on  # it reads own fields

    needing = resting_on(own)
    if needing:
        words = {"field": own.label, "others": ", ".join(f"“{other.label}”" for other in needing)}
        raise Problem(gettext("“%(field)s” can't be removed: %(others)s follow from it. Remove those first.") % words)


def refuse_used_choices(own: OwnField) -> None:
    """Raise `ValidationError` when a choice was taken off the list that records still hold."""
    before = OwnField._base_manager.filter(pk=own.pk).values_list("choices", flat=True).first() or []
    kept = {choice["code"] for choice in own.choices}
    model = RECORD_TYPES[own.for_type]
    for choice in (known for known in before if known["code"] not in kept):
        holds = {own.key: choice["code"]} if own.kind == "choice" else {own.key: [choice["code"]]}
        count = model._base_manager.filter(attributes__contains=holds)[:_MOST_COUNTED].count()
        if count:
            message = gettext("%(count)d records hold “%(choice)s”. Change them first, or rename it.")
            raise ValidationError({"choices": message % {"count": count, "choice": choice["label"]}})


class UsedKey(models.Model):
    """A key that a field has or had: never given twice, since records may still hold values under it.

    `purged` is the label of a field that was deleted for good: what the history holds under its key is told to nobody.
    """

    for_type = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    purged = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["for_type", "key"], name="used_key")]

    def __str__(self) -> str:
        return f"{self.for_type}.{self.key}"


def take_key(for_type: str, label: str) -> str:
    """The key of a new field, made from its label, that no field of the type ever had; with `_id` it is a link's."""
    taken = set(UsedKey.objects.filter(for_type=for_type).values_list("key", flat=True))
    known = taken | {name.removesuffix("_id") for name in taken} | {f"{name}_id" for name in taken}
    key = free(f"{PREFIX}{slug(label, 'field')}", known)
    UsedKey.objects.create(for_type=for_type, key=key)
    return key
