"""Where the content of files lies: under `RAPPORT_HOME/files`, named by its own hash, never by what a user typed."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from rapport.core.problems import Problem

from .content import recognise

INCOMING = "incoming-"
LARGEST = 25 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """Content in the store."""

    sha256: str
    size: int
    content_type: str


def keep(content: BinaryIO, *, name: str) -> Kept:
    """Store what the stream holds; the same content is stored once.

    Raises `Problem` when it is empty, too large, of a kind that isn't taken, or not what its name says.
    """
    folder = _folder()
    descriptor, path = tempfile.mkstemp(dir=folder, prefix=INCOMING)
    incoming = Path(path)
    try:
        with os.fdopen(descriptor, "wb") as target:
            digest, size = _copy(content, target)
        kind = recognise(incoming, name)
        kept = path_of(digest)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming.replace(kept)
    finally:
        incoming.unlink(missing_ok=True)
    return Kept(digest, size, kind.content_type)


def put_back(source: Path, *, sha256: str) -> None:
    """Store content that was stored before, here or elsewhere, and so was looked at; its hash has been checked."""
    kept = path_of(sha256)
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=_folder(), prefix=INCOMING, delete=False) as target:
        with source.open("rb") as content:
            shutil.copyfileobj(content, target)
        target.flush()
        os.fsync(target.fileno())
    Path(target.name).replace(kept)


def path_of(sha256: str) -> Path:
    """Where the content with this hash lies."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("Not the hash of a file.")
    return _folder() / sha256[:2] / sha256


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _copy(content: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise Problem(_("This file is too large: at most %(most)d MB are taken.") % {"most": LARGEST // 1024**2})
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise Problem(_("This file is empty. Choose another one."))
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size
