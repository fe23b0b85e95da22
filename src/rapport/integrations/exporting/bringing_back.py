"""Bringing an export back on an empty instance: the same records with the same identifiers, all of them or none."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.activities.storage import put_back
from rapport.core.archives import BROKEN
from rapport.core.attributes import PREFIX
from rapport.core.clock import now
from rapport.core.collection import collecting_seldom
from rapport.core.editions import catch_up
from rapport.core.events import batch
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import recorded_fields
from rapport.governance.models import OwnRecord
from rapport.integrations.importing.progress import note
from rapport.integrations.models import Action, Import, ImportFile, Status

from .export import DICTIONARY, FORMAT, MANIFEST
from .formats import FORMATS
from .tables import LEFT_OUT

_CHUNK = 2_000
_BLOCK = 1 << 20
_OWN = ("owntype", "ownfield")  # they come first: the others can't be understood without them
_BEGINNINGS = ("stage", "pipeline", "currency")  # what a new instance has already, in the order it can be removed
_SWITCH = "stopswitch"  # that for all machines is there from the start, and must never be missing


def is_export(path: Path) -> bool:
    """Whether a folder or zip archive is an export of ours."""
    if path.is_dir():
        return (path / MANIFEST).is_file()
    if path.suffix != ".zip" or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def bring_back(path: Path, *, started_by_id: Any = None) -> Import:
    """Bring all records of an export back; returns the import they belong to, by which that can be undone."""
    with _folder(path) as folder, collecting_seldom():
        manifest = _checked(folder)
        _refuse_unless_empty(manifest)
        with transaction.atomic():
            subject = Import.prepare(name=path.name[:300], started_by_id=started_by_id)
            with batch(subject.pk):
                subject.make_room(record_types=[*_BEGINNINGS, *_switch_of(manifest)])
                for record_type in sorted(manifest["types"], key=lambda name: name not in _OWN):
                    described = manifest["types"][record_type]
                    _bring_type_back(subject, folder, record_type, described, manifest["format"])
            note(subject, status=Status.DONE, started_at=now(), finished_at=now(), offers_made=True)
        _keep_contents(folder, manifest)
    return subject


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(path) as archive:
        folder = Path(name)
        for member in orjson.loads(archive.read(MANIFEST))["files"]:
            _unpack(archive, member, folder)
        (folder / MANIFEST).write_bytes(archive.read(MANIFEST))
        yield folder


def _unpack(archive: zipfile.ZipFile, member: str, folder: Path) -> None:
    target = _inside(folder, member)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(member) as source, target.open("wb") as file:
            while block := source.read(_BLOCK):
                file.write(block)
    except BROKEN as error:
        raise Problem(_("The export is damaged: %(name)s can't be read.") % {"name": member}) from error


def _checked(folder: Path) -> dict[str, Any]:
    """The manifest, once every file is what it says."""
    try:
        manifest: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
        files, kind = manifest["files"], manifest["rapport_export"]
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise Problem(_("This is no complete export: its manifest can't be read.")) from error
    if kind != FORMAT or manifest["format"] not in FORMATS:
        raise Problem(_("The export was made by a newer Rapport. Install that version to bring it back."))
    unknown = [name for name in manifest["types"] if not _is_known(name, manifest["types"])]
    if unknown:
        raise Problem(
            _("The export has record types that are unknown here: %(types)s.") % {"types": ", ".join(unknown)}
        )
    for name, expected in files.items():
        if _digest(_inside(folder, name)) != expected["sha256"]:
            raise Problem(_("The export is damaged: %(name)s isn't what was written.") % {"name": name})
    return manifest


def _is_known(record_type: str, exported: Mapping[str, Any]) -> bool:
    """Whether there is such a record type here, or will be once the own types of the export are there."""
    if record_type in RECORD_TYPES:
        return record_type not in LEFT_OUT
    return record_type.startswith(PREFIX) and "owntype" in exported


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or (
        name != DICTIONARY and path.parent.name not in ("records", "files")
    ):
        raise Problem(_("The export names a file that has no place in it: %(name)s.") % {"name": name[:80]})
    return path


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _switch_of(manifest: Mapping[str, Any]) -> list[str]:
    """The switch makes room only for those that the export brings."""
    return [_SWITCH] if manifest["types"].get(_SWITCH, {}).get("rows") else []


def _refuse_unless_empty(manifest: Mapping[str, Any]) -> None:
    for record_type in manifest["types"]:
        model = RECORD_TYPES.get(record_type, OwnRecord)
        in_the_way: dict[str, Any] = {"is_pulled": True} if record_type == _SWITCH else {}
        if record_type not in _BEGINNINGS and model._base_manager.filter(**in_the_way).exists():
            told = {"type": model._meta.verbose_name_plural}
            raise Problem(_("An export comes back to an empty instance only; there are %(type)s here already.") % told)


def _bring_type_back(
    subject: Import, folder: Path, record_type: str, described: Mapping[str, Any], format_name: str
) -> None:
    model, path = RECORD_TYPES[record_type], _inside(folder, described["file"])
    rows = (_known(model, row) for row in FORMATS[format_name].read(model, path))
    count = 0
    while chunk := list(islice(rows, _CHUNK)):
        count += subject.bring_back(record_type=record_type, rows=chunk)
    if record_type in _OWN:
        catch_up()
    if count != described["rows"]:
        raise Problem(_("The export is damaged: %(name)s isn't what was written.") % {"name": described["file"]})
    ImportFile.objects.create(
        part_of=subject,
        name=described["file"],
        stored_as="",
        record_type=record_type,
        rows_read=count,
        rows_done=count,
        counts={Action.CREATE.value: count},
    )


def _known(model: type[Record], row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that there still are; a row of an older version may have more."""
    names = {field.attname for field in recorded_fields(model)}
    return {name: value for name, value in row.items() if name in names}


def _keep_contents(folder: Path, manifest: Mapping[str, Any]) -> None:
    for name, expected in manifest["files"].items():
        if name == f"files/{expected['sha256']}":
            put_back(_inside(folder, name), sha256=expected["sha256"])
