"""Traces by OpenTelemetry, when a collector is named and the extra `telemetry` is installed.

A span has the pattern of the address and the status, nothing of what was asked or answered.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

from rapport import __version__

COLLECTOR = "OTEL_EXPORTER_OTLP_ENDPOINT"
ADVICE = (
    f"{COLLECTOR} is set, but the packages of OpenTelemetry are not installed, so no traces are sent. "
    "Install them: .venv/bin/python -m pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http"
)
log = structlog.get_logger("rapport.telemetry")

Mark = Callable[[HttpResponseBase, str], None]
_tracers: list[Any] = []
_providers: list[Any] = []


def begin_tracing(kind: str) -> bool:
    """Sends traces of this process from here on, when a collector is named; says so when it can't."""
    if not os.environ.get(COLLECTOR) or _tracers:
        return bool(_tracers)
    if not find_spec("opentelemetry.sdk") or not find_spec("opentelemetry.exporter"):
        log.warning("telemetry_missing", advice=ADVICE)
        return False
    _tracers.append(_tracer(kind))
    return True


def finish_tracing() -> None:
    """Sends what still waits to be sent, and stops."""
    while _providers:
        _providers.pop().shutdown()
    _tracers.clear()


def _tracer(kind: str) -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": f"rapport-{kind}", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _providers.append(provider)
    return provider.get_tracer("rapport", __version__)


@contextmanager
def traced(request: HttpRequest) -> Iterator[Mark]:
    """One span around a request; what this gives takes the answer and the pattern of the address."""
    if not _tracers:
        yield lambda response, route: None
        return
    with _tracers[0].start_as_current_span(request.method, context=_parent(request), kind=_server()) as span:

        def mark(response: HttpResponseBase, route: str) -> None:
            span.update_name(f"{request.method} {route}")
            span.set_attributes(
                {
                    "http.request.method": request.method or "",
                    "http.route": route,
                    "http.response.status_code": response.status_code,
                    "rapport.request": str(getattr(request, "number", "")),
                }
            )

        yield mark


def _parent(request: HttpRequest) -> Any:
    from opentelemetry.propagate import extract

    given = request.headers.get("traceparent")
    return extract({"traceparent": given}) if given else None


def _server() -> Any:
    from opentelemetry.trace import SpanKind

    return SpanKind.SERVER
