"""What every test may use."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import flush as flushing
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from rapport.core import anchor
from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.beginnings import begin
from rapport.core.editions import catch_up
from tests.cast import Cast, make_cast
from toolchain.lasting import LIST

NAMES_OF_TABLES = {"django_content_type", "auth_permission"}
LASTING = frozenset(LIST.read_text().split())
EMPTY_QUEUE = "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
EMPTY = """
DO $$
DECLARE name text; is_filled boolean;
BEGIN
    FOREACH name IN ARRAY ARRAY[%s] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %%I)', name) INTO is_filled;
        IF is_filled THEN EXECUTE format('DELETE FROM %%I', name); END IF;
    END LOOP;
END $$
"""

# As the migration leaves it: without its switch no machine acts.
SWITCH = """
INSERT INTO oversight_stopswitch (id, created_at, updated_at, key, is_pulled, reason, changed_at)
SELECT gen_random_uuid(), now(), now(), 'instance', false, '', now()
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what took long when it was measured."""
    for item in items:
        if item.nodeid.partition("[")[0] in LASTING:
            item.add_marker(pytest.mark.lasting)


@pytest.fixture(autouse=True, scope="session")
def a_note_of_its_own() -> None:
    """Processes that test side by side have databases of their own in one home, so each notes its newest seal apart."""
    anchor._NAME = f"history_anchor_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture(autouse=True)
def no_seal_noted_before(a_note_of_its_own: None) -> None:
    """The history of the test before was rolled back or emptied, so what was noted of it no longer holds."""
    anchor.anchor_file().unlink(missing_ok=True)


@pytest.fixture(autouse=True, scope="session")
def flushing_may_empty_the_history() -> None:
    """Between tests with real commits all tables are emptied; only here may the append-only triggers be passed by.

    Few tables hold anything, so that deleting is ten times as quick as truncating all. What Django knows of its tables
    stays: writing it again took as long.
    """
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(operations: DatabaseOperations, sql_list: list[str]) -> Any:
        around = [
            "SET session_replication_role = replica",
            *sql_list,
            EMPTY_QUEUE,
            "SET session_replication_role = DEFAULT",
            SWITCH,
        ]
        return flush(operations, around)

    def sql_flush(_operations: DatabaseOperations, _style: Any, tables: list[str], **_options: Any) -> list[str]:
        names = ", ".join(f"'{name}'" for name in tables if name not in NAMES_OF_TABLES)
        return [EMPTY % names] if names else []

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
    flushing.emit_post_migrate_signal = lambda *_options: None


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Each test starts in English, whatever language a request of an earlier one left behind."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def without_own_fields() -> None:
    """Each test starts as a process does that has not read any own field yet."""
    catch_up({})


@pytest.fixture
def as_system(db: None) -> Iterator[Actor]:
    """The test's verbs are done by the system itself."""
    with acting_as(SYSTEM) as actor:
        yield actor


@pytest.fixture
def cast(db: None) -> Cast:
    """Alice, Bob, Charlie, Dora, Ada and a stranger."""
    return make_cast()


def all_rows(*tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Whole tables, but for the time of writing: what "as before" is measured by."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) - 'updated_at' FROM \"{table}\" t ORDER BY id")
            found[table] = cursor.fetchall()
    return found


@pytest.fixture
def fresh(db: None) -> None:
    """What a fresh database has after its first start: the sales cycle of six stages, a base currency."""
    begin()
