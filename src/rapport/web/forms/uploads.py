"""Files that came with a form: one that was received whole survives a form that has to be mended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from rapport.activities.storage import keep, path_of
from rapport.core.problems import Problem

_SIGNER = TimestampSigner(salt="rapport.upload")
_SECONDS = 24 * 3600
_MOST = 4_000  # characters of a note of ours


@dataclass(frozen=True)
class Upload:
    """A file that was chosen now, or received with an earlier try and kept; `note` names it to the next try."""

    name: str
    sent: "UploadedFile[Any] | None" = None
    sha256: str = ""
    note: str = ""

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Its content."""
        if self.sent is not None:
            yield cast("BinaryIO", self.sent.file)
            return
        with path_of(self.sha256).open("rb") as content:
            yield content

    def kept(self, request: HttpRequest) -> "Upload | None":
        """Store what was received, for the next try of the same person; None for a file that isn't taken at all."""
        if self.sent is None:
            return self
        try:
            self.sent.seek(0)
            content = keep(cast("BinaryIO", self.sent.file), name=self.name)
        except (Problem, OSError):
            return None
        note = _SIGNER.sign_object([content.sha256, self.name, str(request.user.pk)])
        return Upload(self.name, sha256=content.sha256, note=note)


def upload_of(request: HttpRequest) -> Upload | None:
    """The file that came with this form, or that came with it before."""
    sent = request.FILES.get("file")
    return Upload(sent.name or "file", sent=sent) if sent is not None else _kept(request)


def _kept(request: HttpRequest) -> Upload | None:
    note = request.POST.get("kept_file", "")[:_MOST]
    try:
        sha256, name, user_id = _SIGNER.unsign_object(note, max_age=_SECONDS)
    except (BadSignature, ValueError):
        return None
    is_theirs = user_id == str(request.user.pk) and path_of(sha256).exists()
    return Upload(name, sha256=sha256, note=note) if is_theirs else None
