"""Writes the lock files anew from `pyproject.toml`: `python3 -m toolchain.lock [--upgrade]`.

No addresses of package indexes get into them, only names, versions and hashes.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from toolchain import CHECKOUT, PYTHON
from toolchain.environment import DEVELOPMENT_LOCK, RUN_LOCK, UV_LOCK, ensure_environment
from toolchain.spark import LOCK as SPARK_LOCK

OPTIONS = ("--quiet", "--universal", "--generate-hashes", "--no-annotate", "--python-version", "3.11")


def lock(*, upgrade: bool) -> None:
    """Locks what running needs, then what testing needs with the same versions, then the installer and Spark."""
    ensure_environment(development=True)
    extra = ["--upgrade"] if upgrade else []
    _compile("pyproject.toml", "-o", str(RUN_LOCK), *extra)
    _compile("pyproject.toml", "--group", "dev", "-c", str(RUN_LOCK), "-o", str(DEVELOPMENT_LOCK), *extra)
    with tempfile.TemporaryDirectory() as folder:
        for asked, written in (("uv", UV_LOCK), ("pyspark>=4,<4.1", SPARK_LOCK)):
            wanted = Path(folder) / f"{written.stem}.in"
            wanted.write_text(f"{asked}\n")
            _compile(str(wanted), "-o", str(written), *extra)


def _compile(*arguments: str) -> None:
    environment = {
        **os.environ,
        "UV_CUSTOM_COMPILE_COMMAND": "python3 -m toolchain.lock",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    command = [str(PYTHON), "-m", "uv", "pip", "compile", *OPTIONS, *arguments]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)


if __name__ == "__main__":
    lock(upgrade="--upgrade" in sys.argv[1:])
