"""The own record type: a kind of record that users added, such as "Site visit" or "Certificate"."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.attributes import PREFIX
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..own.choices import slug
from ..own.rights import Rights
from .own_field import take_key

_OF_TYPES = "record types"
_LONGEST_KEY = 40


class OwnType(Record):
    """A record type of one's own. Removing it keeps its records; undo, or `restore`, brings them back."""

    key = models.CharField(max_length=_LONGEST_KEY, unique=True, editable=False)
    label = models.CharField(_("name of one"), max_length=60)
    plural = models.CharField(_("name of several"), max_length=60)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="box")
    in_navigation = models.BooleanField(_("shown in the navigation"), default=True)
    rights: "models.JSONField[Any, Any]" = models.JSONField(_("rights by role"), default=dict, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("own record type")
        verbose_name_plural = _("own record types")

    @classmethod
    def title_of(cls, values: Any) -> str:
        """Its name for several records."""
        return str(values.get("plural") or "")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Which types there are is no secret to whoever is signed in."""
        return actor.user_id is None and super().restricts(actor)

    @property
    def is_removed(self) -> bool:
        """Whether there are no such records at present."""
        return self.removed_at is not None

    @verb(label=_("Remove"), past=_("removed"))
    def remove(self) -> None:
        """Take the type away. Its records are kept, and come back with it."""
        self._set_removed(now())

    @verb(label=_("Bring back"), past=_("brought back"))
    def restore(self) -> None:
        """Make it a type again, with the records it had."""
        self._set_removed(None)

    def _set_removed(self, moment: datetime | None) -> None:
        self.removed_at = moment
        self.save()

    def clean(self) -> None:
        """Raise `ValidationError` where a name is missing or taken."""
        self.rights = _checked_rights(self.rights)
        self.label, self.plural = " ".join(self.label.split()), " ".join(self.plural.split())
        same = OwnType._base_manager.filter(label__iexact=self.label, removed_at=None).exclude(pk=self.pk)
        if self.removed_at is None and same.exists():
            raise ValidationError({"label": gettext("There is a record type of this name already. Choose another.")})

    def save(self, *args: Any, **options: Any) -> None:
        """A new type gets its key, which no type ever had."""
        if self._state.adding and not self.key:
            self.key = take_key(_OF_TYPES, slug(self.label, "type")[: _LONGEST_KEY - len(PREFIX) - 4])
        super().save(*args, **options)


def _checked_rights(rights: Any) -> dict[str, list[str]]:
    try:
        return Rights().parse(rights)
    except Problem as problem:
        raise ValidationError({"rights": str(problem)}) from problem
