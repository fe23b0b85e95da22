"""Downloads: files that are made in the background for one person, and kept for some days."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb


class DownloadState(models.TextChoices):
    """How far a download is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being made")
    READY = "ready", _("ready")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", pgettext_lazy("state", "failed")
    GONE = "gone", _("deleted")


class Download(Record):
    """An export that somebody asked for, with the rights they have while it is made.

    `wanted` names the kind of export and what goes with it; `done` of `total` records are written. How far it is isn't
    history, so those columns aren't recorded.
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset(
        {"state", "done", "total", "size", "problem", "stop_asked", "ready_at", "kept_until"}
    )

    name = models.CharField(_("name"), max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("asked by"), related_name="downloads"
    )
    wanted = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=DownloadState.choices, default=DownloadState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    problem = models.TextField(blank=True)
    stop_asked = models.BooleanField(default=False)
    ready_at = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        asked_by_id: UUID

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [models.Index(fields=["asked_by", "-created_at"], name="download_of_somebody")]

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """People see their own; whoever sees everything sees who exported what, but gets nobody else's file."""
        return not actor.sees_everything

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """One's own."""
        return models.Q(asked_by_id=actor.user_id) if actor.user_id else models.Q(pk__in=[])

    def may_be_changed_by(self, actor: Actor) -> bool:
        """One's own, and by Rapport itself."""
        return actor.kind is ActorKind.SYSTEM or self.asked_by_id == actor.user_id

    @property
    def path(self) -> Path:
        """Where its file lies once it is ready."""
        return Path(settings.HOME) / "exports" / "prepared" / str(self.pk)

    @property
    def is_under_way(self) -> bool:
        """Whether it still waits or is being made."""
        return self.state in (DownloadState.WAITING, DownloadState.RUNNING)

    @classmethod
    @verb(label=_("Export"), past=_("asked for the export"), risk=Risk.EXTERNAL, permission="record.export")
    def ask(cls, *, name: str, file_name: str, wanted: dict[str, Any]) -> Self:
        """Have a file made; the job is deferred with it."""
        actor = current_actor()
        if actor.kind is ActorKind.AI or actor.user_id is None:
            raise Forbidden(_("Exports are asked for by people."))
        from ..exporting.jobs import make_download  # it needs this model

        download = cls(name=name[:200], file_name=file_name[:200], wanted=wanted, asked_by_id=actor.user_id)
        download.save(force_insert=True)
        make_download.defer(download_id=str(download.pk))
        return download

    @verb(label=_("Make ready"), past=_("made ready"), permission="record.export")
    def finish(self) -> None:
        """Tell whoever asked that the file is there."""
        from rapport.activities.notices import NoticeKind, tell

        tell(self.asked_by_id, NoticeKind.EXPORTED, about=self)

    @verb(label=_("Delete the file"), past=_("deleted the file of"), risk=Risk.IRREVERSIBLE, permission="record.export")
    def discard(self) -> None:
        """Delete the file; that it was made stays in the history."""
        self.path.unlink(missing_ok=True)
        models.QuerySet(type(self)).filter(pk=self.pk).update(state=DownloadState.GONE)
        self.state = DownloadState.GONE
