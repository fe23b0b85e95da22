"""`./rapport ai stop`: the switch is pulled before Rapport is loaded, and the history tells who pulled it and why."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from rapport.cli.brake import STOPPED, Pulled, asks_to_stop, pull_in
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.events import Change, Event
from rapport.oversight.models import StopSwitch
from rapport.oversight.stopping import INSTANCE, pulled_among


@pytest.fixture
def database(transactional_db: None) -> None:
    with acting_as(SYSTEM):
        begin()


@pytest.mark.parametrize(
    ("typed", "stops"),
    [
        ("ai stop", True),
        ("ai stop --reason Wrong", True),
        ("ai stop --reason=Wrong", True),
        ("ai stop --help", False),
        ("ai stop --reason", False),
        ("ai status", False),
        ("user stop", False),
    ],
)
def test_only_a_stop_that_will_be_understood_pulls_the_switch_first(typed: str, stops: bool) -> None:
    assert asks_to_stop(typed.split()) is stops


def test_it_is_pulled_once_and_says_when_it_was_pulled_before(database: None) -> None:
    assert pull_in(connection.settings_dict) is Pulled.NOW
    assert pulled_among([]) == [INSTANCE]
    assert pull_in(connection.settings_dict) is Pulled.BEFORE


def test_where_no_database_answers_it_leaves_the_pulling_to_the_command() -> None:
    assert pull_in({"NAME": "nowhere", "USER": "nobody", "HOST": "/nowhere"}) is Pulled.NOT


@pytest.mark.slow
def test_the_command_stops_machines_and_leaves_one_true_line_in_the_history(database: None) -> None:
    done = typed_at_the_command_line("ai", "stop", "--reason", "It went wrong.")
    assert (done.stdout.splitlines(), done.stderr) == ([STOPPED], "")
    assert pulled_among([]) == [INSTANCE]
    event = Event.objects.filter(subject_id=StopSwitch.objects.get(key=INSTANCE).pk).latest("id")
    change = Change.objects.get(event=event)
    assert (event.verb, event.reason, event.source) == ("stopswitch.pull", "It went wrong.", "cli")
    assert (change.before["is_pulled"], change.after["is_pulled"]) == (False, True)


def typed_at_the_command_line(*arguments: str) -> "subprocess.CompletedProcess[str]":
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={database['HOST']}"
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "rapport.config.settings"}
    command = [sys.executable, "-m", "rapport.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
