"""The status page: administrators see what runs, what waits, and what needs attention, with what to do."""

import json
import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from rapport.core.clock import now
from rapport.core.processes import Kind, Process
from tests.cast import Cast
from tests.clients import signed_in

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")  # as `shutil.disk_usage` answers


@pytest.fixture
def dora(cast: Cast) -> Client:
    """The administrator's browser."""
    return signed_in(cast.dora)


@pytest.fixture
def in_order(settings: Any, tmp_path: Path) -> Path:
    """An installation with nothing to complain about; gives its home folder."""
    settings.HOME, settings.MAIL_IS_SENT = tmp_path, True
    for kind in Kind:
        Process.objects.create(kind=kind, host="server-1", number=4711, version="1.0")
    backup = {"at": now().isoformat(), "path": "/backups/rapport.tar", "bytes": 5_000_000}
    (tmp_path / "last-backup.json").write_text(json.dumps(backup))
    return tmp_path


def _page(client: Client) -> str:
    answer = client.get("/settings/status/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_is_in_order(dora: Client, in_order: Path) -> None:
    page = _page(dora)
    assert "Everything is in order" in page
    for fact in ("server-1", "4711", "/backups/rapport.tar", "PostgreSQL"):
        assert fact in page
    assert 'hx-get="/settings/status/now/"' in page


def test_only_those_who_look_after_it_see_it(cast: Cast) -> None:
    assert signed_in(cast.alice).get("/settings/status/").status_code == 403
    assert signed_in(cast.alice).get("/settings/status/now/").status_code == 403
    assert "Status" not in signed_in(cast.alice).get("/settings/").content.decode()


def test_no_worker_is_the_first_thing_said(dora: Client, in_order: Path) -> None:
    Process.objects.filter(kind=Kind.WORKER).update(seen_at=now() - timedelta(minutes=5))
    assert "No worker is alive" in _page(dora)


def test_an_update_half_done_is_told(dora: Client, in_order: Path) -> None:
    Process.objects.filter(kind=Kind.WORKER).update(version="0.9")
    assert "Processes of several versions run" in _page(dora)


def test_failed_and_late_jobs_are_told(dora: Client, in_order: Path) -> None:
    with connection.cursor() as cursor:
        columns = "task_name, queue_name, priority, status, scheduled_at"
        cursor.execute(
            f"INSERT INTO procrastinate_jobs ({columns}) VALUES ('a', 'default', 0, 'failed', now()),"
            " ('b', 'default', 0, 'todo', now() - interval '20 minutes')"
        )
    page = _page(dora)
    assert "Jobs have failed" in page
    assert "Work waits for long" in page
    assert "20 minutes" in page


def test_a_full_disk_is_told(dora: Client, in_order: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - 10**9, 10**9))
    assert "The disk is nearly full" in _page(dora)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12, 0))
    assert "The disk is full" in _page(dora)


def test_missing_and_old_backups_are_told(dora: Client, in_order: Path) -> None:
    old = {"at": (now() - timedelta(days=9)).isoformat(), "path": "/b", "bytes": 1}
    (in_order / "last-backup.json").write_text(json.dumps(old))
    assert "The last backup is old" in _page(dora)
    (in_order / "last-backup.json").write_text("half a fi")
    assert "There is no backup" in _page(dora)


def test_history_that_is_not_sealed_is_told(dora: Client, in_order: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE core_event SET at = now() - interval '1 hour'")
        cursor.execute("SET session_replication_role = DEFAULT")
    assert "The history is not being sealed" in _page(dora)
