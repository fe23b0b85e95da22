"""Databases of earlier releases, kept as dumps, become today's with all they hold; migrations are one line per app."""

import json
import re
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from rapport.core.backup import postgres
from rapport.core.embedded_postgres import DATABASE_NAME
from tests.backup.homes import Home

HERE = Path(__file__).resolve().parent
DUMPS = sorted(HERE.glob("*.dump"))
HISTORY_KEY = "kept-with-the-tests-and-used-nowhere-else"
_ROWS = """
SELECT name, emails, phones FROM directory_organisation JOIN core_searchentry ON record_id = id ORDER BY name
"""
_HISTORY = "SELECT id, verb, at, actor_name, subject_id FROM core_event ORDER BY id"


@pytest.mark.slow
@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_a_database_of_an_earlier_release_becomes_todays(dump: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    (home.folder / "history_key").write_text(HISTORY_KEY + "\n")
    with home.server.running() as server:
        postgres.restore(postgres.environment_of_server(server, DATABASE_NAME), dump)
        with psycopg.connect(host=str(server.socket_folder), user=server.superuser, dbname=DATABASE_NAME) as connection:
            before = [connection.execute(text).fetchall() for text in (_ROWS, _HISTORY)]
        counted = json.loads(home.done("count", "--json"))
        expected = json.loads(dump.with_suffix(".json").read_text())
        assert {name: counted[name] for name in expected} == expected
        assert "whole" in home.done("verify-history")
        with psycopg.connect(host=str(server.socket_folder), user=server.superuser, dbname=DATABASE_NAME) as connection:
            after = [connection.execute(text).fetchall() for text in (_ROWS, _HISTORY)]
            undoable = connection.execute("SELECT id FROM integrations_import").fetchone()
        assert before[0] == after[0]
        assert after[1][: len(before[1])] == before[1]
        assert undoable is not None
        home.done("undo-import", str(undoable[0]))
        assert json.loads(home.done("count", "--json"))["person"] == 0


def test_the_dumps_are_small_and_told_about() -> None:
    assert DUMPS
    for dump in DUMPS:
        assert dump.stat().st_size < 300_000
        assert re.fullmatch(r"\d{4}-[0-9a-f]{7}", dump.stem)
        assert dump.with_suffix(".json").exists()


def test_migrations_are_one_line_per_app() -> None:
    loader = MigrationLoader(None)
    assert not loader.detect_conflicts()
    for app in {config.label for config in apps.get_app_configs() if config.name.startswith("rapport.")}:
        names = [name for label, name in loader.graph.nodes if label == app]
        numbers = [name.partition("_")[0] for name in names]
        assert sorted(numbers) == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


@pytest.mark.django_db
def test_no_model_waits_for_its_migration() -> None:
    """Own record types are models without a table of their own; other tests of this process may have made some."""
    ours = {name: dict(models) for name, models in apps.all_models.items()}
    for models in apps.all_models.values():
        for name in [name for name, model in models.items() if model._meta.proxy and name.startswith("ownrecord_")]:
            del models[name]
    apps.clear_cache()
    try:
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    finally:
        for name, models in ours.items():
            apps.all_models[name].update(models)
        apps.clear_cache()
