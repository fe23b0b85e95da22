"""The share of records that are decided without their number, and which they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

_MOST = 20


class Exploration(Record):
    """One row at most: whether some records are held back, and how many of a hundred. Everybody sees it."""

    is_on = models.BooleanField(default=True)
    share = models.PositiveSmallIntegerField(default=5)

    class Meta:
        verbose_name = _("records without numbers")
        verbose_name_plural = _("records without numbers")

    @property
    def title(self) -> str:
        """What it is."""
        return str(self._meta.verbose_name)

    @property
    def share_now(self) -> float:
        """The share held back, from 0 to 1."""
        return self.share / 100 if self.is_on else 0.0

    @classmethod
    def now(cls) -> "Exploration":
        """As it is set, or as it is without anybody having set it."""
        return cls._base_manager.first() or cls()

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """No secret to whoever is signed in: it is disclosed."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    @verb(label=_("Decide how many records get no number"), past=_("decided how many records get no number"))
    def choose(cls, *, on: bool, share: int) -> "Exploration":
        """Hold back that many of a hundred from now on, or none."""
        if on and not 1 <= share <= _MOST:
            raise Problem(_("Choose a share from 1 to %(most)d of a hundred.") % {"most": _MOST})
        found = cls.now()
        found.is_on, found.share = on, share if on else found.share
        found.save()
        return found


class HeldBack(models.Model):
    """A record that is decided without its number: since when, and with which probability it was drawn."""

    prediction = models.CharField(max_length=40)
    record_id = models.UUIDField()
    share = models.FloatField()
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "prediction"], name="held_back_once")]

    def __str__(self) -> str:
        return f"{self.prediction} of {self.record_id}"
