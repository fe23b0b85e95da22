"""Deleting the content of files for good, once it has gone unneeded for long enough that nobody undoes the removal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from rapport.core.clock import now

from .models import File
from .storage import INCOMING

KEPT_AFTER_REMOVAL = timedelta(days=30)
_UNNEEDED = ".unneeded"


def purge_contents() -> int:
    """Mark contents that no file refers to any more, delete those marked long ago; returns how many were deleted.

    The mark is an empty file beside the content, dated when it was first found unneeded; storing the same content
    again makes that content young.
    """
    root, deleted = Path(settings.MEDIA_ROOT), 0
    for path in root.glob("??/*"):
        if path.suffix != _UNNEEDED and _purge(path):
            deleted += 1
    for path in root.glob(f"{INCOMING}*"):
        if _age(path) > timedelta(days=1):
            path.unlink(missing_ok=True)
    return deleted


def _purge(path: Path) -> bool:
    mark = path.with_suffix(_UNNEEDED)
    if File.objects.filter(sha256=path.name).exists():
        mark.unlink(missing_ok=True)
        return False
    if not mark.exists():
        mark.touch()
        return False
    if min(_age(mark), _age(path)) <= KEPT_AFTER_REMOVAL:
        return False
    path.unlink(missing_ok=True)
    mark.unlink(missing_ok=True)
    return True


def _age(path: Path) -> timedelta:
    return now() - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
