"""When the machine cannot go on just now: 503, a sentence, and when to try again; in every form an answer may have."""

import errno
from typing import Any

import psycopg
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import DataError, InterfaceError, OperationalError
from django.test import Client

from rapport.core.outages import BUSY, DATABASE_AWAY, DISK_FULL, READ_ONLY, Outage, outage_of
from tests.cast import Cast


def _database(cause: type[psycopg.Error], words: str = "") -> OperationalError:
    error = OperationalError(words)
    error.__cause__ = cause(words)
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (_database(psycopg.errors.AdminShutdown), DATABASE_AWAY),
        (InterfaceError("connection already closed"), DATABASE_AWAY),
        (_database(psycopg.errors.QueryCanceled), BUSY),
        (_database(psycopg.errors.DiskFull), DISK_FULL),
        (_database(psycopg.OperationalError, "could not extend file: No space left on device"), DISK_FULL),
        (_database(psycopg.errors.IoError, "could not write: Read-only file system"), READ_ONLY),
        (OSError(errno.ENOSPC, "No space left on device"), DISK_FULL),
        (OSError(errno.EROFS, "Read-only file system"), READ_ONLY),
        (OSError(errno.ENOENT, "No such file"), None),
        (DataError("value too long"), None),
        (ValueError("ours"), None),
        (None, None),
    ],
)
def test_what_is_an_outage(error: BaseException | None, outage: Outage | None) -> None:
    assert outage_of(error) is outage


@pytest.fixture
def failing(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Alice's browser, when the database goes away under the first page."""

    def gone(*args: object, **kwargs: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    client.force_login(cast.alice)
    client.raise_request_exception = False
    monkeypatch.setattr("rapport.web.today.views.render", gone)
    return client


@pytest.mark.django_db
def test_a_page_says_so_and_tries_again_by_itself(failing: Client) -> None:
    answer = failing.get("/")
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The database does not answer" in page
    assert '<meta http-equiv="refresh" content="5">' in page
    assert answer.headers["X-Request-ID"] in page


@pytest.mark.django_db
def test_htmx_gets_a_toast_and_the_api_a_problem(failing: Client) -> None:
    fragment = failing.get("/", headers={"HX-Request": "true"})
    assert (fragment.status_code, "data-toast" in fragment.content.decode()) == (503, True)
    problem = failing.get("/", headers={"Accept": "application/json"})
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.json()["title"] == "The database does not answer"


@pytest.mark.django_db
def test_it_is_told_in_the_visitors_language(failing: Client) -> None:
    failing.cookies["django_language"] = "fr"
    assert "La base de données ne répond pas" in failing.get("/").content.decode()


@pytest.mark.django_db
def test_an_upload_to_a_full_disk_is_told(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    client.force_login(cast.alice)
    client.raise_request_exception = False
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    monkeypatch.setattr("rapport.integrations.importing.service.start_import", full)
    answer = client.post("/imports/", {"files": [SimpleUploadedFile("accounts.csv", b"name\nAcme\n")]})
    assert answer.status_code == 503
    assert "The disk is full" in answer.content.decode()


def test_an_exception_that_leads_back_to_itself_is_looked_at_once() -> None:
    first, second = DataError("one"), ValueError("two")
    first.__cause__, second.__context__ = second, first
    assert outage_of(first) is None
