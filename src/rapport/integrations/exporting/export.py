"""An export as a series of files, and the places it can be written to: a folder, or a zip sent while it is made."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from rapport import __version__
from rapport.activities.models import File
from rapport.activities.storage import path_of
from rapport.core.actors import Actor
from rapport.core.appearing import appearing, naming
from rapport.core.clock import now
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import RECORD_TYPES

from .described import dictionary_of
from .formats import FORMATS
from .kinds import KINDS, Kind, Wanted
from .tables import Table, exported_types

MANIFEST = "manifest.json"
DICTIONARY = "dictionary.json"
FORMAT = 1
_BLOCK = 1 << 20
_TOLD_EVERY = 500
Tell = Callable[[int], None]
Part = tuple[str, Iterator[bytes]]


def _nobody_told(_rows: int) -> None:
    return


@dataclass
class Export:
    """What to export, for whom. `parts` gives the files in order, the manifest last; each must be read to its end."""

    actor: Actor
    record_types: tuple[str, ...] = ()
    format: str = "csv"
    tell: Tell = _nobody_told
    _types: dict[str, dict[str, Any]] = field(default_factory=dict)
    _files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise `Problem` for what can't be exported, `Forbidden` for whom may not."""
        if not self.actor.may("record.export"):
            raise Forbidden(_("Your role does not allow exporting. Ask an administrator."))
        known = exported_types(self.actor)
        unknown = [name for name in self.record_types if name not in known]
        if unknown or self.format not in FORMATS:
            told = {"what": ", ".join(unknown) or self.format, "known": ", ".join(known)}
            raise Problem(_("“%(what)s” can't be exported. Choose from: %(known)s.") % told)
        self.record_types = self.record_types or known

    def count(self, *, most: int | None = None) -> int:
        """How many records it has, of each type up to `most`."""
        found = (RECORD_TYPES[name].objects.visible_to(self.actor).order_by() for name in self.record_types)
        return sum((rows[:most] if most else rows).count() for rows in found)

    @property
    def rows(self) -> int:
        """How many records were exported so far."""
        return sum(described["rows"] for described in self._types.values())

    def parts(self) -> Iterator[Part]:
        """Each file of the export: its name and its content in pieces."""
        for record_type in self.record_types:
            name = f"records/{record_type}.{FORMATS[self.format].suffix}"
            yield name, self._noted(name, self._table(record_type))
        yield DICTIONARY, self._noted(DICTIONARY, iter([dictionary_of(self.actor, self.record_types)]))
        if File.record_type in self.record_types:
            yield from self._contents()
        yield MANIFEST, iter([self._manifest()])

    def _table(self, record_type: str) -> Iterator[bytes]:
        described: dict[str, Any] = {"file": f"records/{record_type}.{FORMATS[self.format].suffix}", "rows": 0}
        self._types[record_type] = described

        def count() -> None:
            described["rows"] += 1
            if described["rows"] % _TOLD_EVERY == 0:
                self.tell(self.rows)

        yield from FORMATS[self.format].write(Table(record_type, self.actor), count)
        self.tell(self.rows)

    def _contents(self) -> Iterator[Part]:
        digests = File.objects.visible_to(self.actor).order_by().values_list("sha256", flat=True).distinct()
        for digest in digests.iterator():
            path = path_of(digest)
            self.tell(self.rows)
            if path.exists():
                yield f"files/{digest}", self._noted(f"files/{digest}", _blocks(path))

    def _noted(self, name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        digest, length = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            length += len(piece)
            yield piece
        self._files[name] = {"bytes": length, "sha256": digest.hexdigest()}

    def _manifest(self) -> bytes:
        content = {
            "rapport_export": FORMAT,
            "version": __version__,
            "made_at": now(),
            "format": self.format,
            "types": self._types,
            "files": self._files,
            "left_out": _("History, passwords, tokens, webhooks, notifications and earlier imports are not in here."),
        }
        return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def write_folder(export: Export, folder: Path) -> None:
    """Write an export into a new or empty folder; it is not complete before its manifest is there."""
    if folder.exists() and any(folder.iterdir()):
        raise Problem(_("The folder %(folder)s is not empty. Choose another one.") % {"folder": folder})
    for name, pieces in export.parts():
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with naming(path), path.open("xb") as file:
            path.chmod(0o600)
            file.writelines(pieces)


def write_file(export: Export, path: Path) -> None:
    """Write an export of one type as that file alone, or any export as a zip; it appears when it is complete."""
    with appearing(path) as file:
        file.writelines(zip_pieces(export) if path.suffix == ".zip" else next(export.parts())[1])


def zip_pieces(export: Export) -> Iterator[bytes]:
    """An export as a zip archive, in pieces, made while they are taken."""
    buffer = _Buffer()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in export.parts():
            with archive.open(name, "w", force_zip64=True) as target:
                for piece in pieces:
                    target.write(piece)
                    yield buffer.taken()
    yield buffer.taken()


class _Buffer(io.RawIOBase):
    """What was written since it was last taken; can't be gone back in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, content: Any) -> int:
        """Keep a piece."""
        self._parts.append(bytes(content))
        return len(content)

    def taken(self) -> bytes:
        """All of it, once."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _wanted(actor: Actor, wanted: Wanted) -> Export:
    return Export(actor, tuple(wanted["types"]), wanted["format"])


def _made(actor: Actor, wanted: Wanted, tell: Tell) -> Iterator[bytes]:
    export = _wanted(actor, wanted)
    export.tell = tell
    return zip_pieces(export)


KINDS["records"] = Kind(lambda actor, wanted: _wanted(actor, wanted).count(), _made)
