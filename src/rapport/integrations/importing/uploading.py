"""Taking files in: stored under the home folder, inspected, guessed, ready to be mapped."""

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rapport.core.actors import SYSTEM, acting_as, current_actor
from rapport.core.problems import Problem
from rapport.integrations.importing.guessing.guesses import Guess, Precedent, guess, guess_mapping
from rapport.integrations.importing.guessing.profiles import Profile, profile_columns
from rapport.integrations.importing.layouts import layout_of, profile_from, stored_layout, stored_profile
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.reading import FileFormat, Row, UnreadableFile, inspect
from rapport.integrations.importing.reading.inspection import Table
from rapport.integrations.importing.targets import importable_types, target_of
from rapport.integrations.models import Import, ImportFile, KnownKey, StagedRow, Status

MAX_BYTES = 2 << 30
_PRECEDENTS = 200
_BLOCK = 1 << 20
_OWNER: dict[type[Model], str] = {StagedRow: "file__part_of", KnownKey: "part_of"}


@dataclass(frozen=True)
class Upload:
    """A file to take in: what it is called, and an open stream of its bytes."""

    name: str
    stream: BinaryIO


def start_import(
    uploads: Sequence[Upload], *, options: dict[str, object] | None = None, all_or_none: bool = True
) -> Import:
    """Store and inspect files and guess what they hold; raises `Problem` naming the files that can't be used.

    Unless it is all or none, the files that can be used are kept, and the import says which others there were.
    """
    if not uploads:
        raise Problem(_("Choose at least one file."))
    actor = current_actor()
    names = ", ".join(_plain_name(upload.name) for upload in uploads)
    subject = Import.prepare(name=names[:300], started_by_id=actor.user_id)
    subject.folder.mkdir(mode=0o700, parents=True)
    refused = [
        sentence for number, upload in enumerate(uploads, start=1) if (sentence := _taken(subject, upload, number))
    ]
    if refused and (all_or_none or not subject.files.exists()):
        drop(subject)
        raise Problem(" ".join(refused))
    if refused:
        note(subject, problem=" ".join([*refused, _("The other files were read.")]))
    if options:
        set_options(subject, options)
    return subject


def _taken(subject: Import, upload: Upload, number: int) -> str:
    """Take one file in; returns why that was not possible, or nothing."""
    try:
        add_file(subject, upload, number=number)
    except UnreadableFile as problem:
        return _(problem.sentence) % problem.details
    return ""


def drop(subject: Import) -> None:
    """Forget an import that wrote nothing: its files, what was found in them, and itself."""
    shutil.rmtree(subject.folder, ignore_errors=True)
    for model in (StagedRow, KnownKey):
        rows = model._base_manager.filter(**{_OWNER[model]: subject})
        rows._raw_delete(rows.db)
    subject.decisions.all().delete()
    subject.files.all().delete()
    with acting_as(SYSTEM):
        subject.remove()


def set_options(subject: Import, options: dict[str, object]) -> None:
    """Set `system` (what external ids belong to), `existing` ("update" or "skip"), `take_suggestions` or `chunk`."""
    note(subject, options=subject.options | options)


def add_file(subject: Import, upload: Upload, *, number: int) -> list[ImportFile]:
    """Store one file and inspect it; a workbook or JSON file may hold several tables."""
    name = _plain_name(upload.name)
    stored_as = f"{number:03d}{_suffix(name)}"
    path = subject.folder / stored_as
    _store(upload.stream, path, name=name)
    try:
        tables = inspect(path)
    except UnreadableFile as problem:
        told = {"file": name, "problem": _(problem.sentence) % problem.details}
        raise UnreadableFile("%(file)s: %(problem)s", **told) from problem
    files = []
    for table in tables:
        label = f"{name}: {table.layout.sheet}" if table.layout.sheet and len(tables) > 1 else name
        files.append(_table_file(subject, table, name=label[:300], stored_as=stored_as))
    return files


def read_again(file: ImportFile, *, encoding: str = "", delimiter: str = "") -> ImportFile:
    """Inspect a CSV file anew with another encoding or delimiter, and guess again."""
    if layout_of(file).format is not FileFormat.CSV:
        raise Problem(_("Encoding and delimiter are those of CSV files."))
    try:
        (table,) = inspect(file.path, encoding=encoding, delimiter=delimiter)
    except (UnreadableFile, LookupError) as problem:
        told = {"file": file.name, "problem": str(problem)}
        raise Problem(_("%(file)s can't be read so: %(problem)s") % told) from problem
    _describe(file, table)
    file.save()
    return file


def guess_file(file: ImportFile, *, record_type: str = "") -> Guess:
    """What a file probably holds; for a record type already chosen, how its columns are mapped best."""
    profiles = [profile_from(stored) for stored in file.profiles]
    if record_type:
        return guess_mapping(file.name, profiles, target_of(record_type))
    targets = [target_of(name) for name in importable_types(current_actor())]
    return guess(file.name, profiles, targets, precedents=_precedents())


def sample_of(file: ImportFile, *, size: int = 20) -> Sequence[Row]:
    """The first rows of a file."""
    layout = layout_of(file)
    tables = inspect(file.path, encoding=layout.encoding, delimiter=layout.delimiter, sample_size=size)
    return next((table.sample for table in tables if table.layout.sheet == layout.sheet), ())


def _table_file(subject: Import, table: Table, *, name: str, stored_as: str) -> ImportFile:
    file = ImportFile(part_of=subject, name=name, stored_as=stored_as, position=subject.files.count())
    _describe(file, table)
    file.save()
    return file


def _describe(file: ImportFile, table: Table) -> None:
    usable = [row for row in table.sample if not row.problem]
    profiles: tuple[Profile, ...] = profile_columns(table.layout.columns, [row.cells for row in usable])
    file.layout = stored_layout(table.layout)
    file.profiles = [stored_profile(profile) for profile in profiles]
    file.estimated_rows = _estimated_rows(file, table)
    found = guess_file(file)
    file.record_type, file.mapping = found.record_type, found.mapping
    file.reasons = {fit.column: fit.reason for fit in found.fits}


def _estimated_rows(file: ImportFile, table: Table) -> int:
    if table.layout.format is FileFormat.XLSX or not table.sample:
        return len(table.sample)
    length = sum(sum(map(len, row.cells)) + len(row.cells) for row in table.sample) / len(table.sample)
    return max(len(table.sample), int(file.path.stat().st_size / max(length, 1)))


def _precedents() -> Iterable[Precedent]:
    """How earlier imports of anybody were mapped, newest first."""
    used = Q(part_of__status__in=(Status.DONE, Status.UNDONE, Status.CANCELLED))
    files = ImportFile.objects.filter(used).exclude(record_type="").order_by("-id")[:_PRECEDENTS]
    return [Precedent(tuple(file.columns), file.record_type, file.mapping) for file in files]


def _store(stream: BinaryIO, path: Path, *, name: str) -> None:
    size = 0
    with path.open("wb") as target:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > MAX_BYTES:
                raise UnreadableFile(gettext_noop("The file is too large. Split it."))
            target.write(block)
    path.chmod(0o600)


def _plain_name(name: str) -> str:
    """The name of an upload without folders and characters nothing can show."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in bare if character.isprintable())[:200] or "file"


def _suffix(name: str) -> str:
    found = re.search(r"\.(csv|txt|tsv|xlsx|json|jsonl|ndjson)$", name.lower())
    return found[0] if found else ""
