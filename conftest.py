"""One embedded database for the whole suite, in a folder of its own."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Django reads its settings: state of tests never touches anybody's home folder.
TEST_HOME = Path(os.environ.setdefault("RAPPORT_TEST_HOME", tempfile.mkdtemp(prefix="rapport-tests-")))
os.environ["RAPPORT_HOME"] = str(TEST_HOME)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser tests' event loop runs in this thread


@pytest.fixture(scope="session")
def embedded_database() -> Iterator[None]:
    """The database server of the suite, unless `DATABASE_URL` names another."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from rapport.core.embedded_postgres import TEST_SETTINGS, EmbeddedPostgres

    with EmbeddedPostgres(TEST_HOME / "database", settings=TEST_SETTINGS).running():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(embedded_database: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Starts the server before Django makes the test database."""
