"""Imports: one run of bringing a set of files in, and the files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor
from rapport.core.bulk import remove_many, restore_many
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import decode
from rapport.core.verbs import verb


class Status(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded", _("uploaded")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    RUNNING = "running", _("running")
    CANCELLED = "cancelled", _("stopped")
    FAILED = "failed", pgettext_lazy("state", "failed")
    DONE = "done", pgettext_lazy("state", "done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class Import(Record):
    """One set of files brought in together: checked, run, reported, undone as a whole.

    Its id is the batch of all its events. How far it is isn't history, so those columns aren't recorded:
    `progress` holds {"phase", "done", "total"}, `options` what the user set, `problem` why it failed, `doubles` the
    rows that are probably on record already (see `checking.doubles`).
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset(
        {"status", "options", "progress", "problem", "stop_asked", "offers_made", "finished_at", "started_at"}
        | {"doubles"}
    )

    name = models.CharField(_("name"), max_length=300)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.UPLOADED)
    options = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    stop_asked = models.BooleanField(default=False)
    doubles = models.JSONField(default=dict)
    offers_made = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """People see their own imports; whoever sees everything or may undo anything sees all."""
        return not actor.sees_everything and not actor.may("event.undo")

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """One's own."""
        return models.Q(started_by_id=actor.user_id) if actor.user_id else models.Q(pk__in=[])

    def may_be_changed_by(self, actor: Actor) -> bool:
        """One's own, or anybody's with the right to undo what others did."""
        return not type(self).restricts(actor) or self.started_by_id == actor.user_id

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.HOME) / "imports" / str(self.pk)

    @classmethod
    @verb(label=_("Prepare an import"), past=_("prepared"), permission="record.import")
    def prepare(cls, *, name: str, started_by_id: Any = None) -> Self:
        """Open an import that files can be added to."""
        opened = cls(name=name[:300], started_by_id=started_by_id)
        opened.save(force_insert=True)
        return opened

    @verb(label=_("Import rows"), past=_("imported"), permission="record.import", in_batches=True)
    def bring_in(self, *, limit: int) -> int:
        """Write the next rows, at most `limit`, and how far we are, in one transaction; returns how many there were."""
        from rapport.integrations.importing.running.chunks import write_next_chunk  # it needs these models

        return write_next_chunk(self, limit=limit)

    @verb(label=_("Make room for an export"), past=_("made room for"), permission="record.import", in_batches=True)
    def make_room(self, *, record_types: Sequence[str]) -> None:
        """Remove what a new instance has of these types, so that an export can bring its own."""
        for record_type in record_types:
            model = RECORD_TYPES[record_type]
            remove_many(model, list(model._base_manager.values_list("pk", flat=True)))

    @verb(label=_("Bring exported records back"), past=_("brought back"), permission="record.import", in_batches=True)
    def bring_back(self, *, record_type: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """Create the records of an export as they were, with their identifiers; returns how many."""
        model = RECORD_TYPES[record_type]
        return len(restore_many(model, [decode(model, row) for row in rows]))


class ImportFile(models.Model):
    """One table of an import: a CSV file, a sheet of a workbook, a list of a JSON file.

    `layout` and `profiles` are what reading found, `mapping` is field by column, `position` the order of import,
    `rows_read` how many rows were staged (`estimated_rows`
    about how many it has), `rows_done` and `links_done` how many the run has written so far. `counts` are rows by
    outcome, kept when the staged rows are forgotten.
    """

    part_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=300)
    stored_as = models.CharField(max_length=120)
    layout = models.JSONField(default=dict)
    profiles = models.JSONField(default=list)
    record_type = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    estimated_rows = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    links_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the uploaded file lies."""
        return self.part_of.folder / self.stored_as

    @property
    def columns(self) -> list[str]:
        """Its headings."""
        return list(self.layout.get("columns", []))
