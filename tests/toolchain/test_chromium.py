"""The browser tests' Chromium: found, installed where we may, otherwise a sentence that says what to do."""

import os
from pathlib import Path

import pytest

from toolchain.chromium import ensure_chromium, find_chromium


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs are those put into the folder this gives."""
    monkeypatch.delenv("RAPPORT_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_named_browser_is_taken(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_CHROMIUM", "/opt/chromium")
    assert find_chromium() == "/opt/chromium"


def test_an_installed_browser_is_found(bare_machine: Path) -> None:
    _program(bare_machine / "chromium", "exit 0")
    assert find_chromium() == str(bare_machine / "chromium")


def test_who_may_not_install_is_told_what_to_do(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    _program(bare_machine / "apt-get", "exit 0")
    with pytest.raises(SystemExit, match=r"`apt-get install chromium`.*RAPPORT_CHROMIUM=.*\./test fast"):
        ensure_chromium()


def test_without_apt_even_root_is_told_what_to_do(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit, match="need Chromium"):
        ensure_chromium()


def test_root_gets_it_from_the_systems_packages(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    browser = f"printf '#!/bin/sh\\n' > {bare_machine}/chromium; /bin/chmod +x {bare_machine}/chromium"
    _program(bare_machine / "apt-get", f'echo "$@" >> {bare_machine}/asked; [ "$1" = update ] || {{ {browser}; }}')
    ensure_chromium()
    update, install = (bare_machine / "asked").read_text().splitlines()
    assert update == "update -qq"
    assert install.startswith("install -y -qq --no-install-recommends chromium ")
    assert find_chromium() == str(bare_machine / "chromium")


def test_an_installation_that_fails_is_told(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    _program(bare_machine / "apt-get", "exit 100")
    with pytest.raises(SystemExit, match=r"could not be installed.*\./test fast"):
        ensure_chromium()


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
