"""Decisions: what a person has to know or choose about values that aren't plainly one thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .imports import Import, ImportFile


class DecisionKind(models.TextChoices):
    """What sort of value a decision is about."""

    SAME = "same", _("the same, written differently")
    LINK = "link", _("names a record we don't have")
    OPEN = "open", _("isn't in the list, which can grow")
    CLOSED = "closed", _("isn't in the list")
    BAD = "bad", _("can't be read")


class Decision(models.Model):
    """One value of one field, with how many rows have it, what it may mean, and what was chosen.

    `scope` says within what the value is the same one: a record type for links, else file and field. `takes` is what
    taking the suggestion stores (a record's id for links), `new_id` the id of the record if one is
    created, `made` that it was.
    """

    part_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="decisions", db_index=False)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=DecisionKind.choices)
    scope = models.CharField(max_length=160)
    key = models.CharField(max_length=300)
    value = models.CharField(max_length=300)
    rows = models.PositiveIntegerField(default=0)
    lines = models.JSONField(default=list)
    suggestion = models.CharField(max_length=300, blank=True)
    takes = models.CharField(max_length=300, blank=True)
    similarity = models.FloatField(null=True)
    reason = models.TextField(blank=True)
    choice = models.CharField(max_length=10, blank=True)
    link_to = models.CharField(max_length=40, blank=True)
    new_id = models.UUIDField(null=True)
    mandatory = models.BooleanField(default=False)
    made = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part_of", "scope", "key"], name="decision_is_made_once")]

    def __str__(self) -> str:
        return f"{self.file_id}|{self.field}:{self.value}"
