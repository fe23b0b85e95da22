"""The anchor of the history: its newest seal, noted outside the database, in the home folder.

The chain alone can't show that its end was cut off cleanly. The note says how long it was at least, and its hash
stands for everything before it. It is written after each sealing, and never over a history that lacks what it says.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_NAME = "history_anchor"


@dataclass(frozen=True)
class Anchor:
    """A link that the history must have."""

    position: int
    hash: bytes


def anchor_file() -> Path:
    """Where the note lies; who brought an older backup back into a database of their own deletes it."""
    return Path(settings.HOME) / _NAME


def anchor() -> Anchor | None:
    """What was noted last; None before the first note."""
    try:
        position, digest = anchor_file().read_text().split()
        return Anchor(int(position), bytes.fromhex(digest))
    except FileNotFoundError:
        return None


def drop_anchor(now: Anchor) -> None:
    """Note it, durably: the old note stays until the new one is whole."""
    file = anchor_file()
    new = file.with_suffix(".new")
    with new.open("w") as target:
        target.write(f"{now.position} {now.hash.hex()}\n")
        target.flush()
        os.fsync(target.fileno())
    new.replace(file)
