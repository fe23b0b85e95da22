"""The commands that come with the command line itself."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from rapport.cli.command import all_commands
from rapport.cli.entry import parsed
from rapport.core.actors import Actor
from rapport.core.problems import Problem
from rapport.core.seal import seal_new_events
from rapport.identity.models import Team, User

Run = Callable[..., str]


@pytest.fixture
def run(as_system: Actor, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process; gives what it answered."""

    def run(*arguments: str) -> str:
        command, options = parsed(list(arguments))
        command.run(options)
        return capsys.readouterr().out

    return run


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What a person pipes into the command."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_every_command_has_help() -> None:
    assert not [command.name for command in all_commands() if not command.help]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["evaluate", "any.csv", "--json"], "--target"), (["evaluate", "any.csv", "--target", "x", "--jsn"], "--jsn")],
)
def test_arguments_that_cannot_be_read_are_refused_as_json_where_it_is_asked_for(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed(arguments)

    told = capsys.readouterr()
    assert ended.value.code == 2
    assert said in told.err
    assert (said in json.loads(told.out)["problem"]) if "--json" in arguments else told.out == ""


MISSING = "MISSING.csv"
LEARNS = ("sklearn", "lightgbm", "rapport.intelligence.tabular", "rapport.intelligence.lifetime")
COMPARES = ("sklearn", "rapport.quality.profiling", "rapport.quality.matching.tables")


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", MISSING, "--target", "x"],
        ["lifetime", MISSING, "--customer", "a", "--date", "b", "--amount", "c", "--horizon-weeks", "4"],
    ],
)
def test_a_missing_file_is_refused_before_what_learns_is_loaded(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, options = parsed([*arguments, "--json"])
    for name in LEARNS:
        monkeypatch.setitem(sys.modules, name, None)

    assert command.run(options) == 2
    assert MISSING in json.loads(capsys.readouterr().out)["problem"]


@pytest.mark.parametrize("name", ["match", "profile"])
def test_a_missing_file_is_refused_before_what_compares_is_loaded(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, options = parsed([name, MISSING, "--json"])
    for module in COMPARES:
        monkeypatch.setitem(sys.modules, module, None)

    assert command.run(options) == 2
    assert MISSING in json.loads(capsys.readouterr().out)["problem"]


def test_count_gives_json_by_record_type(run: Run) -> None:
    Team.create(name="North")
    assert json.loads(run("count", "--json"))["team"] == 1


def test_list_names_what_is_registered(run: Run) -> None:
    found: dict[str, list[dict[str, Any]]] = json.loads(run("list", "--json"))
    assert {"user.deactivate", "team.create"} <= {row["name"] for row in found["verbs"]}
    assert "/healthz" in {row["address"] for row in found["pages"]}
    assert "user.email" in {row["name"] for row in found["fields"]}


def test_a_user_is_added_and_can_log_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "correct horse battery\n")
    run("user", "add", "dora@rapport.example", "--name", "Dora Dupont", "--role", "administrator")
    user = User.objects.get(email="dora@rapport.example")
    assert (user.name, user.role, user.check_password("correct horse battery")) == (
        "Dora Dupont",
        "administrator",
        True,
    )
    assert "Dora Dupont" in run("user", "list")


def test_a_weak_password_leaves_no_half_made_user(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "abc\n")
    with pytest.raises(ValidationError):
        run("user", "add", "dora@rapport.example")
    assert not User.objects.exists()


def test_an_unknown_role_is_explained(run: Run) -> None:
    with pytest.raises(Problem, match="Roles are: administrator"):
        run("user", "add", "dora@rapport.example", "--role", "boss")


def test_verify_history_names_the_first_broken_link(run: Run) -> None:
    Team.create(name="North")
    seal_new_events()
    assert "The history is whole: 1 events" in run("verify-history")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE core_event SET actor_name = 'Somebody else'")
        cursor.execute("SET session_replication_role = DEFAULT")
    assert "Broken at link 1" in run("verify-history")


def test_train_knows_outlooks_as_well(run: Run) -> None:
    assert {"win_probability,", "closing,"} <= set(run("train", "nothing-like-it").split())
    assert "closing: version 1, withdrawn, 0 past cases." in run("train", "closing")
