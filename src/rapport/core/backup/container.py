"""The file of a backup: a zip archive, written as a stream; with a passphrase a zip that holds the sealed one."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from rapport.core.appearing import appearing
from rapport.core.archives import BROKEN
from rapport.core.problems import Problem

from . import encryption, manifest
from .manifest import Entry, Manifest

KEY = "key.age"
SEALED = "backup.age"
_BLOCK = 1 << 20


class Writer:
    """Adds files to a backup, noting what they were."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, blocks: Iterable[bytes], *, compress: bool = True) -> None:
        """Add a file of any length."""
        described = zipfile.ZipInfo(name)
        described.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        digest, length = hashlib.sha256(), 0
        with self._archive.open(described, "w", force_zip64=True) as target:
            for block in blocks:
                digest.update(block)
                length += len(block)
                target.write(block)
        self.entries[name] = Entry(length, digest.hexdigest())

    def close(self, described: Manifest) -> None:
        """Add the manifest, last."""
        self._archive.writestr(manifest.NAME, described.as_json())


@contextmanager
def written(path: Path, *, passphrase: str = "") -> Iterator[Writer]:
    """A new backup file; it appears under its name when it is complete, and not at all after a failure."""
    with appearing(path) as file, _archive(file, passphrase) as archive:
        yield Writer(archive)


@contextmanager
def _archive(file: IO[bytes], passphrase: str) -> Iterator[zipfile.ZipFile]:
    if not passphrase:
        with zipfile.ZipFile(file, "w") as archive:
            yield archive
        return
    identity = encryption.new_identity()
    with zipfile.ZipFile(file, "w") as outer:
        outer.writestr(KEY, encryption.locked(identity, passphrase))
        with (
            outer.open(zipfile.ZipInfo(SEALED), "w", force_zip64=True) as target,
            encryption.sealed(target, identity) as stream,
            zipfile.ZipFile(stream, "w") as archive,
        ):
            yield archive


class Reader:
    """Reads a backup whose archive is whole."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        if manifest.NAME not in archive.namelist():
            raise Problem("The file is no backup that Rapport made: it has no manifest.")
        self.manifest = manifest.read(b"".join(self.blocks(manifest.NAME)))

    def check(self) -> None:
        """Read everything once; raises `Problem` naming the first file that isn't what the manifest says."""
        for name, expected in self.manifest.entries.items():
            digest, length = hashlib.sha256(), 0
            for block in self.blocks(name):
                digest.update(block)
                length += len(block)
            if (length, digest.hexdigest()) != (expected.bytes, expected.sha256):
                raise Problem(f"The backup is damaged: {name} isn't what was written.")

    def blocks(self, name: str) -> Iterator[bytes]:
        """The content of a file, in pieces."""
        return _blocks(self._archive, name)


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                yield block
    except BROKEN as error:
        raise Problem(f"The backup is damaged: {name} can't be read.") from error


@contextmanager
def opened(path: Path, *, passphrase: str, aside: Path) -> Iterator[Reader]:
    """A backup to read; a sealed one is decrypted into the folder `aside` first. Raises `Problem` when it is broken."""
    with _zip(path) as outer:
        if KEY not in outer.namelist():
            yield Reader(outer)
            return
        if not passphrase:
            raise Problem("The backup is sealed. Give its passphrase with --passphrase-file.")
        identity = encryption.unlocked(b"".join(_blocks(outer, KEY)), passphrase)
        with TemporaryDirectory(prefix=".opened-", dir=aside) as folder:
            plain = Path(folder) / "backup.zip"
            with outer.open(SEALED) as source, plain.open("xb") as target:
                encryption.open_sealed(source, target, identity)
            with _zip(plain) as archive:
                yield Reader(archive)


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Problem(f"There is no file {path}.") from None
    except BROKEN as error:
        raise Problem(f"{path.name} is no whole backup: it was cut off, or is something else.") from error
    with archive:
        yield archive


def unpack(reader: Reader, name: str, path: Path) -> None:
    """Write a file of the backup to the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as target:
        path.chmod(0o600)
        for block in reader.blocks(name):
            target.write(block)


def has_room(folder: Path, needed: int) -> bool:
    """Whether so many bytes more fit on the disk of a folder."""
    return shutil.disk_usage(folder).free > needed
