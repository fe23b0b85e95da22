"""Stamps: a file that remembers the hash of what something was made from, so that it is made again only when needed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *, also: str = "") -> str:
    """The hash over the names and contents of files, and over a text."""
    digest = hashlib.sha256(also.encode())
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    """Whether the stamp remembers this hash."""
    return stamp.exists() and stamp.read_text().strip() == value


def set_stamp(stamp: Path, value: str) -> None:
    """Remembers the hash."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value + "\n")
