"""What a file is, told from its content; its name must not promise something else."""

import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from rapport.core.archives import BROKEN, has_long_list
from rapport.core.problems import Problem

_HEAD = 8192
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type and the endings its name may have; no ending means any that isn't claimed."""

    content_type: str
    endings: frozenset[str]


def _kind(content_type: str, *endings: str) -> Kind:
    return Kind(content_type, frozenset(endings))


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_TEXT = _kind("text/plain", "txt", "md", "log", "csv", "tsv", "json", "ics", "vcf", "eml")
_MARKUP = _kind("application/x-markup", "xml", "html", "htm", "svg", "txt", "md", "eml")
_OLE = _kind("application/x-ole-storage", "doc", "xls", "ppt", "msg")
_ZIP = _kind("application/zip", "zip")

_SIGNATURES: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"%PDF-", _kind("application/pdf", "pdf")),
    (0, b"\x89PNG\r\n\x1a\n", _kind("image/png", "png")),
    (0, b"\xff\xd8\xff", _kind("image/jpeg", "jpg", "jpeg")),
    (0, b"GIF87a", _kind("image/gif", "gif")),
    (0, b"GIF89a", _kind("image/gif", "gif")),
    (8, b"WEBP", _kind("image/webp", "webp")),
    (8, b"WAVE", _kind("audio/wav", "wav")),
    (0, b"ID3", _kind("audio/mpeg", "mp3")),
    (0, b"OggS", _kind("audio/ogg", "ogg", "oga", "opus")),
    (4, b"ftypM4A", _kind("audio/mp4", "m4a")),
    (4, b"ftyp", _kind("video/mp4", "mp4", "m4v", "mov")),
    (0, b"{\\rtf", _kind("application/rtf", "rtf")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
)
_ZIPPED: tuple[tuple[str, Kind], ...] = (
    ("word/document.xml", _kind(f"{_OFFICE}wordprocessingml.document", "docx")),
    ("xl/workbook.xml", _kind(f"{_OFFICE}spreadsheetml.sheet", "xlsx")),
    ("ppt/presentation.xml", _kind(f"{_OFFICE}presentationml.presentation", "pptx")),
)
_DECLARED: dict[bytes, Kind] = {
    f"{_OPEN}{name}".encode(): _kind(f"{_OPEN}{name}", ending)
    for name, ending in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
_SHEBANG = b"#!"


def recognise(path: Path, name: str) -> Kind:
    """The kind of the file at `path`, which a user calls `name`; raises `Problem` when it isn't taken."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = _by_signature(head) or _by_archive(path, head) or _by_text(head)
    if kind is None:
        raise Problem(
            _("Files of this kind are not taken. Choose a document, sheet, picture, recording, mail or text.")
        )
    if ending_of(name) not in kind.endings:
        raise Problem(
            _("“%(name)s” is not what its name says: its content is %(kind)s. Give it the right ending.")
            % {"name": name, "kind": kind.content_type}
        )
    return kind


def ending_of(name: str) -> str:
    """What follows the last full stop, in lower case."""
    return PurePosixPath(name).suffix.lstrip(".").lower()


def checked_name(name: str) -> str:
    """A name to show: without folders, control characters and tricks of writing direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip(" .")
    if not plain:
        raise Problem(_("This file has no name. Give it one."))
    stem, ending = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    return f"{stem[: _LONGEST_NAME - len(ending)]}{ending}" if len(plain) > _LONGEST_NAME else plain


def _by_signature(head: bytes) -> Kind | None:
    return next((kind for start, mark, kind in _SIGNATURES if head[start : start + len(mark)] == mark), None)


def _by_archive(path: Path, head: bytes) -> Kind | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    if has_long_list(path):
        return _ZIP
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype") if "mimetype" in names and _is_small(archive) else b""
    except BROKEN:
        return None
    office = next((kind for part, kind in _ZIPPED if part in names), None)
    return office or _DECLARED.get(declared) or _ZIP


def _is_small(archive: zipfile.ZipFile) -> bool:
    return archive.getinfo("mimetype").file_size < 200


def _by_text(head: bytes) -> Kind | None:
    """Text in UTF-8, UTF-16 with its mark, or a Western one-byte encoding; never a program.

    What begins like a page is told apart, so that nobody shows it where it could act as one.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    if head.startswith(_SHEBANG) or any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return None
    return _MARKUP if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else _TEXT
