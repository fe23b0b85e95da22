"""`GET /healthz` tells a person or a monitor whether this instance can do its work."""

import shutil
from collections import namedtuple

import pytest
from django.db import connection
from django.test import Client

from rapport import __version__
from rapport.config import health

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")  # as `shutil.disk_usage` answers


@pytest.fixture
def a_worker() -> None:
    """A worker that was heard just now."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def test_all_is_well(client: Client, a_worker: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["version"]) == ("ok", __version__)
    assert all(check["ok"] for check in answer.json()["checks"].values())


def test_without_a_worker_it_says_so(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == {"ok": False, "says": "no worker runs"}


def test_a_worker_not_heard_for_long_counts_as_dead(client: Client, a_worker: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    assert client.get("/healthz").json()["checks"]["worker"] == {"ok": False, "says": "heard 600 s ago"}


def test_a_full_disk_is_told(client: Client, a_worker: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - 1024**2, 1024**2))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"] == {"ok": False, "says": "1 MB free"}


def test_a_check_that_breaks_fails_without_telling_secrets(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> tuple[bool, str]:
        raise OSError("secret detail")

    monkeypatch.setitem(health.QUESTIONS, "disk", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "secret detail" not in answer.content.decode()


def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
