"""The events: one append-only row per verb call, with one `Change` per record row it touched.

Kept append-only by database triggers (see the migrations) and sealed into a hash chain by `seal`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from .actors import ActorKind
from .clock import now


class Event(models.Model):
    """A fact: who did which verb to what, when, from where and why."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=now)
    verb = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in ActorKind])
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    subject_label = models.CharField(max_length=300)
    source = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    batch = models.UUIDField(null=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by", db_index=False)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="event_of_subject"),
            models.Index(fields=["actor_id", "-id"], name="event_of_actor"),
            models.Index(fields=["batch", "id"], name="event_of_batch", condition=models.Q(batch__isnull=False)),
            models.Index(fields=["undoes"], name="event_undoing", condition=models.Q(undoes__isnull=False)),
            models.Index(fields=["-id"], name="event_of_machine", condition=models.Q(actor_kind="ai")),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.subject_label}"

    @property
    def why(self) -> str:
        """The reason: a person's as it was typed, a machine's in the language of whoever reads it."""
        is_own_words = self.actor_kind == ActorKind.HUMAN or not self.reason
        return self.reason if is_own_words else _(self.reason)


class Operation(models.TextChoices):
    """What happened to one row."""

    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"


class Change(models.Model):
    """Before and after of one record's row; `before` and `after` hold only what differs when it was changed.

    It is written with its event, in one transaction, by `work.write_changes` alone, and events can't be deleted: so the
    database needn't ask for each row whether its event is there.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, db_constraint=False, related_name="changes")
    record_type = models.CharField(max_length=40)
    record_id = models.UUIDField()
    operation = models.CharField(max_length=6, choices=Operation.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "-id"], name="change_of_record"),
            models.Index(
                fields=["record_id", "id"], name="change_with_before", condition=models.Q(before__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.record_type} {self.record_id}"


# Called with each event as it is written, in its transaction: what tells the world outside plugs in here.
OUTLETS: list[Callable[[Event], None]] = []

_batch: ContextVar[UUID | None] = ContextVar("batch", default=None)
_source: ContextVar[str | None] = ContextVar("source", default=None)
_reason: ContextVar[str] = ContextVar("reason", default="")
_told: ContextVar[Mapping[str, Any]] = ContextVar("told", default=MappingProxyType({}))
_collected: ContextVar[list[Event] | None] = ContextVar("collected_events", default=None)


@contextmanager
def batch(identifier: UUID | None) -> Iterator[None]:
    """Events written within the block belong together and are undone together; with None they stand alone."""
    token = _batch.set(identifier)
    try:
        yield
    finally:
        _batch.reset(token)


@contextmanager
def because(reason: str, *, source: str | None = None) -> Iterator[None]:
    """Events written within the block carry this reason and, if given, this source."""
    reason_token, source_token = _reason.set(reason), _source.set(source or _source.get())
    try:
        yield
    finally:
        _reason.reset(reason_token)
        _source.reset(source_token)


@contextmanager
def telling(**detail: Any) -> Iterator[None]:
    """Events written within the block carry this besides their own detail."""
    token = _told.set({**_told.get(), **detail})
    try:
        yield
    finally:
        _told.reset(token)


def told_besides() -> Mapping[str, Any]:
    """The detail that events written now carry besides their own."""
    return _told.get()


@contextmanager
def collecting_events() -> Iterator[list[Event]]:
    """Gives the list that events committed within the block are added to, oldest first."""
    events: list[Event] = []
    token = _collected.set(events)
    try:
        yield events
    finally:
        _collected.reset(token)


def collect(event: Event) -> None:
    """Tell whoever is collecting that `event` was written."""
    events = _collected.get()
    if events is not None:
        events.append(event)


def circumstances() -> tuple[UUID | None, str | None, str]:
    """Batch, source and reason that hold for events written now."""
    return _batch.get(), _source.get(), _reason.get()


def history_of(*record_ids: UUID) -> "models.QuerySet[Change]":
    """Every change of these records' rows, newest first, with its event."""
    return Change.objects.filter(record_id__in=record_ids).select_related("event").order_by("-id")
