"""Another process sees a new field with its next request, without a restart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.editions import catch_up
from rapport.governance.models import OwnField
from rapport.identity.models import User

ROOT = Path(__file__).resolve().parent.parent.parent
_OTHER = """
import django, sys
django.setup()
from rapport.governance.dictionary import entry_of
from rapport.identity.actors import actor_for
from rapport.identity.models import User
for _line in sys.stdin:
    actor_for(User.objects.get())
    print([name for name, field in entry_of("organisation").fields.items() if field.own], flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_agrees_on_its_next_request() -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "RAPPORT_TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "-c", _OTHER]
    with acting_as(SYSTEM):
        User.create(name="Alice", email="alice@example.com", role="seller")
    with subprocess.Popen(command, env=environment, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdin
        assert other.stdout

        def asked() -> str:
            print(file=other.stdin, flush=True)
            return other.stdout.readline().strip()

        assert asked() == "[]"
        with acting_as(SYSTEM):
            field = OwnField.create(for_type="organisation", label="Floor", kind="text")
            assert asked() == "['own_floor']"
            field.remove()
        assert asked() == "[]"
        other.stdin.close()
    catch_up()
