"""What may not be in the repository, and what must agree in it."""

import re
import tomllib
from pathlib import Path

from rapport.core.home import CHECKOUT
from tests.architecture.sources import GENERATED, code, name_of, repository_files

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers", "data", "info"}
REGISTRY_HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian")
MACHINE_PATH = re.compile(r"""["'\s=(]/(work|home/[a-z]+|root|Users)/""")
LARGEST_FILE = 1024 * 1024
SILENCING = re.compile(r"\bcatch_warnings\b")  # it changes the filters of the whole process while it lasts


def _texts() -> list[tuple[str, str]]:
    found = []
    for path in repository_files():
        try:
            found.append((name_of(path), path.read_text()))
        except UnicodeDecodeError:
            continue
    return found


def test_no_path_of_one_machine_is_written_down() -> None:
    assert not [name for name, text in _texts() if name not in GENERATED and MACHINE_PATH.search(text)]


def test_no_package_registry_is_named() -> None:
    assert not [name for name, text in _texts() for host in REGISTRY_HOSTS if host in text]


def test_modules_are_named_for_what_they_are_about() -> None:
    assert not [name_of(path) for path in code(".py", ".ts") if path.stem in FORBIDDEN_NAMES]


def test_no_thread_silences_the_warnings_of_all_others() -> None:
    assert not [
        name_of(path) for path in code(".py") if name_of(path).startswith("src/") and SILENCING.search(path.read_text())
    ]


def test_no_file_is_heavy() -> None:
    assert not [name_of(path) for path in repository_files() if path.stat().st_size > LARGEST_FILE]


def test_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    running, developing = _locked(CHECKOUT / "requirements.lock"), _locked(CHECKOUT / "requirements-dev.lock")
    assert {_package(line) for line in project["project"]["dependencies"]} <= set(running)
    assert {_package(line) for line in project["dependency-groups"]["dev"]} <= set(developing)
    assert running.items() <= developing.items()


def _package(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement, maxsplit=1)[0].lower()


def _locked(path: Path) -> dict[str, str]:
    """Versions by package; with its marker, where there is one for each system."""
    lines = [line.rstrip(" \\") for line in path.read_text().splitlines() if "==" in line and line[0].isalnum()]
    return dict(line.split("==", 1) for line in lines)
