"""Our own Python environment in `.venv`, installed from a lock file with hashes."""

import fcntl
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toolchain import CHECKOUT, ENVIRONMENT, PYTHON
from toolchain.progress import say, step, stop
from toolchain.stamps import fingerprint, is_stamped, set_stamp

STAMP = ENVIRONMENT / "rapport-lock.stamp"
RUN_LOCK = CHECKOUT / "requirements.lock"
DEVELOPMENT_LOCK = CHECKOUT / "requirements-dev.lock"
UV_LOCK = CHECKOUT / "toolchain" / "uv.lock"


def ensure_environment(*, development: bool = False) -> None:
    """Makes `.venv` hold exactly what the lock file says. Does nothing when it already does."""
    with one_at_a_time():
        if is_current(development=development):
            return
        say("Setting up Rapport's own Python environment (first start, or the lock file changed)")
        _make()
        _install(development=development or _holds_development())


def is_current(*, development: bool) -> bool:
    """Whether `.venv` was installed from the present lock file. What tests need includes what running needs."""
    wanted = {_wanted(DEVELOPMENT_LOCK)} if development else {_wanted(RUN_LOCK), _wanted(DEVELOPMENT_LOCK)}
    return PYTHON.exists() and any(is_stamped(STAMP, value) for value in wanted)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Waits for another `./run`, `./test` or `./rapport` that sets up the same checkout."""
    with (CHECKOUT / "pyproject.toml").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _wanted(lock: Path) -> str:
    return lock.name + " " + fingerprint([lock], also=platform.python_version() + str(CHECKOUT))


def _holds_development() -> bool:
    return STAMP.exists() and STAMP.read_text().startswith(DEVELOPMENT_LOCK.name)


def _make() -> None:
    if PYTHON.exists() and _answers():
        return
    with step("making .venv"):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], capture_output=True, check=False)
    if made.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        stop(
            "Python cannot make an environment here. Debian and Ubuntu keep that in a package of its own: "
            "`apt-get install python3-venv`. Then start again."
        )


def _answers() -> bool:
    return subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _install(*, development: bool) -> None:
    lock = DEVELOPMENT_LOCK if development else RUN_LOCK
    STAMP.unlink(missing_ok=True)
    with step(f"installing {lock.read_text().count('==')} packages from {lock.name}"):
        if not (_has_uv() and _installed_by_uv(lock)):
            _install_by_pip(lock)
    _find_package()
    set_stamp(STAMP, _wanted(lock))


def _has_uv() -> bool:
    """Installs uv, the quick installer. Without it pip does the same, slower."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(UV_LOCK)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _installed_by_uv(lock: Path) -> bool:
    command = [
        str(PYTHON),
        "-m",
        "uv",
        "pip",
        "sync",
        "--quiet",
        "--python",
        str(PYTHON),
        "--require-hashes",
        str(lock),
    ]
    # The system's certificates, because companies often have one of their own.
    environment = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1", "UV_SYSTEM_CERTS": "true", **os.environ}
    return subprocess.run(command, check=False, env=environment).returncode == 0


def _install_by_pip(lock: Path) -> None:
    say("  uv could not install them; trying with pip")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode:
        stop(
            "The packages could not be installed; the lines above say why. Rapport needs to reach a Python package "
            "index at its first start. Nothing is broken: start again when it can."
        )


def _find_package() -> None:
    """Lets the environment import `rapport` from the checkout."""
    (folder,) = ENVIRONMENT.glob("lib/python*/site-packages")
    (folder / "rapport.pth").write_text(f"{CHECKOUT / 'src'}\n{CHECKOUT}\n")
