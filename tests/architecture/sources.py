"""The files of the repository, as the architecture tests look at them."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rapport.core.home import CHECKOUT

GENERATED = (
    "package-lock.json",
    "requirements.lock",
    "requirements-dev.lock",
    "toolchain/uv.lock",
    "toolchain/spark.lock",
)
OUR_CODE = ("src/", "toolchain/", "tests/", "benchmarks/", "demo/")


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is or could be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(CHECKOUT / name for name in names if (CHECKOUT / name).is_file())


def code(*endings: str) -> Iterator[Path]:
    """Files of ours with one of these endings, without migrations."""
    for path in repository_files():
        if path.suffix in endings and name_of(path).startswith(OUR_CODE) and "migrations" not in path.parts:
            yield path


def name_of(path: Path) -> str:
    """The path inside the repository."""
    return path.relative_to(CHECKOUT).as_posix()
