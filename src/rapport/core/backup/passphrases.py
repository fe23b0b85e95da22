"""Passphrases are read from files, so that they stand in no list of running programs."""

from pathlib import Path

from rapport.core.problems import Problem


def passphrase_in(name: str | None) -> str:
    """The first line of a file; nothing when none is named."""
    if not name:
        return ""
    try:
        found = Path(name).read_text("utf-8").splitlines()[:1]
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"The passphrase in {name} can't be read: {error}") from error
    if not found or not found[0].strip():
        raise Problem(f"{name} holds no passphrase. Write it into the first line.")
    return found[0].strip()
