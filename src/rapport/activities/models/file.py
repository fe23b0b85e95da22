"""Files: documents kept with a record; the content lies in `storage`, named by its hash."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.verbs import verb

from ..about import Given
from ..content import checked_name
from ..storage import keep
from .activity import Activity


class File(Activity):
    """A document; `subject` is its name, `text` a remark. Removing it keeps the content for undo."""

    content_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, editable=False)

    class Meta(Activity.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [*Activity.Meta.indexes, models.Index(fields=["sha256"], name="file_of_content")]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by its name and remark."""
        return str(values.get("text") or "")

    @classmethod
    @verb(label=_("Attach"), past=_("attached"))
    def attach(cls, content: BinaryIO, *, name: str, about: list[Given], text: str = "", **values: Any) -> Self:
        """Keep a document. Raises `Problem` when it is empty, too large, or not of a kind that is taken.

        The kind is told from the content; a name that promises another kind is refused.
        """
        shown = checked_name(name)
        return cls.create(subject=shown, about=about, text=text, **asdict(keep(content, name=shown)), **values)
