"""What keeps people awake: tests of attention, and answering before the machine."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import verb


class Vigilance(Record):
    """One row at most. Everybody sees what is on.

    `is_on`: wrong proposals stand among the real ones, told of beforehand and never carried out; off until turned on.
    `asks_first`: where much hangs on a decision, people answer before they see the machine's; on until turned off.
    """

    is_on = models.BooleanField(default=False)
    asks_first = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("test of attention")
        verbose_name_plural = _("tests of attention")

    @property
    def title(self) -> str:
        """What it is."""
        return str(self._meta.verbose_name_plural)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """No secret to whoever is signed in: tests are disclosed."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    @verb(label=_("Turn tests of attention on or off"), past=_("turned tests of attention on or off"))
    def turn(cls, *, on: bool) -> "Vigilance":
        """Put about one wrong proposal among fifty from now on, or no longer."""
        found = cls._base_manager.first() or cls()
        found.is_on = on
        found.save()
        return found

    @classmethod
    @verb(label=_("Ask people first, or no longer"), past=_("turned asking people first on or off"))
    def ask_first(cls, *, on: bool) -> "Vigilance":
        """Ask for a person's own answer before the machine's where much hangs on it, or no longer."""
        found = cls._base_manager.first() or cls()
        found.asks_first = on
        found.save()
        return found
