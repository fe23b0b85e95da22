"""Duplicates found: searches, the pairs they found, and what people said about pairs."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.core.verbs import verb


class SearchState(models.TextChoices):
    """How far a search is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")


class DuplicateSearch(models.Model):
    """One look through all records of a type: how far it is, what it learned, from where on its pairs are sure.

    `done` of `total` pairs are compared; with `since` only those of records that were written after that moment.
    """

    for_type = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=SearchState.choices, default=SearchState.WAITING)
    asked_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    compared = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    sure_from = models.FloatField(default=1.1)
    learned = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["for_type", "-id"], name="newest_duplicate_search")]

    def __str__(self) -> str:
        return f"{self.for_type}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (SearchState.WAITING, SearchState.RUNNING)


class DuplicatePair(models.Model):
    """Two records that probably stand for the same thing: how probably, and what each field said, in bits.

    `left_id` is the older one. Pairs of one `group` hang together. A new search takes the place of the last one's.
    """

    for_type = models.CharField(max_length=40)
    group = models.UUIDField()
    left_id = models.UUIDField()
    right_id = models.UUIDField()
    probability = models.FloatField()
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left_id", "right_id"], name="duplicate_pair_is_unique")]
        indexes = [
            models.Index(fields=["for_type", "-probability"], name="duplicate_pairs_by_sureness"),
            models.Index(fields=["group"], name="duplicate_pairs_of_group"),
            models.Index(fields=["right_id"], name="duplicate_pairs_of_right"),
        ]

    def __str__(self) -> str:
        return f"{self.for_type} {self.left_id} = {self.right_id}"


class PairVerdict(models.TextChoices):
    """What somebody said about a pair."""

    DIFFERENT = "different", _("not the same")
    LATER = "later", _("later")


class DuplicateDecision(Record):
    """What somebody said about two records: that they are different, or that they want to look later."""

    for_type = models.CharField(_("record type"), max_length=40)
    left_id = models.UUIDField(_("first record"))
    right_id = models.UUIDField(_("second record"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=PairVerdict.choices)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("word on a pair")
        verbose_name_plural = _("words on pairs")
        constraints = [models.UniqueConstraint(fields=["left_id", "right_id"], name="one_word_on_a_pair")]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The verdict."""
        return str(PairVerdict(values["verdict"]).label)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Pairs are asked for through the records they are about."""
        return not actor.sees_everything

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """None by themselves."""
        return Q(pk__in=[])

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever may merge records of the type."""
        return actor.may(f"{self.for_type}.merge_into")

    @classmethod
    @verb(label=_("Say about a pair"), past=_("said about a pair"), permission="duplicatedecision.decide")
    def decide(cls, *, for_type: str, one: UUID, other: UUID, verdict: str, until: Any = None) -> Self:
        """Remember that two records are not the same, or to ask later; said anew, the last word holds."""
        left, right = sorted((one, other))
        known = cls._base_manager.filter(left_id=left, right_id=right).first()
        said = known or cls(for_type=for_type, left_id=left, right_id=right)
        said.verdict, said.until = verdict, until
        said.check_facts()
        said.save()
        return said


def in_force() -> Q:
    """Decisions that hold now: for good, or until a moment to come."""
    return Q(until=None) | Q(until__gt=now())
