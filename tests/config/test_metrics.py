"""`GET /metrics`: figures for Prometheus, for whoever has the token or sits at the machine, and nobody else."""

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from rapport.config import state_metrics
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _figures(client: Client, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        f"{sample.name}{sorted(sample.labels.items())}": sample.value for found in families for sample in found.samples
    }


def test_requests_are_counted_by_pattern_of_address(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    label = "rapport_requests_total[('method', 'GET'), ('route', 'people/'), ('status', '200')]"
    before = _figures(client).get(label, 0)
    client.get("/people/?q=zebulon")
    after = _figures(client)
    assert after[label] == before + 1
    assert after["rapport_request_statements_total[('route', 'people/')]"] > 0
    assert after["rapport_request_seconds_count[('route', 'people/')]"] >= 1
    assert "zebulon" not in client.get("/metrics").content.decode()


def test_the_state_of_the_installation_is_there(client: Client, cast: Cast) -> None:
    with connection.cursor() as cursor:
        columns, values = "task_name, queue_name, status, priority", "'poison', 'default', 'failed', 0"
        cursor.execute(f"INSERT INTO procrastinate_jobs ({columns}) VALUES ({values})")
    figures = _figures(client)
    assert figures["rapport_database_up[]"] == 1
    assert figures["rapport_disk_writable[]"] == 1
    assert figures["rapport_jobs_failed[('task', 'poison')]"] == 1
    assert figures["rapport_events_total[]"] > 0
    assert figures["rapport_events_unsealed[]"] > 0
    assert figures["rapport_database_bytes[]"] > 1_000_000


def test_without_a_database_the_rest_is_still_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.utils import OperationalError

    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(state_metrics, "job_state", away)
    figures = _figures(client)
    assert figures["rapport_database_up[]"] == 0
    assert figures["rapport_disk_free_bytes[]"] > 0


def test_strangers_find_no_such_page(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(cast.dora)
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404
    monkeypatch.setenv("RAPPORT_METRICS_TOKEN", "sesame-sesame")
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer sesame"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer sesame-sesame"}).status_code == 200
