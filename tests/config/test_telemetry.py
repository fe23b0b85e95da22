"""Traces: sent when a collector is named, with nothing in them about anybody; a plain sentence when they can't be."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from rapport.config import telemetry
from tests.cast import Cast


class Collector(http.server.BaseHTTPRequestHandler):
    """Keeps what is sent to it."""

    received: list[bytes] = []

    def do_POST(self) -> None:
        """Takes spans."""
        Collector.received.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A collector of OpenTelemetry on this machine; its address."""
    Collector.received.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv(telemetry.COLLECTOR, address)
    monkeypatch.setattr(telemetry, "_tracers", [])
    yield address
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_each_request_is_a_span_without_personal_data(client: Client, cast: Cast, collector: str) -> None:
    assert telemetry.begin_tracing("web")
    client.force_login(cast.alice)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = client.get("/people/?q=zebulon", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    telemetry.finish_tracing()
    sent = b"".join(Collector.received)
    assert b"GET people/" in sent
    assert b"rapport-web" in sent
    assert answer.headers["X-Request-ID"].encode() in sent
    assert bytes.fromhex(trace) in sent, "it continues the trace it was given"
    for secret in (b"zebulon", b"alice", b"Almeida"):
        assert secret not in sent


def test_without_the_packages_a_sentence_says_so(
    collector: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(telemetry, "find_spec", lambda _name: None)
    assert not telemetry.begin_tracing("web")
    assert "pip install opentelemetry-sdk" in caplog.text


def test_without_a_collector_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(telemetry.COLLECTOR, raising=False)
    monkeypatch.setattr(telemetry, "_tracers", [])
    assert not telemetry.begin_tracing("web")
