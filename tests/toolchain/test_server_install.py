"""The recipes for a server: what they name exists, and the container's steps work when done by hand."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from rapport.cli.command import all_commands
from rapport.core.home import CHECKOUT
from tests.toolchain.served import free_port

DEPLOY = CHECKOUT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
GUIDE = CHECKOUT / "docs" / "how-to" / "install-on-a-server.md"
CONTAINERFILE = CHECKOUT / "Containerfile"


def test_the_units_run_commands_that_exist() -> None:
    asked = {match for unit in UNITS for match in re.findall(r"rapport\.cli (\w+)", unit.read_text())}
    assert asked == {"migrate", "web", "worker"}
    assert asked <= {command.name for command in all_commands()}


def test_the_container_runs_commands_that_exist() -> None:
    text = CONTAINERFILE.read_text()
    asked = set(re.findall(r'CMD \["(\w+)"\]', text)) | set(re.findall(r'"rapport\.cli", "(\w+)"', text))
    assert asked == {"web", "healthy"}
    assert asked <= {command.name for command in all_commands()}


def test_every_setting_of_the_example_is_one_we_read_and_is_explained() -> None:
    names = set(re.findall(r"^(?:# )?([A-Z_]+)=", (DEPLOY / "rapport.env").read_text(), re.MULTILINE))
    source = "".join(path.read_text() for path in (CHECKOUT / "src").rglob("*.py"))
    explained = "".join(path.read_text() for path in (CHECKOUT / "docs" / "how-to").glob("*.md"))
    assert {name for name in names if f'"{name}"' not in source} == set()
    assert {name for name in names if f"`{name}" not in explained} == set()


def test_the_guide_names_every_file() -> None:
    guide = GUIDE.read_text()
    for path in (CONTAINERFILE, *DEPLOY.rglob("*.*")):
        assert path.name.replace("@.", "@") in guide.replace("@.", "@"), path


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd-analyze")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/rapport/.venv/bin/python", "/bin/true"))
    command = ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_the_containers_steps_give_a_server_that_answers(tmp_path: Path) -> None:
    """What the recipe copies and runs, in a folder of its own, against an empty database of a server."""
    place = _copied(tmp_path / "opt")
    for command in re.findall(r"^RUN (python3 .*?)(?: && .*)?$", CONTAINERFILE.read_text(), re.MULTILINE):
        subprocess.run(command.split(), cwd=place, check=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS rapport_recipe")
        cursor.execute("CREATE DATABASE rapport_recipe")
    python, environment = place / ".venv" / "bin" / "python", _environment(tmp_path)
    rapport = [str(python), "-m", "rapport.cli"]
    subprocess.run([*rapport, "migrate"], cwd=place, env=environment, check=True)
    with (
        subprocess.Popen([*rapport, "web"], cwd=place, env=environment) as web,
        subprocess.Popen([*rapport, "worker"], cwd=place, env=environment) as worker,
    ):
        try:
            assert _becomes_healthy([*rapport, "healthy"], environment)
        finally:
            web.terminate()
            worker.terminate()


def _copied(place: Path) -> Path:
    place.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=CHECKOUT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x"], cwd=place, input=archive, check=True)
    return place


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RAPPORT_", "DJANGO_"))}
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}@/rapport_recipe?host={known['HOST']}"
    home = folder / "var"
    home.mkdir()
    return {**kept, "DATABASE_URL": url, "RAPPORT_HOME": str(home), "PORT": str(free_port()), "HOST": "127.0.0.1"}


def _becomes_healthy(command: list[str], environment: dict[str, str]) -> bool:
    for _try in range(60):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return "ok      worker" in done.stdout
        subprocess.run(["sleep", "1"], check=True)
    return False
