"""What a backup says about itself: what must be in it, and which Rapport can restore it."""

import json
from dataclasses import asdict, dataclass, field

from rapport.core.problems import Problem

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"
HOME = "home/"


@dataclass(frozen=True)
class Entry:
    """A file of the backup: its length and the SHA-256 of its content."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`tables` are rows by table, `migrations` the last one of each app, `entries` all files by name."""

    made_at: str
    version: str
    tables: dict[str, int]
    migrations: dict[str, list[str]]
    entries: dict[str, Entry] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> bytes:
        """As it stands in the backup."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read(text: bytes) -> Manifest:
    """The manifest of a backup; raises `Problem` when it is none of ours, or of a later format."""
    try:
        content = json.loads(text)
        found = content.pop("entries")
        manifest = Manifest(**content, entries={name: Entry(**entry) for name, entry in found.items()})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Problem("The file is no backup that Rapport made: its manifest can't be read.") from error
    if manifest.format > FORMAT:
        raise Problem(
            f"The backup was made by a newer Rapport ({manifest.version}). Install that version to restore it."
        )
    return manifest
