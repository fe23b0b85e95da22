"""One embedded database for the whole suite, in a folder of its own (see `tests.settings`)."""

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings

from rapport.core.embedded_postgres import TEST_SETTINGS, EmbeddedPostgres
from rapport.core.translations import compile_translations


def pytest_configure(config: pytest.Config) -> None:
    """Translations are compiled, as `./run` does. Examples are drawn anew by `./test soak` only."""
    compile_translations(settings.LOCALE_PATHS)
    hypothesis.settings.register_profile("short", derandomize=True)
    if "soak" not in str(config.option.markexpr).replace("not soak", ""):
        hypothesis.settings.load_profile("short")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop in its thread, in which others could not use theirs."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def embedded_database() -> Iterator[None]:
    """The database server of the suite, unless `DATABASE_URL` names another."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with EmbeddedPostgres(settings.HOME / "database", settings=TEST_SETTINGS).running():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(embedded_database: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Starts the server before Django makes the test database."""


def pytest_unconfigure() -> None:
    """Throws the suite's folder away, in the process that made it."""
    if os.environ.get("RAPPORT_TEST_HOME_OF") == str(os.getpid()):
        shutil.rmtree(os.environ["RAPPORT_TEST_HOME"], ignore_errors=True)
