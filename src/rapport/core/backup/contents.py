"""What of the home folder belongs into a backup: all state but the database's own folder and what is made anew."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from rapport.core.problems import Problem

LEFT_OUT = frozenset(
    {
        *("database", "backups", "restoring", "benchmarks", "static", "last-backup.json", "run.lock"),
        *("exports", "incoming", "outbox"),
    }
)
BEFORE_RESTORE = "before-restore-"
_PASSING = (".lock", ".part", ".tmp")


def state_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Each file of the home folder that a backup holds, by its name within the folder."""
    for place in sorted(home.iterdir()):
        if place.name in LEFT_OUT or place.name.startswith((BEFORE_RESTORE, ".")):
            continue
        for path in (place,) if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix not in _PASSING:
                yield path.relative_to(home).as_posix(), path


def safe_path(folder: Path, name: str) -> Path:
    """Where a file of a backup goes; raises `Problem` for a name that leads out of the folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or parts[0] in LEFT_OUT:
        raise Problem(f"The backup holds a file that has no place here: {name[:80]}")
    return folder.joinpath(*parts)
